package dev.sluice.model.rules;

import java.util.Set;

/**
 * Tells which segments' conditions are true of an observation: the plain {@link RuleEvaluator}, or an engine that has
 * compiled the same rule set and must give the same answer. Implementations say whether they may be shared by threads.
 */
public interface Matcher {
    /** Ids of the segments whose conditions are true; never of segments outside the rule set. */
    Set<String> matching(Observation observation);

    /**
     * The same after a message, of at least all segments whose answers can be others than at the step before. Between that
     * step and this one nothing has changed but what follows: the current event is the message, and was {@code before}; the
     * history has the message as well, and may have lost or gained events that no condition looks at; time has gone on, but
     * not so far that an answer would have changed by that alone; and the segments that held the person may be others.
     *
     * @param before the current event of the step before
     */
    default Answers after(Observation message, Occurrence before) {
        return Answers.ofAll(matching(message));
    }
}
