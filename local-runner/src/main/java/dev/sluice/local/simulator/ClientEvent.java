package dev.sluice.local.simulator;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One event as the client made it; retries send the same one again.
 *
 * @param id the message id, the same in every copy
 * @param clientTime when it happened by the client's own clock, whole milliseconds; null if the client does not say
 * @param timeField under which name the client sends that time
 * @param clockIsWrong whether the client's clock is off, so that the event time depends on the request's receipt
 */
public record ClientEvent(
        String id,
        Person person,
        Action action,
        @Nullable Instant clientTime,
        TimeField timeField,
        boolean clockIsWrong) {

    /** Where the client writes its time. */
    public enum TimeField {
        TIMESTAMP,
        ORIGINAL_TIMESTAMP,
        /** Both, and {@code timestamp} is a misleading one: {@code originalTimestamp} decides. */
        BOTH
    }

    /** Whether the tracker must refuse this event. */
    public boolean isBroken() {
        return action instanceof Action.Broken;
    }

    /** Whether the event time cannot be known without knowing when the canonical copy was received. */
    boolean needsReceipt() {
        return clockIsWrong || clientTime == null;
    }
}
