package dev.sluice.activators.delivery;

import java.util.Map;
import java.util.Optional;

/**
 * What became of one invocation of an activator.
 *
 * @param records received
 * @param lines in them that could be read
 * @param setAside lines or records that nobody can read
 * @param failedAt sequence number of the first record that must come again
 * @param reason why it must
 * @param tallies by connection
 */
public record Activations(
        int records,
        int lines,
        int setAside,
        Optional<String> failedAt,
        Optional<String> reason,
        Map<Flow.Id, Tally> tallies) {
    public Activations {
        tallies = Map.copyOf(tallies);
    }
}
