package dev.sluice.classifier;

import dev.sluice.classifier.LastGoodRules.Kept;
import dev.sluice.classifier.RunningRules.InForce;
import dev.sluice.classifier.RunningRules.Running;
import dev.sluice.model.rules.RuleSet;
import dev.sluice.model.rules.RuleSetReport;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;

/**
 * What one account's rule sets leave outside: the last good one and the refusals on this machine's disk, for a restart,
 * and a report on each that ran or was refused. What happens is noted at once; writing it takes place in
 * {@link #remember}, so that no classification and no swap ever waits for it, and again later if it fails. Thread-safe.
 */
final class AccountMemory {
    /** Reports that wait for a repository that is down; the newest are kept. */
    private static final int MAX_UNTOLD = 20;

    private final String account;
    private final RulePorts ports;
    private final Swapping swapping;
    private final NavigableMap<Integer, RuleSetReport> untold = new ConcurrentSkipListMap<>();
    private volatile boolean changed;
    private volatile Optional<String> problem = Optional.empty();
    private boolean lastGoodAsked;
    private boolean hadLastGood;

    AccountMemory(String account, RulePorts ports, Swapping swapping) {
        this.account = account;
        this.ports = ports;
        this.swapping = swapping;
    }

    /** Why the disk could not be read or written. */
    Optional<String> problem() {
        return problem;
    }

    /** What this instance refused by share before it was restarted. */
    Map<Integer, String> refusals() {
        return kept().refused();
    }

    /** The rule set that ran last before the restart; asked for once, since it will not change. */
    synchronized Optional<RuleSet> lastGood() {
        if (lastGoodAsked) {
            return Optional.empty();
        }
        lastGoodAsked = true;
        Optional<RuleSet> rules = kept().rules();
        hadLastGood = rules.isPresent();
        return rules;
    }

    /** Whether one was there when it was asked for, so that the account is known to have published. */
    synchronized boolean hadLastGood() {
        return hadLastGood;
    }

    private Kept kept() {
        return switch (ports.lastGood().read(account)) {
            case Answer.Found<Kept>(var kept) -> kept;
            case Answer.Unreadable<Kept>(var reason) -> unknown(reason);
            case Answer.Unreachable<Kept>(var reason) -> unknown(reason);
        };
    }

    private Kept unknown(String reason) {
        problem = Optional.of(reason);
        return Kept.NOTHING;
    }

    void runs(int number) {
        changed = true;
        note(number, RuleSetReport.State.RUNNING, Optional.empty());
    }

    void refused(int number, String reason) {
        changed = true;
        note(number, RuleSetReport.State.REFUSED, Optional.of(reason));
    }

    private void note(int number, RuleSetReport.State state, Optional<String> reason) {
        untold.put(
                number,
                new RuleSetReport(
                        account,
                        number,
                        RuleSetReports.CLASSIFIER,
                        swapping.instance(),
                        state,
                        reason,
                        swapping.clock().instant()));
        if (untold.size() > MAX_UNTOLD) {
            untold.pollFirstEntry();
        }
    }

    /** Writes what was noted. */
    synchronized void remember(InForce now, Refusals refusals) {
        if (changed && now instanceof Running running) {
            changed = false;
            problem = ports.lastGood().keep(account, new Kept(Optional.of(running.rules()), refusals.byShare()));
            if (problem.isPresent()) {
                // Said only when it is so: meanwhile something else may have changed.
                changed = true;
            }
        }
        for (Map.Entry<Integer, RuleSetReport> next : untold.entrySet()) {
            if (!ports.reports().put(next.getValue())) {
                break;
            }
            // Unless something else came about meanwhile.
            untold.remove(next.getKey(), next.getValue());
        }
    }
}
