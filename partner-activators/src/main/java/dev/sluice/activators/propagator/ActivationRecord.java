package dev.sluice.activators.propagator;

/**
 * One record for the activations stream.
 *
 * @param slot of the ring, 0 to 255: decides partition and shard
 * @param data a {@code LineBatch} of profiles' changes of that slot, at most 1 MB; not copied, not to be changed
 */
public record ActivationRecord(int slot, byte[] data) {}
