package dev.sluice.activators.delivery;

import java.time.Instant;

/**
 * One record of the activations stream as it was received.
 *
 * @param sequenceNumber of the record in its shard
 * @param at when the stream took it
 * @param data a {@code LineBatch} of {@code ActivationLine}s
 */
public record ActivationBatch(String sequenceNumber, Instant at, byte[] data) {}
