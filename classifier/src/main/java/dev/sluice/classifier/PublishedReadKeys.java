package dev.sluice.classifier;

import dev.sluice.model.activation.Connections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * The read keys of all accounts' newest connections. {@link #look} reads what is new; all keys then change at once. A bundle
 * that cannot be read or is not one never takes the place of one that is; while the store does not answer, the last stay.
 * Asking is thread-safe and never waits; looking is for one thread.
 */
public final class PublishedReadKeys {
    /** How far back a classifier that has just started looks for a bundle that it can read. */
    static final int LOOK_BACK = 5;

    private final ConnectionBundles bundles;

    // Used by the thread that looks only.
    private final Map<String, Connections> inForce = new TreeMap<>();
    private final Map<String, Set<Integer>> refused = new HashMap<>();

    private volatile ReadKeyTable table = ReadKeyTable.EMPTY;
    private volatile boolean known;

    public PublishedReadKeys(ConnectionBundles bundles) {
        this.bundles = bundles;
    }

    /**
     * Reads what was published since the last look.
     *
     * @return what kept it from knowing all, by account, or by {@code key} and the key's hash; {@code ""} for the list of all
     */
    public Map<String, String> look() {
        Map<String, String> problems = new TreeMap<>();
        switch (bundles.newest(LOOK_BACK)) {
            case Answer.Found<Map<String, List<Integer>>>(var newest) -> {
                boolean all = true;
                for (Map.Entry<String, List<Integer>> account : newest.entrySet()) {
                    all &= look(account.getKey(), account.getValue(), problems);
                }
                boolean allRead = problems.isEmpty() && inForce.keySet().containsAll(newest.keySet());
                var owners = new KeyOwners(bundles::owner, allRead, problems);
                table = table.next(inForce.values(), owners);
                known |= all && !owners.areSilent();
            }
            case Answer.Unreadable<Map<String, List<Integer>>>(var reason) -> problems.put("", reason);
            case Answer.Unreachable<Map<String, List<Integer>>>(var reason) -> problems.put("", reason);
        }
        return problems;
    }

    /** Takes the newest that can be read; false if the store did not answer and nothing is known of the account. */
    private boolean look(String account, List<Integer> newestFirst, Map<String, String> problems) {
        Set<Integer> bad = refused.computeIfAbsent(account, any -> new HashSet<>());
        bad.retainAll(newestFirst);
        int current = inForce.containsKey(account) ? inForce.get(account).number() : 0;
        for (int number : newestFirst) {
            if (number <= current) {
                return true;
            }
            if (bad.contains(number)) {
                continue;
            }
            switch (bundles.read(account, number)) {
                case Answer.Found<Connections>(var connections) -> {
                    inForce.put(account, connections);
                    return true;
                }
                case Answer.Unreadable<Connections>(var reason) -> {
                    bad.add(number);
                    problems.put(account, reason);
                }
                case Answer.Unreachable<Connections>(var reason) -> {
                    problems.put(account, reason);
                    return current > 0;
                }
            }
        }
        return true;
    }

    /** Whether the keys of all accounts were read once; until then it is not known of any key that nobody has it. */
    boolean areKnown() {
        return known;
    }

    Optional<Reader> byKey(String key) {
        return table.byKey(key);
    }

    Optional<Reader> byFingerprint(String account, String fingerprint) {
        return table.byFingerprint(account, fingerprint);
    }

    /** How many keys let somebody in now. */
    public int size() {
        return table.size();
    }
}
