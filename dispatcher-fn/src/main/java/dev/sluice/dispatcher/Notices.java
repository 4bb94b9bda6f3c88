package dev.sluice.dispatcher;

import dev.sluice.model.rules.RuleSetReport;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Tells those who published a rule set that this environment meets its needs: once for each, after the invocation's
 * records are seen to, and not at all while the store is down. What is not told is told after a later invocation. Not
 * thread-safe.
 */
final class Notices {
    private static final String PROGRAM = "dispatcher";

    private final RuleSetReports reports;
    private final String instance;
    private final InstantSource clock;
    private final Map<String, Integer> untold = new LinkedHashMap<>();

    Notices(RuleSetReports reports, String instance, InstantSource clock) {
        this.reports = reports;
        this.instance = instance;
        this.clock = clock;
    }

    /** @param learnt the newest rule sets met in this invocation, by account */
    void tell(Map<String, Integer> learnt) {
        untold.putAll(learnt);
        while (!untold.isEmpty()) {
            Map.Entry<String, Integer> next = untold.entrySet().iterator().next();
            if (!reports.put(report(next.getKey(), next.getValue()))) {
                break;
            }
            untold.remove(next.getKey());
        }
        while (untold.size() > Limits.MAX_REPORTS) {
            untold.remove(untold.keySet().iterator().next());
        }
    }

    private RuleSetReport report(String account, int number) {
        return new RuleSetReport(
                account, number, PROGRAM, instance, RuleSetReport.State.RUNNING, Optional.empty(), clock.instant());
    }
}
