package dev.sluice.classifier.memory;

import dev.sluice.classifier.Answer;
import dev.sluice.classifier.RuleSetReports;
import dev.sluice.model.rules.RuleSetReport;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reports in memory, every one that was ever put. Thread-safe. */
public final class MemoryRuleSetReports implements RuleSetReports {
    private final List<RuleSetReport> put = new ArrayList<>();
    private boolean down;

    /** From now on it keeps nothing, or does again. */
    public synchronized void down(boolean nowDown) {
        down = nowDown;
    }

    /** All that were put, in order. */
    public synchronized List<RuleSetReport> put() {
        return List.copyOf(put);
    }

    @Override
    public synchronized boolean put(RuleSetReport report) {
        if (!down) {
            put.add(report);
        }
        return !down;
    }

    @Override
    public synchronized Answer<List<RuleSetReport>> ofClassifiers(String account, int number) {
        if (down) {
            return new Answer.Unreachable<>("down");
        }
        Map<String, RuleSetReport> last = new LinkedHashMap<>();
        for (RuleSetReport report : put.reversed()) {
            if (report.account().equals(account)
                    && report.number() == number
                    && report.program().equals(CLASSIFIER)) {
                last.putIfAbsent(report.instance(), report);
            }
        }
        return new Answer.Found<>(last.values().stream().limit(MAX_READ).toList());
    }
}
