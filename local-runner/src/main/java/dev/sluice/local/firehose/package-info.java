/**
 * Plays Kinesis Data Firehose: reads a stream and writes its records, unchanged and concatenated, as objects of S3.
 * May import the AWS SDK and {@code dev.sluice.local.eventsource}'s shard reading.
 * Start at {@link dev.sluice.local.firehose.Firehose}.
 */
@NullMarked
package dev.sluice.local.firehose;

import org.jspecify.annotations.NullMarked;
