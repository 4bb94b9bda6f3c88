package dev.sluice.activators;

import java.time.Instant;
import java.util.List;

/**
 * Where a record goes that can never be processed, so that it does not block its shard and can be looked at and
 * replayed. Keeping the same item twice leaves one. Thread-safe.
 */
@FunctionalInterface
public interface SetAside {
    /** Items that are kept together at most: some 700 bytes each as a rule. */
    int MAX_TOGETHER = 1000;

    /**
     * Keeps an item.
     *
     * @return whether it is durable; if not, the caller reports the record as failed and it will come again
     */
    boolean keep(Item item);

    /**
     * Keeps items at once, as fast as one.
     *
     * @param items 1 to {@link #MAX_TOGETHER} of one function; the first one's hour is that of all
     * @return whether all are durable; if not, some may be all the same
     */
    default boolean keepAll(List<Item> items) {
        return items.stream().allMatch(this::keep);
    }

    /**
     * What is set aside.
     *
     * @param function short name of the function that could not process it
     * @param id names the item for good, the same at every attempt: letters, digits, {@code -} and {@code _}
     * @param at when the record was written; decides the hour under which it is kept
     * @param reason what is wrong with it, without any of its content
     * @param payload its bytes as they came
     */
    record Item(String function, String id, Instant at, String reason, byte[] payload) {}
}
