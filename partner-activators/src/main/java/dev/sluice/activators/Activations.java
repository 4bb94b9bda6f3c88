package dev.sluice.activators;

import java.util.Optional;

/**
 * What became of one invocation of an activator.
 *
 * @param records received
 * @param delivered changes that the partner took
 * @param setAside changes that the partner will never take, and lines or records that are none
 * @param failedAt sequence number of the first record of which something is still to be delivered
 * @param reason why, if something is
 */
public record Activations(
        int records, int delivered, int setAside, Optional<String> failedAt, Optional<Outcome.RetryLater> reason) {}
