package dev.sluice.model.profile;

import java.time.Instant;

/**
 * That a person was in a segment.
 *
 * @param since event time at which it began
 * @param until the moment from which on the person was not in it
 * @param ruleSet number of the rule set by which it began
 * @param direct whether the segment's own condition had put the person there, not only a child's
 */
public record PastMembership(String segment, Instant since, Instant until, int ruleSet, boolean direct) {}
