package dev.sluice.activators;

import java.util.Collections;
import java.util.List;

/**
 * What a partner made of one call. Immutable.
 *
 * @param outcomes one for each delivery, in their order
 * @param pace what the answer says of how fast it may go on
 */
public record Answer(List<Outcome> outcomes, Pace pace) {
    public Answer {
        outcomes = List.copyOf(outcomes);
    }

    /** The same for all of {@code count}. */
    public static Answer all(int count, Outcome outcome, Pace pace) {
        return new Answer(Collections.nCopies(count, outcome), pace);
    }
}
