package dev.sluice.model.rules;

import java.util.Set;

/**
 * Tells which segments' conditions are true of an observation: the plain {@link RuleEvaluator}, or an engine that has
 * compiled the same rule set and must give the same answer. Implementations say whether they may be shared by threads.
 */
public interface Matcher {
    /** Ids of the segments whose conditions are true; never of segments outside the rule set. */
    Set<String> matching(Observation observation);
}
