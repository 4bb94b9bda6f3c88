package dev.sluice.model.profile;

import java.time.Instant;

/**
 * That a person is in a segment.
 *
 * @param since event time at which it began, to the millisecond
 * @param ruleSet number of the rule set by which it began
 * @param direct whether the segment's own condition put the person there, not only a child's
 */
public record Membership(Instant since, int ruleSet, boolean direct) {}
