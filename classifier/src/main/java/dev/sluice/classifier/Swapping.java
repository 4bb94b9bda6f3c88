package dev.sluice.classifier;

import dev.sluice.model.rules.RuleSetTiming;
import java.time.Duration;
import java.time.InstantSource;
import java.util.function.LongSupplier;

/**
 * How one rule set takes over from another.
 *
 * @param delay from first seeing a rule set until it runs; see {@link RuleSetTiming}
 * @param maxShare of the recent observations that a segment of a new rule set may take without being refused, above 0
 *     to 1; 1 refuses nothing
 * @param instance names this process in reports
 * @param clock for people
 * @param nanoTime a clock that never goes back, in nanoseconds
 */
public record Swapping(Duration delay, double maxShare, String instance, InstantSource clock, LongSupplier nanoTime) {
    /** By the machine's clocks and the stated delay. */
    public static Swapping of(double maxShare, String instance) {
        return new Swapping(RuleSetTiming.SWAP_DELAY, maxShare, instance, InstantSource.system(), System::nanoTime);
    }
}
