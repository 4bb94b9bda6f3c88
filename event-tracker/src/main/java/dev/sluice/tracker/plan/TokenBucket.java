package dev.sluice.tracker.plan;

import dev.sluice.model.plan.Rate;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * Tokens that come at an even rate up to a number, kept as one figure: the moment at which the bucket would be full
 * again. It may be emptied below nothing, by a request that held more than was left; then it opens when that is paid.
 * Thread-safe, without locks.
 */
final class TokenBucket {
    private static final long SECOND = 1_000_000_000L;

    /** However much came at once, nobody is shut out for longer. */
    private static final long LONGEST_DEBT = 60 * SECOND;

    private final Rate rate;
    private final LongSupplier nanoTime;
    private final long capacityNanos;
    private final AtomicLong fullAt;

    /** A full one. */
    TokenBucket(Rate rate, LongSupplier nanoTime) {
        this.rate = rate;
        this.nanoTime = nanoTime;
        this.capacityNanos = nanos(rate.burst());
        this.fullAt = new AtomicLong(nanoTime.getAsLong());
    }

    Rate rate() {
        return rate;
    }

    /** 0 if there is a token. */
    long nanosUntilOpen() {
        long missing = fullAt.get() - nanoTime.getAsLong();
        return Math.max(0, missing - capacityNanos + nanos(1));
    }

    void take(int tokens) {
        long now = nanoTime.getAsLong();
        long most = now + capacityNanos + LONGEST_DEBT;
        fullAt.updateAndGet(at -> Math.min((at - now < 0 ? now : at) + nanos(tokens), most));
    }

    private long nanos(int tokens) {
        return tokens * SECOND / rate.eventsPerSecond();
    }
}
