package dev.sluice.classifier;

import dev.sluice.model.Event;
import dev.sluice.model.EventJson;
import dev.sluice.model.MalformedException;
import dev.sluice.model.PersonKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Function;

/**
 * Classifies event lines: each person's events are folded, in whatever order they come, into the person's state, and
 * the memberships that follow into the person's profile. Lines of a person whose stores cannot be reached are to be sent
 * again; they keep nobody else's waiting. Thread-safe.
 *
 * <p>Within one classification every line of an account is judged by one rule set, whatever is published meanwhile.
 */
public final class Classifier {
    /** People whom one round trip to a store is about at most: bounds what is under way, however long a request is. */
    public static final int PEOPLE_AT_ONCE = 500;

    /** Event times that can be stored and compared without overflow. */
    private static final Instant EARLIEST = Instant.parse("0001-01-01T00:00:00Z");

    private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59.999Z");

    private final RunningRules rules;
    private final Attempts attempts;
    private final WhoIsWho whoIsWho;
    private final Tally tally;
    private final TimeLimit timeLimit;

    /** As the other, with the usual policy for every account. */
    public Classifier(RunningRules rules, Stores stores, Tally tally, TimeLimit timeLimit) {
        this(rules, stores, tally, timeLimit, account -> IdentityPolicy.USUAL);
    }

    /**
     * @param timeLimit after which no step is begun any more, and what is not done is to be sent again
     * @param policies of each account: which ids make two names one person
     */
    public Classifier(
            RunningRules rules,
            Stores stores,
            Tally tally,
            TimeLimit timeLimit,
            Function<String, IdentityPolicy> policies) {
        this.rules = rules;
        this.attempts = new Attempts(stores, tally);
        this.whoIsWho = new WhoIsWho(stores, tally, policies);
        this.tally = tally;
        this.timeLimit = timeLimit;
    }

    /** Classifies stored event lines; see {@link EventJson}. */
    public Classification classify(List<byte[]> lines) {
        BooleanSupplier late = timeLimit.begin();
        var sorting = new Sorting();
        for (int i = 0; i < lines.size(); i++) {
            sorting.sort(i, lines.get(i));
        }
        List<Arrivals> people = sorting.people();
        List<Arrivals> named = whoIsWho.named(people, late);
        var results = attempts.at(named, late);
        people.forEach(arrivals -> sorting.conclude(
                arrivals,
                Optional.ofNullable(results.get(arrivals.key()))
                        .map(Attempts.Result::verdict)
                        .orElseGet(Verdict.Later::new)));
        whoIsWho.settle(named.stream()
                .filter(arrivals -> Optional.ofNullable(results.get(arrivals.key()))
                        .filter(result -> result.verdict() instanceof Verdict.Done)
                        .isPresent())
                .toList());
        if (!late.getAsBoolean()) {
            sorting.newer.forEach(rules::follow);
        }
        return counted(sorting.result(), lines.size());
    }

    private Classification counted(Classification result, int lines) {
        tally.add(Tally.Count.BATCHES, 1);
        tally.add(Tally.Count.EVENTS, lines);
        tally.add(Tally.Count.CLASSIFIED, result.classified());
        tally.add(Tally.Count.IGNORED, result.ignored());
        tally.add(Tally.Count.RETRY, result.retry().size());
        tally.add(Tally.Count.SET_ASIDE, result.setAside().size());
        return result;
    }

    /** Sorts the lines of one classification by person, and gathers what becomes of them. */
    private final class Sorting {
        private final Map<String, RunningRules.InForce> byAccount = new HashMap<>();
        private final Map<PersonKey, Arrivals> byPerson = new LinkedHashMap<>();
        private final List<Integer> retry = new ArrayList<>();
        private final List<Classification.SetAside> setAside = new ArrayList<>();
        /** Rule sets that others run already, by account. */
        private final Map<String, Integer> newer = new HashMap<>();

        private int classified;
        private int ignored;

        void sort(int index, byte[] line) {
            Event event;
            try {
                event = EventJson.read(line);
            } catch (MalformedException e) {
                setAside.add(new Classification.SetAside(index, "malformed_event", String.valueOf(e.getMessage())));
                return;
            }
            if (event.timestamp().isBefore(EARLIEST) || event.timestamp().isAfter(LATEST)) {
                setAside.add(new Classification.SetAside(
                        index, "event_time_out_of_range", "event time must lie in the years 1 to 9999"));
                return;
            }
            switch (byAccount.computeIfAbsent(event.key().account(), rules::of)) {
                case RunningRules.NoRules() -> ignored++;
                case RunningRules.NotKnown() -> retry.add(index);
                case RunningRules.Running running -> sort(index, event, running);
            }
        }

        private void sort(int index, Event event, RunningRules.Running running) {
            boolean needed = running.needs().needs(event.type(), event.name());
            List<Claim> claims = needed || event.type().joinsIds() ? whoIsWho.claims(event) : List.of();
            if (!needed && claims.isEmpty()) {
                ignored++;
                return;
            }
            Arrivals arrivals = byPerson.computeIfAbsent(event.key(), key -> Arrivals.of(key, running));
            arrivals.events().add(event);
            arrivals.lines().add(index);
            arrivals.claims().addAll(claims);
        }

        List<Arrivals> people() {
            return new ArrayList<>(byPerson.values());
        }

        /** Notes what became of a person's lines. */
        void conclude(Arrivals arrivals, Verdict verdict) {
            switch (verdict) {
                case Verdict.Done() -> classified += arrivals.lines().size();
                case Verdict.Later later -> retry.addAll(arrivals.lines());
                case Verdict.Again again -> retry.addAll(arrivals.lines());
                case Verdict.GoesBy goesBy -> retry.addAll(arrivals.lines());
                case Verdict.Outdated(var ruleSet) -> {
                    retry.addAll(arrivals.lines());
                    newer.merge(arrivals.key().account(), ruleSet, Math::max);
                }
                case Verdict.Poisoned(var code, var message) ->
                    arrivals.lines().forEach(line -> setAside.add(new Classification.SetAside(line, code, message)));
            }
        }

        Classification result() {
            retry.sort(Comparator.naturalOrder());
            setAside.sort(Comparator.comparing(Classification.SetAside::index));
            return new Classification(classified, ignored, retry, setAside, ruleSets());
        }

        private Map<String, Integer> ruleSets() {
            Map<String, Integer> ruleSets = new HashMap<>();
            byAccount.forEach((account, inForce) -> {
                switch (inForce) {
                    case RunningRules.Running running ->
                        ruleSets.put(account, running.rules().number());
                    case RunningRules.NoRules() -> ruleSets.put(account, 0);
                    case RunningRules.NotKnown() -> {}
                }
            });
            return ruleSets;
        }
    }
}
