package dev.sluice.dispatcher;

import java.time.Instant;

/**
 * One record of the event stream: a {@code LineBatch} of one slot's events. The bytes are not copied; nobody may change
 * them.
 *
 * @param sequenceNumber decimal, as Kinesis gave it; names the record within its shard
 * @param arrivedAt when Kinesis took it
 */
public record StreamRecord(String sequenceNumber, Instant arrivedAt, byte[] data) {}
