package dev.sluice.local.firehose;

/**
 * What a delivery stream has done so far.
 *
 * @param recordsRead records taken from the stream
 * @param recordsDelivered records whose object is in S3
 * @param bytesDelivered bytes of those objects
 * @param objects objects written
 * @param failedPuts tries to write an object that failed and were or will be repeated
 */
public record FirehoseCounters(
        long recordsRead, long recordsDelivered, long bytesDelivered, long objects, long failedPuts) {}
