package dev.sluice.classifier;

import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/**
 * How long one classification may go on beginning things. Immutable.
 *
 * @param nanoTime a clock that never goes back, in nanoseconds
 */
public record TimeLimit(Duration within, LongSupplier nanoTime) {
    /** By the machine's clock. */
    public static TimeLimit of(Duration within) {
        return new TimeLimit(within, System::nanoTime);
    }

    /** Begins now; says later whether the time is over. */
    BooleanSupplier begin() {
        long begun = nanoTime.getAsLong();
        return () -> nanoTime.getAsLong() - begun >= within.toNanos();
    }
}
