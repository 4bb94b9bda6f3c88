package dev.sluice.dispatcher;

import dev.sluice.model.rules.RuleSetReport;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * Tells those who published a rule set that this environment meets its needs, or that it cannot read it and therefore
 * forwards everything: once for each, after the invocation's records are seen to, for no longer than
 * {@link Limits#REPORTING}, and not at all while the store is down. What is not told is told after a later invocation.
 * Not thread-safe.
 */
final class Notices {
    private static final String PROGRAM = "dispatcher";

    private final RuleSetReports reports;
    private final String instance;
    private final InstantSource clock;
    private final LongSupplier ticks;
    private final Map<Told, Optional<String>> untold = new LinkedHashMap<>();

    /** @param ticks a clock that never goes back, in nanoseconds */
    Notices(RuleSetReports reports, String instance, InstantSource clock, LongSupplier ticks) {
        this.reports = reports;
        this.instance = instance;
        this.clock = clock;
        this.ticks = ticks;
    }

    private record Told(String account, int number) {}

    /**
     * @param learnt the newest rule sets met in this invocation, by account
     * @param unread those found to be unreadable in it
     */
    void tell(Map<String, Integer> learnt, List<CurrentRules.Unread> unread) {
        learnt.forEach((account, number) -> untold.put(new Told(account, number), Optional.empty()));
        unread.forEach(one -> untold.put(new Told(one.account(), one.number()), Optional.of(one.reason())));
        long begun = ticks.getAsLong();
        while (!untold.isEmpty() && ticks.getAsLong() - begun < Limits.REPORTING.toNanos()) {
            Map.Entry<Told, Optional<String>> next =
                    untold.entrySet().iterator().next();
            if (!reports.put(report(next.getKey(), next.getValue()))) {
                break;
            }
            untold.remove(next.getKey());
        }
        while (untold.size() > Limits.MAX_REPORTS) {
            untold.remove(untold.keySet().iterator().next());
        }
    }

    private RuleSetReport report(Told rules, Optional<String> refused) {
        var state = refused.isPresent() ? RuleSetReport.State.REFUSED : RuleSetReport.State.RUNNING;
        return new RuleSetReport(rules.account(), rules.number(), PROGRAM, instance, state, refused, clock.instant());
    }
}
