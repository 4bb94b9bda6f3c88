package dev.sluice.classifier;

import dev.sluice.classifier.RunningRules.InForce;
import dev.sluice.classifier.RunningRules.NotKnown;
import dev.sluice.classifier.RunningRules.Running;
import dev.sluice.model.rules.Matcher;
import dev.sluice.model.rules.RuleSet;
import dev.sluice.model.rules.RuleSetReport;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Makes published rule sets of one account ready to run, or says why not: reads, compiles and tries them. While nothing
 * runs there is nothing to try them on, and what other classifiers report counts instead. Thread-safe.
 */
final class Candidates {
    private final String account;
    private final RulePorts ports;
    private final Function<RuleSet, Matcher> engine;
    private final ShareCheck check;
    private final RecentObservations.OfAccount recent;
    private final Refusals refusals;
    private final AccountMemory memory;

    Candidates(
            String account,
            RulePorts ports,
            Function<RuleSet, Matcher> engine,
            Swapping swapping,
            RecentObservations.OfAccount recent,
            Refusals refusals,
            AccountMemory memory) {
        this.account = account;
        this.ports = ports;
        this.engine = engine;
        this.check = new ShareCheck(swapping);
        this.recent = recent;
        this.refusals = refusals;
        this.memory = memory;
    }

    /** One rule set, ready to run instead of what is in force; none if it is refused. */
    Answer<Optional<Running>> of(int number, InForce inForce) {
        if (inForce instanceof NotKnown && check.judges()) {
            switch (ports.reports().ofClassifiers(account, number)) {
                case Answer.Found<List<RuleSetReport>>(var reports) -> {
                    Optional<String> against = ShareCheck.saidBy(reports);
                    if (against.isPresent()) {
                        refuse(number, Refusals.Why.SHARE, against.get());
                        return new Answer.Found<>(Optional.empty());
                    }
                }
                case Answer.Unreadable<List<RuleSetReport>>(var reason) -> {
                    return new Answer.Unreachable<>(reason);
                }
                case Answer.Unreachable<List<RuleSetReport>>(var reason) -> {
                    return new Answer.Unreachable<>(reason);
                }
            }
        }
        return switch (ports.published().read(account, number)) {
            case Answer.Found<RuleSet>(var rules) ->
                new Answer.Found<>(build(rules).filter(next -> isHarmless(inForce, next)));
            case Answer.Unreadable<RuleSet>(var reason) -> new Answer.Unreadable<>(reason);
            case Answer.Unreachable<RuleSet>(var reason) -> new Answer.Unreachable<>(reason);
        };
    }

    /** Compiles it, unless it cannot be. */
    Optional<Running> build(RuleSet rules) {
        try {
            return Optional.of(Running.of(rules, engine.apply(rules), recent));
        } catch (RuntimeException | LinkageError | VirtualMachineError e) {
            // Whatever it does to the machine, it would do again at every look.
            refuse(
                    rules.number(),
                    Refusals.Why.UNUSABLE,
                    "does not build: " + e.getClass().getSimpleName());
            return Optional.empty();
        }
    }

    private boolean isHarmless(InForce inForce, Running next) {
        if (!(inForce instanceof Running now)) {
            return true;
        }
        int number = next.rules().number();
        try {
            Optional<String> against = check.against(now, next, recent.now());
            against.ifPresent(reason -> refuse(number, Refusals.Why.SHARE, reason));
            return against.isEmpty();
        } catch (RuntimeException | LinkageError | VirtualMachineError e) {
            refuse(number, Refusals.Why.UNUSABLE, "fails: " + e.getClass().getSimpleName());
            return false;
        }
    }

    void refuse(int number, Refusals.Why why, String reason) {
        refusals.refuse(number, why, reason);
        memory.refused(number, reason);
    }

    /** What this instance refused by share before it was restarted stays refused. */
    void restoreRefusals() {
        if (check.judges()) {
            memory.refusals().forEach((number, reason) -> refuse(number, Refusals.Why.SHARE, reason));
        }
    }
}
