package dev.sluice.infra;

import java.time.Duration;

/**
 * What may differ between the streams of two deployed copies.
 *
 * @param capacity of each of the two streams
 * @param retention how long a consumer may be down before it loses records: 24 hours to 365 days, whole hours
 */
record StreamSettings(StreamCapacity capacity, Duration retention) {
    private static final Duration SHORTEST = Duration.ofHours(24);
    private static final Duration LONGEST = Duration.ofDays(365);

    public StreamSettings {
        if (retention.compareTo(SHORTEST) < 0
                || retention.compareTo(LONGEST) > 0
                || !retention.equals(Duration.ofHours(retention.toHours()))) {
            throw new IllegalArgumentException("retention " + retention + " is not whole hours in PT24H..P365D");
        }
    }
}
