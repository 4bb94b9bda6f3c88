package dev.sluice.classifier;

import java.util.List;

/**
 * What became of the lines of one classification. A line that is in neither list is done, durably.
 *
 * @param classified lines whose events are in their people's states and profiles
 * @param ignored lines whose events no rule needs
 * @param retry indexes of lines that a store kept from being done, in order; to be sent again
 * @param setAside lines that can never be done, in order
 */
public record Classification(int classified, int ignored, List<Integer> retry, List<SetAside> setAside) {
    public Classification {
        retry = List.copyOf(retry);
        setAside = List.copyOf(setAside);
    }

    /**
     * A line that can never be done.
     *
     * @param code stable, lower-case words joined by underscores
     * @param message for people; holds nothing of the line's content
     */
    public record SetAside(int index, String code, String message) {}
}
