package dev.sluice.tracker.intake;

import dev.sluice.model.EventType;

/**
 * What the stored form of an event begins with: decided by us, from what the client said. Times in milliseconds since
 * 1970.
 *
 * @param slot the person's place on the ring
 * @param timestamp event time
 * @param original the time as the client's clock told it
 * @param sentAt the client's clock when it sent the request, or {@link ClientTime#NONE}
 */
record Head(int slot, EventType type, long timestamp, long original, long sentAt) {}
