package dev.sluice.activators.delivery;

import dev.sluice.activators.PartnerLimits;
import java.time.Duration;
import java.time.Instant;

/**
 * How long telling one connection's partner may take. Immutable.
 *
 * @param end when the invocation must be over
 * @param patience the longest wait for leave to call
 * @param lastCall no call begins later
 * @param isWaitedFor others wait until all is over: partners that are slow are left to the retries
 */
record Budget(Instant end, Duration patience, Instant lastCall, boolean isWaitedFor) {
    /** Of the stream: what cannot be told within a second is told by the retries. */
    static Budget ofStream(Instant now, Instant end) {
        return new Budget(end, Duration.ofMillis(250), now.plusSeconds(1), true);
    }

    /** Of the retries: until the end. */
    static Budget ofRetries(Instant end) {
        return new Budget(end, Duration.ofSeconds(1), end, false);
    }

    /** Whether calls that begin now will be over and settled in time. */
    boolean hasTime(PartnerLimits limits, Instant now) {
        return now.isBefore(lastCall)
                && now.plus(limits.call()).plus(Settler.TIME).isBefore(end);
    }

    /** After which no call begins: those that do must be over, and settled, when the invocation is. */
    Instant lastBegin(PartnerLimits limits) {
        Instant last = end.minus(limits.call()).minus(Settler.TIME);
        return last.isBefore(lastCall) ? last : lastCall;
    }

    /**
     * For how many waves of calls there is time.
     *
     * @param each how long one takes
     * @return 1 to {@code most}
     */
    int waves(Duration each, Instant now, int most) {
        long left = Duration.between(now, lastCall).toMillis();
        return Math.clamp(left / Math.max(1, each.toMillis()), 1, most);
    }
}
