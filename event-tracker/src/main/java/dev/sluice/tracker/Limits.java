package dev.sluice.tracker;

import dev.sluice.model.JsonText;

/**
 * How much a client may send in one request. The defaults (application.yaml) are what Segment's SDKs expect.
 *
 * @param bodyBytes of a request's body, both as sent and unpacked, 1 KiB to 16 MiB
 * @param eventBytes of one event, 256 bytes to {@value #MAX_EVENT_BYTES} and no more than {@code bodyBytes}; also of a
 *     batch's common context
 * @param eventsPerBatch 1 to 100,000
 * @param depth how deep objects and arrays may nest in an event, the event itself being the first level, 2 to
 *     {@value #MAX_DEPTH}; also in a batch's common context
 */
public record Limits(int bodyBytes, int eventBytes, int eventsPerBatch, int depth) {
    /** With as much again of its batch's context a stored event stays well below the 1 MiB of a Kinesis record and of a string. */
    public static final int MAX_EVENT_BYTES = 384 << 10;
    /** The batch's context lies a level deeper in the stored event, which every reader must be able to read. */
    public static final int MAX_DEPTH = JsonText.MAX_DEPTH - 1;

    public Limits {
        Require.within("limits.body-bytes", bodyBytes, 1024, 16 << 20);
        Require.within("limits.event-bytes", eventBytes, 256, Math.min(bodyBytes, MAX_EVENT_BYTES));
        Require.within("limits.events-per-batch", eventsPerBatch, 1, 100_000);
        Require.within("limits.depth", depth, 2, MAX_DEPTH);
    }
}
