package dev.sluice.local.simulator;

import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** The user table in memory, with one sequence of versions. Thread-safe. */
class MemoryUserRows implements UserRows {
    final Map<String, UserProfileRow> rows = new ConcurrentHashMap<>();
    final AtomicLong updates = new AtomicLong();
    private final AtomicLong versions = new AtomicLong();
    private final Clock clock;

    MemoryUserRows(Clock clock) {
        this.clock = clock;
    }

    @Override
    public RowStamp insert(UserProfileRow row) {
        if (rows.putIfAbsent(row.userId(), row) != null) {
            throw new IllegalStateException(row.userId() + " has a row");
        }
        return stamp();
    }

    @Override
    public RowStamp update(UserProfileRow row) {
        UserProfileRow before = rows.put(row.userId(), row);
        if (before == null || before.equals(row)) {
            throw new IllegalStateException(row.userId() + " has no row, or this one");
        }
        updates.incrementAndGet();
        return stamp();
    }

    private RowStamp stamp() {
        return new RowStamp(versions.incrementAndGet(), clock.instant().truncatedTo(ChronoUnit.MILLIS));
    }
}
