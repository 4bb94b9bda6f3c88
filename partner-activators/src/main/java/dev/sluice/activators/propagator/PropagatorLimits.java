package dev.sluice.activators.propagator;

import java.time.Duration;

/**
 * Bounds of a {@link Propagator}.
 *
 * @param lines changes in one record
 * @param recordBytes of one record before compression; Kinesis takes 1 MB, and a record is what a failure repeats
 * @param callBytes of one call; Kinesis takes 5 MB
 * @param attempts to put one record before it is left to the stream's own retry
 * @param firstPause before the second attempt; doubles with each further one
 */
public record PropagatorLimits(int lines, int recordBytes, int callBytes, int attempts, Duration firstPause) {
    /** In all 50 + 100 + 200 + 400 ms of pauses: a throttled shard recovers within a second or not soon. */
    public static final PropagatorLimits DEFAULT =
            new PropagatorLimits(500, 256 * 1024, 4 * 1024 * 1024, 5, Duration.ofMillis(50));

    public PropagatorLimits {
        if (lines < 1 || recordBytes < 1 || callBytes < recordBytes || attempts < 1 || firstPause.isNegative()) {
            throw new IllegalArgumentException("limits must be positive, and a call hold a record");
        }
    }
}
