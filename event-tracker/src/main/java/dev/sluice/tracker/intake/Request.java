package dev.sluice.tracker.intake;

import dev.sluice.model.EventType;
import dev.sluice.model.Ring;
import dev.sluice.tracker.Source;
import java.util.Optional;

/**
 * What all events of a request share.
 *
 * @param single the type of its one event, by the path; empty for a batch
 * @param sentAt a batch's, or {@link ClientTime#NONE}
 * @param receivedAt in milliseconds since 1970
 * @param context a batch's
 * @param library that made its events
 * @param traceparent W3C trace context
 * @param users the ring, for keys that begin with the source's account
 */
record Request(
        Source source,
        Optional<EventType> single,
        long sentAt,
        long receivedAt,
        CommonContext context,
        ClientLibrary library,
        String traceparent,
        Ring.Prefix users) {}
