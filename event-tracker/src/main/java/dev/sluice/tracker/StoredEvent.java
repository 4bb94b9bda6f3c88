package dev.sluice.tracker;

/**
 * An event in its stored form.
 *
 * @param slot the person's place on the ring
 * @param line compact JSON without a line break; nobody may change it
 */
public record StoredEvent(int slot, byte[] line) {}
