package dev.sluice.local.firehose;

import java.time.Duration;

/**
 * A delivery stream.
 *
 * @param stream the Kinesis stream to read
 * @param bucket where objects go
 * @param prefix beginning of every key, such as {@code events/}; may be empty
 * @param maxBytes an object is written when this much is collected, 1 byte to 128 MB; one record may exceed it
 * @param maxWait or when its first record has waited this long, up to 15 minutes
 */
public record FirehoseSettings(String stream, String bucket, String prefix, int maxBytes, Duration maxWait) {
    /** What the cloud uses. */
    public static final int CLOUD_BYTES = 128 * 1024 * 1024;

    /** What the cloud uses. */
    public static final Duration CLOUD_WAIT = Duration.ofMinutes(10);

    private static final Duration MAX_WAIT = Duration.ofMinutes(15);

    public FirehoseSettings {
        if (maxBytes < 1 || maxBytes > CLOUD_BYTES) {
            throw new IllegalArgumentException("maxBytes " + maxBytes + " is not within 1 and " + CLOUD_BYTES);
        }
        if (!maxWait.isPositive() || maxWait.compareTo(MAX_WAIT) > 0) {
            throw new IllegalArgumentException("maxWait " + maxWait + " is not within (0, " + MAX_WAIT + "]");
        }
    }
}
