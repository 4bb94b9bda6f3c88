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
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/**
 * How a new rule set takes over, by a clock that the test moves:
 *
 * <ul>
 *   <li>it runs no sooner than the stated delay after it was seen, and within the stated time after publication, by
 *       itself; so does each of several in short order;
 *   <li>at once only where nothing runs yet, or where another classifier runs it already;
 *   <li>one that would put nearly everybody into a segment is refused, unless too little was seen to judge by, the segment
 *       took them before, the operator allows it, or another classifier runs it; one that cannot be built is refused;
 *   <li>what runs and what is refused is reported, later if it cannot be at once, and no swap waits for that;
 *   <li>after a restart what was refused stays refused, and while the repository is down the last good one runs;
 *   <li>a disk that cannot be read or written is said to be so, and stops nothing.
 * </ul>
 */
class TakeoverTest {
    private static final Duration POLL = Duration.ofSeconds(1);
    private static final Duration MOMENT = Duration.ofMillis(1);

    private final MemoryRuleSets published = new MemoryRuleSets();
    private final MemoryRuleSetReports reports = new MemoryRuleSetReports();
    private final MemoryLastGoodRules disk = new MemoryLastGoodRules();
    private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 1_000);
    private final AtomicInteger built = new AtomicInteger();
    private RunningRules rules = started(0.9);

    private RunningRules started(double maxShare) {
        return new RunningRules(
                new RulePorts(published, disk, reports),
                this::build,
                List.of("demo"),
                new Swapping(RuleSetTiming.SWAP_DELAY, maxShare, "i-1", () -> Samples.NOON, nanos::get));
    }

    /** An engine that fails on a rule set of one segment. */
    private Matcher build(RuleSet toBuild) {
        built.incrementAndGet();
        if (toBuild.segments().size() == 1) {
            throw new IllegalStateException("cannot build");
        }
        return new RuleEvaluator(toBuild);
    }

    @Test
    void aNewOneWaitsForEveryDispatcherAndThenRunsByItself() {
        runs(1, 2);
        published.publish(Samples.rules(2, 2));
        rules.poll();
        assertThat(built).as("built while it waits").hasValue(2);
        pass(RuleSetTiming.SWAP_DELAY.minus(MOMENT));
        assertThat(number()).isEqualTo(1);

        pass(MOMENT);
        assertThat(number()).isEqualTo(2);
        assertThat(rules.report().numbers()).isEqualTo(Map.of("demo", 2));
    }

    @Test
    void eachOfSeveralInShortOrderRunsInTime() {
        runs(1, 2);
        Duration inForceAfter = RuleSetTiming.IN_FORCE_WITHIN.minus(MOMENT);
        var publishedAt = new ArrayList<Long>();
        for (int number = 2; number < 12; number++) {
            published.publish(Samples.rules(number, 2));
            publishedAt.add(nanos.get());
            pass(POLL);
            rules.poll();
            long now = nanos.get();
            int least = 1
                    + (int) publishedAt.stream()
                            .filter(at -> now - at >= inForceAfter.toNanos())
                            .count();
            assertThat(number()).isBetween(least, number);
        }
        pass(RuleSetTiming.SWAP_DELAY);
        rules.poll();
        pass(RuleSetTiming.SWAP_DELAY);
        assertThat(number()).isEqualTo(11);
    }

    @Test
    void theFirstRuleSetOfAnAccountWaitsToo() {
        rules.poll();
        published.publish(Samples.rules(1, 2));
        rules.poll();
        assertThat(rules.of("demo")).isEqualTo(new RunningRules.NoRules());

        pass(RuleSetTiming.SWAP_DELAY);
        assertThat(number()).isEqualTo(1);
    }

    @Test
    void oneThatAnotherClassifierRunsIsRunAtOnce() {
        runs(1, 2);
        published.publish(Samples.rules(2, 2));
        rules.follow("demo", 2);
        assertThat(number()).isEqualTo(2);

        published.publish(Samples.rules(3, 2));
        rules.poll();
        published.publish(Samples.rules(4, 2));
        rules.poll();
        int before = built.get();
        rules.follow("demo", 3);
        assertThat(number()).as("what waits, and no newer one").isEqualTo(3);
        rules.follow("demo", 2);
        assertThat(number()).isEqualTo(3);
        assertThat(built).hasValue(before);
        pass(RuleSetTiming.SWAP_DELAY);
        assertThat(number()).isEqualTo(4);
    }

    @Test
    void aNumberThatIsNotThereIsNotFollowed() {
        runs(1, 2);
        rules.follow("demo", 99);
        rules.follow("stranger", 1);

        assertThat(number()).isEqualTo(1);
        assertThat(rules.report().problems().get("demo")).contains("99");
        rules.poll();
        assertThat(rules.report().problems()).isEmpty();
    }

    @Test
    void oneThatWouldTakeNearlyEverybodyIsRefused() {
        runs(1, 2);
        see(ShareCheck.LEAST, 1);
        published.publish(Samples.rules(2, 1));
        takeTime();

        assertThat(number()).isEqualTo(1);
        String reason = "segment skips would take 200 of 200 recent observations, more than the allowed share of 0.9";
        assertThat(rules.report().problems()).isEqualTo(Map.of("demo", "rule set 2 is refused: " + reason));
        assertThat(reports.put()).containsExactly(report(1, State.RUNNING, ""), report(2, State.REFUSED, reason));

        int before = built.get();
        takeTime();
        assertThat(built).as("what is refused is not built again").hasValue(before);
        published.publish(Samples.rules(3, 2));
        takeTime();
        assertThat(rules.report()).isEqualTo(new RunningRules.Report(true, Map.of("demo", 3), Map.of()));
    }

    @Test
    void tooLittleToJudgeByRefusesNothing() {
        runs(1, 2);
        see(ShareCheck.LEAST - 1, 1);
        published.publish(Samples.rules(2, 1));
        takeTime();

        assertThat(number()).isEqualTo(2);
    }

    @Test
    void aSegmentThatTookNearlyEverybodyBeforeMayGoOn() {
        runs(1, 1);
        see(ShareCheck.LEAST, 1);
        published.publish(Samples.rules(2, 1));
        takeTime();

        assertThat(number()).isEqualTo(2);
    }

    @Test
    void theOperatorMayAllowIt() {
        rules = started(1);
        runs(1, 2);
        see(ShareCheck.LEAST, 1);
        published.publish(Samples.rules(2, 1));
        takeTime();

        assertThat(number()).isEqualTo(2);
    }

    @Test
    void oneRefusedByShareThatAnotherClassifierRunsIsRun() {
        runs(1, 2);
        see(ShareCheck.LEAST, 1);
        published.publish(Samples.rules(2, 1));
        takeTime();
        rules.follow("demo", 2);
        rules.poll();

        assertThat(rules.report()).isEqualTo(new RunningRules.Report(true, Map.of("demo", 2), Map.of()));
        assertThat(reports.put().getLast()).isEqualTo(report(2, State.RUNNING, ""));
    }

    @Test
    void oneThatDoesNotBuildIsRefusedEvenIfAnotherClassifierRunsIt() {
        runs(1, 2);
        published.publish(new RuleSet("demo", 2, Samples.rules(1, 2).segments().subList(0, 1)));
        takeTime();
        int before = built.get();
        rules.follow("demo", 2);

        assertThat(number()).isEqualTo(1);
        assertThat(built).hasValue(before);
        assertThat(reports.put().getLast())
                .isEqualTo(report(2, State.REFUSED, "does not build: IllegalStateException"));
    }

    @Test
    void aMalformedOneIsRefused() {
        runs(1, 2);
        published.publish("demo", 2, "{".getBytes(StandardCharsets.UTF_8));
        takeTime();

        assertThat(number()).isEqualTo(1);
        assertThat(reports.put().getLast().state()).isEqualTo(State.REFUSED);
    }

    @Test
    void aReportThatCannotBeWrittenHoldsUpNothingAndIsWrittenLater() {
        reports.down(true);
        runs(1, 2);
        published.publish(Samples.rules(2, 2));
        takeTime();
        assertThat(number()).isEqualTo(2);
        assertThat(reports.put()).isEmpty();

        reports.down(false);
        rules.poll();
        rules.poll();
        assertThat(reports.put()).containsExactly(report(1, State.RUNNING, ""), report(2, State.RUNNING, ""));
    }

    @Test
    void whileTheRepositoryIsDownARestartRunsTheLastGoodOne() {
        runs(1, 2);
        published.publish(Samples.rules(2, 2));
        takeTime();
        published.fault(Optional.of("S3 is away"));
        rules = started(0.9);
        rules.poll();
        rules.poll();

        assertThat(rules.report())
                .isEqualTo(new RunningRules.Report(
                        true,
                        Map.of("demo", 2),
                        Map.of("demo", "rule set 2 runs as it was kept on disk, because S3 is away")));

        published.fault(Optional.empty());
        published.publish(Samples.rules(3, 2));
        rules.poll();
        assertThat(number()).as("it waits like any other").isEqualTo(2);
        pass(RuleSetTiming.SWAP_DELAY);
        assertThat(rules.report()).isEqualTo(new RunningRules.Report(true, Map.of("demo", 3), Map.of()));
    }

    @Test
    void ifNothingInTheRepositoryCanRunTheLastGoodOneDoes() {
        runs(1, 2);
        published.publish("demo", 1, "{".getBytes(StandardCharsets.UTF_8));
        rules = started(0.9);
        rules.poll();

        assertThat(number()).isEqualTo(1);
        assertThat(rules.report().problems().get("demo"))
                .startsWith("rule set 1 runs as it was kept on disk, because rule set 1 is refused: bundle 1");
    }

    @Test
    void withoutALastGoodOneARestartWaitsForTheRepository() {
        published.fault(Optional.of("S3 is away"));
        rules.poll();

        assertThat(rules.report()).isEqualTo(new RunningRules.Report(false, Map.of(), Map.of("demo", "S3 is away")));
    }

    @Test
    void whatWasRefusedByShareStaysSoAfterARestartUntilTheOperatorAllowsIt() {
        runs(1, 2);
        see(ShareCheck.LEAST, 1);
        published.publish(Samples.rules(2, 1));
        takeTime();
        rules = started(0.9);
        takeTime();
        assertThat(number()).isEqualTo(1);
        assertThat(rules.report().problems().get("demo")).startsWith("rule set 2 is refused: segment skips");

        rules = started(1);
        rules.poll();
        assertThat(rules.report()).isEqualTo(new RunningRules.Report(true, Map.of("demo", 2), Map.of()));
    }

    @Test
    void aDiskThatCannotBeUsedStopsNothingAndIsTriedAgain() {
        disk.fault(Optional.of("disk full"));
        runs(1, 2);
        published.publish(Samples.rules(2, 2));
        takeTime();
        assertThat(rules.report())
                .isEqualTo(new RunningRules.Report(true, Map.of("demo", 2), Map.of("demo", "disk full")));

        disk.fault(Optional.empty());
        rules.poll();
        assertThat(rules.report().problems()).isEmpty();
        assertThat(disk.read("demo"))
                .isEqualTo(new Answer.Found<>(new LastGoodRules.Kept(Optional.of(Samples.rules(2, 2)), Map.of())));
    }

    private void runs(int number, int skips) {
        published.publish(Samples.rules(number, skips));
        rules.poll();
        assertThat(number()).isEqualTo(number);
    }

    /** So many people skip an ad, so many times each. */
    private void see(int people, int times) {
        var classifier = new Classifier(
                rules,
                new MemoryUserStates(),
                new MemoryProfiles(),
                new AtomicInteger()::toString,
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
    private void takeTime() {
        rules.poll();
        pass(RuleSetTiming.SWAP_DELAY);
        rules.poll();
    }

    private void pass(Duration duration) {
        nanos.addAndGet(duration.toNanos());
    }

    private int number() {
        return rules.of("demo") instanceof RunningRules.Running running
                ? running.rules().number()
                : 0;
    }

    private static RuleSetReport report(int number, State state, String reason) {
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
