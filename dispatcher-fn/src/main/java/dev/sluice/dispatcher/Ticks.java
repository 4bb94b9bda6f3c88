package dev.sluice.dispatcher;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.LongSupplier;

/**
 * Nanoseconds that never go back and never run slower than either of two clocks: the machine's monotonic one, and the
 * one of the wall. While Lambda keeps an environment frozen, or starts it from a snapshot, the first may stand still; the
 * second may be set back. What is timed by both grows old too early rather than too late. Not thread-safe.
 */
final class Ticks implements LongSupplier {
    private final LongSupplier monotonic;
    private final InstantSource wall;
    private long lastMonotonic;
    private Instant lastWall;
    private long ticks;

    Ticks(LongSupplier monotonic, InstantSource wall) {
        this.monotonic = monotonic;
        this.wall = wall;
        this.lastMonotonic = monotonic.getAsLong();
        this.lastWall = wall.instant();
    }

    @Override
    public long getAsLong() {
        long nowMonotonic = monotonic.getAsLong();
        Instant nowWall = wall.instant();
        long byWall = Duration.between(lastWall, nowWall).toNanos();
        ticks += Math.max(0, Math.max(nowMonotonic - lastMonotonic, byWall));
        lastMonotonic = nowMonotonic;
        lastWall = nowWall;
        return ticks;
    }
}
