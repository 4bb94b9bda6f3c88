package dev.sluice.dispatcher.memory;

import dev.sluice.dispatcher.RuleSets;
import dev.sluice.model.MalformedException;
import dev.sluice.model.rules.InvalidRuleException;
import dev.sluice.model.rules.RuleSet;
import dev.sluice.model.rules.RuleSetJson;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/** Rule sets in memory. Thread-safe. */
public final class MemoryRuleSets implements RuleSets {
    private final Map<String, NavigableMap<Integer, byte[]>> bundles = new HashMap<>();
    private boolean down;
    private int asked;

    /** Publishes a bundle as it is, valid or not. */
    public synchronized void publish(String account, int number, byte[] bundle) {
        bundles.computeIfAbsent(account, key -> new TreeMap<>()).put(number, bundle.clone());
    }

    /** From now on it does not answer, or does again. */
    public synchronized void down(boolean nowDown) {
        down = nowDown;
    }

    /** How often it was asked. */
    public synchronized int asked() {
        return asked;
    }

    @Override
    public synchronized Newest newest(String account, int after) {
        asked++;
        if (down) {
            return new Unreachable("down");
        }
        NavigableMap<Integer, byte[]> numbers = bundles.getOrDefault(account, new TreeMap<>());
        if (numbers.isEmpty() || numbers.lastKey() <= after) {
            return new NothingNewer();
        }
        return read(account, numbers.lastEntry());
    }

    @Override
    public synchronized Newest read(String account, int number) {
        asked++;
        if (down) {
            return new Unreachable("down");
        }
        byte[] bundle = bundles.getOrDefault(account, new TreeMap<>()).get(number);
        return bundle == null ? new Unreadable(number, "not there") : read(account, Map.entry(number, bundle));
    }

    private static Newest read(String account, Map.Entry<Integer, byte[]> bundle) {
        try {
            RuleSet rules = RuleSetJson.read(bundle.getValue());
            return rules.account().equals(account) && rules.number() == bundle.getKey()
                    ? new Found(rules)
                    : new Unreadable(bundle.getKey(), "the rule set of another account or number");
        } catch (MalformedException | InvalidRuleException e) {
            return new Unreadable(bundle.getKey(), "not a rule set: " + e.getMessage());
        }
    }
}
