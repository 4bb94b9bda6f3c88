package dev.sluice.rules.memory;

import dev.sluice.model.rules.RuleSetReport;
import dev.sluice.rules.RuleSetReports;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Reports in memory, gone with it. Thread-safe. */
public final class MemoryRuleSetReports implements RuleSetReports {
    private record Key(String account, int number, String program, String instance) {}

    private final Map<Key, RuleSetReport> reports = new ConcurrentHashMap<>();

    /** Takes what a program reports. */
    public void report(RuleSetReport report) {
        reports.put(new Key(report.account(), report.number(), report.program(), report.instance()), report);
    }

    @Override
    public List<RuleSetReport> of(String account, int number, String program, int max) {
        return reports.values().stream()
                .filter(report -> report.account().equals(account)
                        && report.number() == number
                        && report.program().equals(program))
                .sorted(Comparator.comparing(RuleSetReport::at).reversed())
                .limit(max)
                .toList();
    }
}
