package dev.sluice.activators.propagator;

import java.util.Optional;

/**
 * What became of one invocation of the propagator.
 *
 * @param records received
 * @param changes versions among them of which partners are to hear
 * @param setAside records that can never be decoded
 * @param failedAt sequence number of the first record that was not wholly propagated: it and all after it come again
 */
public record Propagation(int records, int changes, int setAside, Optional<String> failedAt) {}
