package dev.sluice.dispatcher;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** A clock that moves when it is told to. */
final class TickingClock extends Clock {
    private Instant now = Samples.ARRIVED;

    void pass(Duration duration) {
        now = now.plus(duration);
    }

    /** The same as a clock that never goes back. */
    long nanoTime() {
        return Duration.between(Samples.ARRIVED, now).toNanos();
    }

    @Override
    public Instant instant() {
        return now;
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        return this;
    }
}
