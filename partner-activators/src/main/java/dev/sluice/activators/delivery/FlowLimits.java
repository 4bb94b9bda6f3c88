package dev.sluice.activators.delivery;

import java.time.Duration;

/**
 * How carefully partners are treated, the same for all.
 *
 * @param burst calls of this long may be made up for at once after they were not made
 * @param failures in a row after which the breaker opens
 * @param open how long it stays open the first time; twice as long each further time
 * @param openLongest the longest that it stays open
 * @param probe how long one call may take that finds out whether the partner is well again, beyond its own time
 * @param slowedEvery a partner that says that calls come too fast slows us down once in this time: one moment's calls all
 *     say the same
 * @param slowest part of the stated rate that is always kept
 * @param recovery how long it takes from nothing back to the stated rate
 * @param parked how long after a parked connection may be asked about again
 * @param parkings things that are parked at most; of more, the first are kept
 * @param slow calls that take so long on the average are too slow for others to wait for
 * @param newest part that one call has in that average
 */
public record FlowLimits(
        Duration burst,
        int failures,
        Duration open,
        Duration openLongest,
        Duration probe,
        Duration slowedEvery,
        double slowest,
        Duration recovery,
        Duration parked,
        int parkings,
        Duration slow,
        double newest) {
    public static final FlowLimits DEFAULT = new FlowLimits(
            Duration.ofSeconds(1),
            5,
            Duration.ofSeconds(5),
            Duration.ofMinutes(5),
            Duration.ofSeconds(5),
            Duration.ofSeconds(1),
            1.0 / 256,
            Duration.ofSeconds(20),
            Duration.ofMinutes(1),
            500,
            Duration.ofMillis(1_500),
            1.0 / 3);
}
