package dev.sluice.local.firehose;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.UUID;

/**
 * The content of one object. Its key is fixed, so that a repeated put overwrites itself.
 *
 * @param body the records, one after the other
 * @param records how many
 * @param arrived when the oldest of them arrived in the stream
 * @param id makes the key unique
 */
record Delivery(byte[] body, int records, Instant arrived, UUID id) {
    private static final DateTimeFormatter HOUR =
            DateTimeFormatter.ofPattern("yyyy/MM/dd/HH").withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter SECOND =
            DateTimeFormatter.ofPattern("yyyy-MM-dd-HH-mm-ss").withZone(ZoneOffset.UTC);

    /** The name that Firehose gives: by arrival in UTC, not by the time of the events inside. */
    String key(FirehoseSettings settings) {
        return "%s%s/%s-1-%s-%s%s"
                .formatted(
                        settings.prefix(),
                        HOUR.format(arrived),
                        settings.stream(),
                        SECOND.format(arrived),
                        id,
                        isZstd() ? ".zst" : ".gz");
    }

    /** In the cloud the extension is configured beside the tracker's codec; here it follows what comes. */
    private boolean isZstd() {
        return body.length > 1 && body[0] == 0x28 && (body[1] & 0xff) == 0xb5;
    }
}
