package dev.sluice.local.report;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What went wrong on purpose in a run. Immutable.
 *
 * @param asked whether anything was to
 * @param seed of the plan
 * @param byKind how often each kind really happened
 */
public record Faults(boolean asked, long seed, SortedMap<String, Long> byKind) {
    /** Of a run without chaos. */
    public static final Faults NONE = new Faults(false, 0, new TreeMap<>());

    /** Copies the map. */
    public Faults {
        byKind = Collections.unmodifiableSortedMap(new TreeMap<>(byKind));
    }

    public static Faults ofChaos(long seed, SortedMap<String, Long> byKind) {
        return new Faults(true, seed, byKind);
    }

    public long total() {
        return byKind.values().stream().mapToLong(Long::longValue).sum();
    }
}
