package dev.sluice.activators.propagator;

import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * One record of the profile table's stream: what a person's item was and is.
 *
 * @param sequenceNumber of the record in its shard
 * @param at when the table took the write
 * @param kind what was done to the item
 * @param before JSON of the profile in the old image, if that had one
 * @param after JSON of the profile in the new image, if that had one
 * @param original the whole record as JSON, made only if it must be set aside
 */
public record ProfileVersion(
        String sequenceNumber,
        Instant at,
        Kind kind,
        Optional<byte[]> before,
        Optional<byte[]> after,
        Supplier<byte[]> original) {

    /** What happened to an item. */
    public enum Kind {
        INSERT,
        MODIFY,
        /** Erased, or expired. */
        REMOVE
    }
}
