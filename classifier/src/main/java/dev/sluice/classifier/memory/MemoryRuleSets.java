package dev.sluice.classifier.memory;

import dev.sluice.classifier.Answer;
import dev.sluice.classifier.RuleSets;
import dev.sluice.model.MalformedException;
import dev.sluice.model.rules.InvalidRuleException;
import dev.sluice.model.rules.RuleSet;
import dev.sluice.model.rules.RuleSetJson;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/** Published bundles in memory, as old as is said. Thread-safe. */
public final class MemoryRuleSets implements RuleSets {
    private final Map<String, NavigableMap<Integer, byte[]>> accounts = new HashMap<>();
    private final Map<String, Map<Integer, Duration>> publishedAt = new HashMap<>();
    private final Supplier<Duration> clock;
    private Optional<String> fault = Optional.empty();

    /** Every bundle was published long before it is asked for. */
    public MemoryRuleSets() {
        var asked = new AtomicLong();
        this.clock = () -> Duration.ofDays(asked.incrementAndGet());
    }

    /** @param clock time since any moment; a bundle is as old as it says */
    public MemoryRuleSets(Supplier<Duration> clock) {
        this.clock = clock;
    }

    @Override
    public synchronized Answer<List<Listed>> list(String account, int after, int most) {
        return fault.<Answer<List<Listed>>>map(Answer.Unreachable::new)
                .orElseGet(() -> new Answer.Found<>(published(account).tailMap(after, false).descendingKeySet().stream()
                        .limit(most)
                        .map(number -> new Listed(number, age(account, number)))
                        .toList()));
    }

    private Duration age(String account, int number) {
        return clock.get().minus(publishedAt.getOrDefault(account, Map.of()).getOrDefault(number, Duration.ZERO));
    }

    @Override
    public synchronized Answer<RuleSet> read(String account, int number) {
        if (fault.isPresent()) {
            return new Answer.Unreachable<>(fault.get());
        }
        byte[] bundle = published(account).get(number);
        if (bundle == null) {
            return new Answer.Unreadable<>("bundle " + number + " is not there");
        }
        try {
            RuleSet rules = RuleSetJson.read(bundle);
            return rules.account().equals(account) && rules.number() == number
                    ? new Answer.Found<>(rules)
                    : new Answer.Unreadable<>("bundle " + number + " holds another rule set");
        } catch (MalformedException | InvalidRuleException e) {
            return new Answer.Unreadable<>("bundle " + number + ": " + e.getMessage());
        }
    }

    private NavigableMap<Integer, byte[]> published(String account) {
        return accounts.getOrDefault(account, new TreeMap<>());
    }

    /** Publishes a bundle as it is, valid or not. */
    public synchronized void publish(String account, int number, byte[] bundle) {
        accounts.computeIfAbsent(account, any -> new TreeMap<>()).put(number, bundle);
        publishedAt.computeIfAbsent(account, any -> new HashMap<>()).put(number, clock.get());
    }

    /** Publishes a rule set. */
    public void publish(RuleSet rules) {
        publish(rules.account(), rules.number(), RuleSetJson.write(rules));
    }

    /** Holds none from now on. */
    public synchronized void clear() {
        accounts.clear();
    }

    /** Cannot be reached from now on, for this reason, or can again. */
    public synchronized void fault(Optional<String> reason) {
        this.fault = reason;
    }
}
