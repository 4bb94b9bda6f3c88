package dev.sluice.tracker.failover;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** Holds work to a rate of bytes: what was taken is paid for before the next is taken. One thread. */
public final class Pace {
    private static final double NANOS = 1e9;

    private final long bytesPerSecond;
    private final InstantSource clock;
    private final Pause pause;
    private Instant next = Instant.MIN;

    /** Waits. */
    @FunctionalInterface
    public interface Pause {
        void of(Duration duration) throws InterruptedException;
    }

    /** @param bytesPerSecond 1 or more */
    public Pace(long bytesPerSecond, InstantSource clock, Pause pause) {
        this.bytesPerSecond = bytesPerSecond;
        this.clock = clock;
        this.pause = pause;
    }

    /** Waits until what was taken before is paid for, then takes so many bytes. */
    void take(long bytes) throws InterruptedException {
        Instant now = clock.instant();
        if (next.isAfter(now)) {
            pause.of(Duration.between(now, next));
        } else {
            next = now;
        }
        next = next.plusNanos((long) (NANOS * bytes / bytesPerSecond));
    }
}
