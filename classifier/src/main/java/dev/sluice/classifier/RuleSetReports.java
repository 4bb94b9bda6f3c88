package dev.sluice.classifier;

import dev.sluice.model.rules.RuleSetReport;

/**
 * Where programs say what became of a published rule set. A report of the same instance on the same rule set replaces
 * the one before. Nothing is retried beyond the client's own bounded retries; who reports, tries again at the next poll.
 * Thread-safe.
 */
public interface RuleSetReports {
    /** Returns whether it is stored. */
    boolean put(RuleSetReport report);
}
