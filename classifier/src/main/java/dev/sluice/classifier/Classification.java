package dev.sluice.classifier;

import java.util.List;
import java.util.Map;

/**
 * What became of the lines of one classification. A line that is in neither list is done, durably.
 *
 * @param classified lines whose events are in their people's states and profiles
 * @param ignored lines whose events no rule needs
 * @param retry indexes of lines that a store kept from being done, in order; to be sent again
 * @param setAside lines that can never be done, in order
 * @param ruleSets numbers of the rule sets by which the lines were judged, by account, 0 where none was published;
 *     without the accounts whose rules are not known
 */
public record Classification(
        int classified, int ignored, List<Integer> retry, List<SetAside> setAside, Map<String, Integer> ruleSets) {
    public Classification {
        retry = List.copyOf(retry);
        setAside = List.copyOf(setAside);
        ruleSets = Map.copyOf(ruleSets);
    }

    /**
     * A line that can never be done.
     *
     * @param code stable, lower-case words joined by underscores
     * @param message for people; holds nothing of the line's content
     */
    public record SetAside(int index, String code, String message) {}
}
