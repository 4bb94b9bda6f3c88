package dev.sluice.tracker;

/**
 * Events of one ring slot that travel as one record.
 *
 * @param slot 0 to 255
 * @param events how many
 * @param body a {@link dev.sluice.model.LineBatch}; nobody may change it
 */
public record SlotBatch(int slot, int events, byte[] body) {}
