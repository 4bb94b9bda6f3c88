package dev.sluice.model.profile;

import java.time.Instant;
import java.util.Optional;

/**
 * That a person is in a segment.
 *
 * @param since event time at which it began, to the millisecond
 * @param ruleSet number of the rule set by which it began
 * @param direct whether the segment's own condition put the person there, not only a child's
 * @param until when it ends if nothing happens, as it was known when this was written; empty if it does not end by
 *     itself, or not soon
 */
public record Membership(Instant since, int ruleSet, boolean direct, Optional<Instant> until) {
    /** Of which it is not said when it ends. */
    public Membership(Instant since, int ruleSet, boolean direct) {
        this(since, ruleSet, direct, Optional.empty());
    }

    /** The same, ending then. */
    public Membership until(Instant end) {
        return new Membership(since, ruleSet, direct, Optional.of(end));
    }
}
