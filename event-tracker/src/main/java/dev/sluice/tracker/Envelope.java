package dev.sluice.tracker;

import dev.sluice.model.EventType;
import java.time.Instant;
import java.util.Optional;

/**
 * What is known of a request besides its body.
 *
 * @param single the type of the one event in the body, by the path; empty for a batch
 * @param writeKey from the Authorization header; empty if it must be in the body
 * @param receivedAt when the request was intercepted, in whole milliseconds
 * @param traceparent the client's W3C trace context, or a fresh one
 * @param validate whether the client only asks what would become of the events: nothing is stored
 */
public record Envelope(
        Optional<EventType> single,
        Optional<String> writeKey,
        Instant receivedAt,
        String traceparent,
        boolean validate) {
    /** Of a request whose events are to be stored. */
    public Envelope(Optional<EventType> single, Optional<String> writeKey, Instant receivedAt, String traceparent) {
        this(single, writeKey, receivedAt, traceparent, false);
    }
}
