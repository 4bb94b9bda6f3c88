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

    /** What it takes at most to give up what is too old before the stream has forgotten it. */
    private static final Duration TO_GIVE_UP = Duration.ofHours(6);

    /** Lambda's own bound of a record's age. */
    private static final Duration OLDEST_TRIED = Duration.ofDays(7);

    public StreamSettings {
        if (retention.compareTo(SHORTEST) < 0
                || retention.compareTo(LONGEST) > 0
                || !retention.equals(Duration.ofHours(retention.toHours()))) {
            throw new IllegalArgumentException("retention " + retention + " is not whole hours in PT24H..P365D");
        }
    }

    /** Up to which age a record is tried again: what is older goes to a failure bucket while the stream still has it. */
    Duration recordAge() {
        var kept = retention.compareTo(OLDEST_TRIED) < 0 ? retention : OLDEST_TRIED;
        return kept.minus(TO_GIVE_UP);
    }
}
