package dev.sluice.tracker;

import dev.sluice.model.JsonText;

/**
 * How much a client may send in one request. The defaults (application.yaml) are what Segment's SDKs expect.
 *
 * @param bodyBytes of a request's body, both as sent and unpacked, 1 KiB to 16 MiB
 * @param eventBytes of one event, 256 bytes to {@code bodyBytes}; also of a batch's common context
 * @param eventsPerBatch 1 to 100,000
 * @param depth how deep objects and arrays may nest in an event, the event itself being the first level, 2 to
 *     {@value JsonText#MAX_DEPTH}
 */
public record Limits(int bodyBytes, int eventBytes, int eventsPerBatch, int depth) {
    public Limits {
        Require.within("limits.body-bytes", bodyBytes, 1024, 16 << 20);
        Require.within("limits.event-bytes", eventBytes, 256, bodyBytes);
        Require.within("limits.events-per-batch", eventsPerBatch, 1, 100_000);
        Require.within("limits.depth", depth, 2, JsonText.MAX_DEPTH);
    }
}
