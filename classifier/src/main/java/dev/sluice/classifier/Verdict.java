package dev.sluice.classifier;

import dev.sluice.model.PersonKey;
import dev.sluice.model.profile.Cause;
import java.util.Map;
import java.util.Optional;

/** How an attempt at one person's events ended. */
sealed interface Verdict {
    /** State and profile hold them. */
    record Done() implements Verdict {}

    /**
     * Someone else wrote in between: to be tried once more from the start.
     *
     * @param folded what folding them was, if the person's state holds them already
     */
    record Again(Optional<Cause.Kind> folded) implements Verdict {}

    /**
     * The person is a name of somebody else's: to be tried there.
     *
     * @param names that are to be seen to go by that person, each with whom it goes by directly
     */
    record GoesBy(PersonKey person, Map<PersonKey, PersonKey> names) implements Verdict {}

    /** A store was not reached, or the time was over: to be sent again. */
    record Later() implements Verdict {}

    /**
     * What is stored of the person came of a newer rule set than ours, which must not undo it: to be sent again, to
     * whoever runs that one.
     *
     * @param ruleSet its number
     */
    record Outdated(int ruleSet) implements Verdict {}

    /** What is stored of the person cannot be read: sending again does not help. */
    record Poisoned(String code, String message) implements Verdict {}
}
