package dev.sluice.classifier;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.classifier.memory.MemoryLastGoodRules;
import dev.sluice.classifier.memory.MemoryProfiles;
import dev.sluice.classifier.memory.MemoryRuleSetReports;
import dev.sluice.classifier.memory.MemoryRuleSets;
import dev.sluice.classifier.memory.MemoryUserStates;
import dev.sluice.model.rules.Matcher;
import dev.sluice.model.rules.RuleEvaluator;
import dev.sluice.model.rules.RuleSet;
import dev.sluice.model.rules.RuleSetReport;
import dev.sluice.model.rules.RuleSetReport.State;
import dev.sluice.model.rules.RuleSetTiming;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** One account's rule sets as a classifier runs them, with everything around it in memory and a clock that a test moves. */
final class OneAccount {
    private static final long BEGIN = Long.MAX_VALUE - 1_000;

    final AtomicLong nanos = new AtomicLong(BEGIN);
    final MemoryRuleSets published = new MemoryRuleSets(() -> Duration.ofNanos(nanos.get() - BEGIN));
    final MemoryRuleSetReports reports = new MemoryRuleSetReports();
    final MemoryLastGoodRules disk = new MemoryLastGoodRules();
    final AtomicInteger built = new AtomicInteger();
    RunningRules rules = running(0.9);

    private RunningRules running(double maxShare) {
        return new RunningRules(
                new RulePorts(published, disk, reports),
                this::build,
                List.of("demo"),
                new Swapping(RuleSetTiming.SWAP_DELAY, maxShare, "i-1", () -> Samples.NOON, nanos::get));
    }

    /** The classifier starts again. */
    void restart(double maxShare) {
        rules = running(maxShare);
    }

    /** An engine that does not build a rule set of one segment, and fails when it runs one of three. */
    private Matcher build(RuleSet toBuild) {
        built.incrementAndGet();
        return switch (toBuild.segments().size()) {
            case 1 -> throw new IllegalStateException("cannot build");
            case 3 ->
                observation -> {
                    throw new UnsupportedOperationException("cannot run");
                };
            default -> new RuleEvaluator(toBuild);
        };
    }

    /** Publishes the first one and sees that it runs. */
    void runs(int number, int skips) {
        published.publish(Samples.rules(number, skips));
        pass(RuleSetTiming.SWAP_DELAY);
        rules.poll();
        assertThat(number()).isEqualTo(number);
    }

    /** So many people skip an ad, so many times each. */
    void see(int people, int times) {
        var classifier = new Classifier(
                rules,
                Samples.stores(new MemoryUserStates(), new MemoryProfiles(), new AtomicInteger()::toString),
                new Tally(),
                Samples.PATIENT);
        List<byte[]> lines = new ArrayList<>();
        for (int who = 0; who < people; who++) {
            for (int time = 0; time < times; time++) {
                lines.add(Samples.line(Samples.person("p" + who), "e" + time, "Ad Skipped", time));
            }
        }
        assertThat(classifier.classify(lines).classified()).isEqualTo(lines.size());
    }

    /** As long as a new rule set has, with a look before and one after. */
    void takeTime() {
        rules.poll();
        pass(RuleSetTiming.SWAP_DELAY);
        rules.poll();
    }

    void pass(Duration duration) {
        nanos.addAndGet(duration.toNanos());
    }

    int number() {
        return rules.of("demo") instanceof RunningRules.Running running
                ? running.rules().number()
                : 0;
    }

    static RuleSetReport report(int number, State state, String reason) {
        return new RuleSetReport(
                "demo",
                number,
                "classifier",
                "i-1",
                state,
                reason.isEmpty() ? Optional.empty() : Optional.of(reason),
                Samples.NOON);
    }
}
