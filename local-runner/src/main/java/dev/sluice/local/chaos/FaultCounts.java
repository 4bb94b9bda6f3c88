package dev.sluice.local.chaos;

import java.util.EnumMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** How many faults of each kind really happened. Thread-safe. */
public final class FaultCounts {
    private final Map<FaultKind, Long> counts = new EnumMap<>(FaultKind.class);

    FaultCounts() {}

    synchronized void happened(FaultKind kind) {
        counts.merge(kind, 1L, Long::sum);
    }

    public synchronized long total() {
        return counts.values().stream().mapToLong(Long::longValue).sum();
    }

    synchronized long of(FaultKind kind) {
        return counts.getOrDefault(kind, 0L);
    }

    /** By {@link FaultKind#word}, also those that did not happen. */
    public synchronized SortedMap<String, Long> byWord() {
        var words = new TreeMap<String, Long>();
        for (FaultKind kind : FaultKind.values()) {
            words.put(kind.word(), counts.getOrDefault(kind, 0L));
        }
        return words;
    }
}
