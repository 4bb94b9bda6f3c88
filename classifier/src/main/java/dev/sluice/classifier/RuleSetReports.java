package dev.sluice.classifier;

import dev.sluice.model.rules.RuleSetReport;
import java.util.List;

/**
 * Where programs say what became of a published rule set. A report of the same instance on the same rule set replaces
 * the one before; every classifier reads what the others say. Nothing is retried beyond the client's own bounded retries; who reports, tries again at the next poll.
 * Thread-safe.
 */
public interface RuleSetReports {
    /** Returns whether it is stored. */
    boolean put(RuleSetReport report);

    /**
     * What classifiers say of one rule set, those heard of last first, and no more than {@value #MAX_READ}; what cannot
     * be understood is passed over.
     *
     * @return never {@link Answer.Unreadable}
     */
    Answer<List<RuleSetReport>> ofClassifiers(String account, int number);

    /** The program's name in a classifier's reports. */
    String CLASSIFIER = "classifier";

    /** Reports read of one rule set: one of them is enough to know, and each is a request. */
    int MAX_READ = 20;
}
