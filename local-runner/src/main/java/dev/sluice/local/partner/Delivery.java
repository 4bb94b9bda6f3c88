package dev.sluice.local.partner;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What the partner was told, the first time under its id.
 *
 * @param id the webhook-id, the same however often it is sent
 * @param entered whether the person entered the segment, else they left it
 * @param person as the profiles table names them: {@code account/userId} or {@code account/anonymous:anonymousId}
 * @param version of the profile that the change belongs to
 * @param cause what changed the answer, as {@code Cause.Kind} words it; null if the sender does not say
 * @param eventId the event that caused it, or the person's last one if something else did; null if there is none
 * @param eventReceivedAt when the tracker intercepted that event; null if there is none
 * @param at the event time of the change
 * @param arrivedNanos {@link System#nanoTime()} when its request was read
 * @param body as it came
 */
public record Delivery(
        String id,
        boolean entered,
        String person,
        String segment,
        long version,
        @Nullable String cause,
        @Nullable String eventId,
        @Nullable Instant eventReceivedAt,
        Instant at,
        Instant arrivedAt,
        long arrivedNanos,
        String body) {
    /** Whether an event changed the answer, and nothing else did. */
    public boolean ofEvent() {
        return cause == null || cause.equals("event") || cause.equals("correction");
    }

    /** Whether time alone changed the answer. */
    public boolean ofTime() {
        return "time".equals(cause);
    }
}
