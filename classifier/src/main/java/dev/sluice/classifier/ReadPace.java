package dev.sluice.classifier;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * How fast each key may ask: an even rate, and twice as many at once after a pause of two seconds. Each key has one figure,
 * the moment at which it would have used nothing. Thread-safe, without locks.
 */
public final class ReadPace {
    private static final long SECOND = 1_000_000_000L;

    /** Keys and, apart from them, their tokens; beyond it all begin anew, which is no harm. */
    private static final int MAX_KEYS = 100_000;

    private final long nanosEach;
    private final LongSupplier nanoTime;
    private final Map<String, AtomicLong> unusedAt = new ConcurrentHashMap<>();

    /**
     * A pace for every key.
     *
     * @param perSecond requests of one key
     * @param nanoTime as {@link System#nanoTime}
     */
    public ReadPace(int perSecond, LongSupplier nanoTime) {
        this.nanosEach = SECOND / perSecond;
        this.nanoTime = nanoTime;
    }

    /** Takes one; otherwise how long to wait for the next. */
    Duration take(String key) {
        if (unusedAt.size() > MAX_KEYS) {
            unusedAt.clear();
        }
        long now = nanoTime.getAsLong();
        AtomicLong at = unusedAt.computeIfAbsent(key, any -> new AtomicLong(now));
        while (true) {
            long before = at.get();
            long after = (before - now < 0 ? now : before) + nanosEach;
            long over = after - now - 2 * SECOND;
            if (over > 0) {
                return Duration.ofNanos(over);
            }
            if (at.compareAndSet(before, after)) {
                return Duration.ZERO;
            }
        }
    }
}
