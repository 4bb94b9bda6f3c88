package dev.sluice.rules;

import dev.sluice.model.rules.RuleSetReport;
import java.util.List;

/** What programs reported of a rule set: that they run it, or why they refused it. Read only; thread-safe. */
public interface RuleSetReports {
    /**
     * The newest reports of one rule set by one kind of program, one of each instance, the latest first. Asked for by
     * program, because short-lived instances of one kind would else hide those of another.
     *
     * @param program as it names itself in its reports
     * @param max how many at most
     * @throws UnreachableException if the store does not answer, refuses, or takes too long
     */
    List<RuleSetReport> of(String account, int number, String program, int max);
}
