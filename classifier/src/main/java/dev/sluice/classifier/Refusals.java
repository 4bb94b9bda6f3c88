package dev.sluice.classifier;

import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;

/** Rule sets of one account above the one that runs that do not replace it, and why. Thread-safe. */
final class Refusals {
    /** The newest are remembered; one that was forgotten is looked at again, with the same outcome. */
    static final int MAX_REFUSED = 20;

    private final NavigableMap<Integer, Refusal> refused = new ConcurrentSkipListMap<>();

    /** What kind of reason. */
    enum Why {
        /** A segment would take too many, as far as this classifier saw. */
        SHARE,
        /** It cannot be read, built or run by this program. */
        UNUSABLE
    }

    private record Refusal(Why why, String reason) {}

    void refuse(int number, Why why, String reason) {
        refused.put(number, new Refusal(why, reason));
        if (refused.size() > MAX_REFUSED) {
            refused.pollFirstEntry();
        }
    }

    boolean isRefused(int number) {
        return refused.containsKey(number);
    }

    boolean isUnusable(int number) {
        Refusal refusal = refused.get(number);
        return refusal != null && refusal.why() == Why.UNUSABLE;
    }

    /** The reason against the newest of them. */
    Optional<String> highest() {
        return Optional.ofNullable(refused.lastEntry())
                .map(entry -> "rule set " + entry.getKey() + " is refused: "
                        + entry.getValue().reason());
    }

    /** The reasons of those refused by share. */
    Map<Integer, String> byShare() {
        Map<Integer, String> byShare = new TreeMap<>();
        refused.forEach((number, refusal) -> {
            if (refusal.why() == Why.SHARE) {
                byShare.put(number, refusal.reason());
            }
        });
        return byShare;
    }

    /** Forgets those up to one that runs. */
    void upTo(int number) {
        refused.headMap(number, true).clear();
    }
}
