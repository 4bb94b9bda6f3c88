package dev.sluice.activators.delivery;

import java.util.EnumMap;
import java.util.Map;

/** What became of one connection's part of an invocation, in numbers. Thread-safe. */
public final class Tally {
    private final Map<Count, Long> counts = new EnumMap<>(Count.class);

    /** What is counted. */
    public enum Count {
        /** Calls of the partner. */
        CALLS,
        DELIVERED,
        SKIPPED,
        /** Set aside: the partner refused, or the time to try was over. */
        REJECTED,
        /** Comes again. */
        LATER,
        PARKED,
        /** Wanted and no more so before the partner was told. */
        SUPERSEDED,
        /** Left due, since the partner may not be told more now. */
        LEFT_DUE,
        /** People whose entry of the ledger cannot be read: they are not told of. */
        UNREADABLE,
        /** Memberships that an entry of the ledger has no room for: the partner is not told of them. */
        NO_ROOM
    }

    /** Counts more. */
    public synchronized void add(Count count, long more) {
        counts.merge(count, more, Long::sum);
    }

    /** Counts all that another has counted. */
    public void addAll(Tally other) {
        for (Count count : Count.values()) {
            add(count, other.of(count));
        }
    }

    /** 0 of what was never counted. */
    public synchronized long of(Count count) {
        return counts.getOrDefault(count, 0L);
    }

    /** Whether nothing happened. */
    public synchronized boolean isEmpty() {
        return counts.values().stream().allMatch(count -> count == 0);
    }
}
