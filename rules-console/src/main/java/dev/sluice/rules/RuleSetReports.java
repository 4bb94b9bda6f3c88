package dev.sluice.rules;

import dev.sluice.model.rules.RuleSetReport;
import java.util.List;

/** What programs reported of a rule set: that they run it, or why they refused it. Read only; thread-safe. */
public interface RuleSetReports {
    /**
     * The newest reports of one rule set, one of each instance, the latest first.
     *
     * @param max how many at most
     * @throws UnreachableException if the store does not answer, refuses, or takes too long
     */
    List<RuleSetReport> of(String account, int number, int max);
}
