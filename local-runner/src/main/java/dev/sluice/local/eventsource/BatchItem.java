package dev.sluice.local.eventsource;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;

/**
 * One record of a stream as the function will see it.
 *
 * @param sequenceNumber its place in the shard
 * @param arrived when the stream took it
 * @param json the element of {@code Records}, UTF-8
 */
record BatchItem(String sequenceNumber, Instant arrived, byte[] json) {
    private static final byte[] OPEN = "{\"Records\":[".getBytes(StandardCharsets.UTF_8);
    private static final byte[] CLOSE = "]}".getBytes(StandardCharsets.UTF_8);

    /** Bytes of an event around its records. */
    static final int ENVELOPE_BYTES = OPEN.length + CLOSE.length;

    /** Bytes that it takes in an event, its comma included. */
    int bytes() {
        return json.length + 1;
    }

    /** The event of these records. */
    static byte[] event(List<BatchItem> items) {
        var event = new ByteArrayOutputStream(
                ENVELOPE_BYTES + items.stream().mapToInt(BatchItem::bytes).sum());
        event.writeBytes(OPEN);
        for (int i = 0; i < items.size(); i++) {
            if (i > 0) {
                event.write(',');
            }
            event.writeBytes(items.get(i).json());
        }
        event.writeBytes(CLOSE);
        return event.toByteArray();
    }
}
