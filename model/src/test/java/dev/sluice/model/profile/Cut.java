package dev.sluice.model.profile;

import java.time.Instant;

/**
 * Which events a run of the batch jobs has read: where its statistics end and the stream's part begins. Both bounds are of
 * an event's canonical copy, which never changes; so everybody says the same of an event, whenever it comes. Immutable.
 *
 * @param before exclusive bound of event time
 * @param receivedBefore exclusive bound of the receipt; what comes later with an earlier event time is for the next run
 */
record Cut(Instant before, Instant receivedBefore) {
    /** Whether the run has read an event with these times. */
    boolean covers(Instant time, Instant receivedAt) {
        return time.isBefore(before) && receivedAt.isBefore(receivedBefore);
    }
}
