package dev.sluice.local.partner;

import java.util.List;

/**
 * What a partner recorded so far. Immutable.
 *
 * @param deliveries the first of each id, in the order of arrival
 * @param redelivered repeats under a known id with the same body
 * @param altered repeats under a known id with another body: a broken promise
 * @param badSignatures requests refused because of their headers or signature
 * @param unreadable properly signed requests whose body is not the documented form
 * @param refused requests that a bad mood failed
 * @param overflowed deliveries not kept because the memory's limit was reached
 */
public record PartnerRecord(
        List<Delivery> deliveries,
        long redelivered,
        long altered,
        long badSignatures,
        long unreadable,
        long refused,
        long overflowed) {
    /** Copies the list. */
    public PartnerRecord {
        deliveries = List.copyOf(deliveries);
    }
}
