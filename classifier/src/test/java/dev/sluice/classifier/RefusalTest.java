package dev.sluice.classifier;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.classifier.memory.MemoryRuleSets;
import dev.sluice.model.rules.RuleSet;
import dev.sluice.model.rules.RuleSetReport;
import dev.sluice.model.rules.RuleSetReport.State;
import dev.sluice.model.rules.RuleSetTiming;
import dev.sluice.model.rules.Segment;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/**
 * Which rule sets do not take over:
 *
 * <ul>
 *   <li>one that would put nearly everybody into a segment, unless too little was seen to judge by, the segment took them
 *       before, the operator allows it, or another classifier runs it;
 *   <li>one that has just started takes the others' word for what they refuse by share, unless the operator allows it or
 *       one of them runs it; whether it can be built it finds out by itself;
 *   <li>one that cannot be read, built or run, whoever else runs it;
 *   <li>what runs and what is refused is reported, later if it cannot be at once, and no swap waits for that.
 * </ul>
 */
class RefusalTest {
    private final OneAccount account = new OneAccount();

    @Test
    void oneThatWouldTakeNearlyEverybodyIsRefused() {
        account.runs(1, 2);
        account.see(ShareCheck.LEAST, 1);
        account.published.publish(Samples.rules(2, 1));
        account.takeTime();

        assertThat(account.number()).isEqualTo(1);
        String reason = "segment skips would take 200 of 200 recent observations, more than the allowed share of 0.9";
        assertThat(account.rules.report().problems()).isEqualTo(Map.of("demo", "rule set 2 is refused: " + reason));
        assertThat(account.reports.put())
                .containsExactly(OneAccount.report(1, State.RUNNING, ""), OneAccount.report(2, State.REFUSED, reason));

        int before = account.built.get();
        account.takeTime();
        assertThat(account.built).as("what is refused is not built again").hasValue(before);
        account.published.publish(Samples.rules(3, 2));
        account.takeTime();
        assertThat(account.rules.report()).isEqualTo(new RunningRules.Report(true, Map.of("demo", 3), Map.of()));
    }

    @Test
    void tooLittleToJudgeByRefusesNothing() {
        account.runs(1, 2);
        account.see(ShareCheck.LEAST - 1, 1);
        account.published.publish(Samples.rules(2, 1));
        account.takeTime();

        assertThat(account.number()).isEqualTo(2);
    }

    @Test
    void aSegmentThatTookNearlyEverybodyBeforeMayGoOn() {
        account.runs(1, 1);
        account.see(ShareCheck.LEAST, 1);
        account.published.publish(Samples.rules(2, 1));
        account.takeTime();

        assertThat(account.number()).isEqualTo(2);
    }

    @Test
    void theOperatorMayAllowIt() {
        account.restart(1);
        account.runs(1, 2);
        account.see(ShareCheck.LEAST, 1);
        account.published.publish(Samples.rules(2, 1));
        account.takeTime();

        assertThat(account.number()).isEqualTo(2);
    }

    @Test
    void oneRefusedByShareThatAnotherClassifierRunsIsRun() {
        account.runs(1, 2);
        account.see(ShareCheck.LEAST, 1);
        account.published.publish(Samples.rules(2, 1));
        account.takeTime();
        account.rules.follow("demo", 2);
        account.rules.poll();

        assertThat(account.rules.report()).isEqualTo(new RunningRules.Report(true, Map.of("demo", 2), Map.of()));
        assertThat(account.reports.put().getLast()).isEqualTo(OneAccount.report(2, State.RUNNING, ""));
    }

    @Test
    void oneThatDoesNotBuildIsRefusedEvenIfAnotherClassifierRunsIt() {
        account.runs(1, 2);
        account.published.publish(
                new RuleSet("demo", 2, Samples.rules(1, 2).segments().subList(0, 1)));
        account.takeTime();
        int before = account.built.get();
        account.rules.follow("demo", 2);

        assertThat(account.number()).isEqualTo(1);
        assertThat(account.built).hasValue(before);
        assertThat(account.reports.put().getLast())
                .isEqualTo(OneAccount.report(2, State.REFUSED, "does not build: IllegalStateException"));
    }

    @Test
    void oneThatBreaksTheMachineIsBuiltOnce() {
        for (Error error : List.of(new StackOverflowError(), new NoClassDefFoundError(), new OutOfMemoryError())) {
            var published = new MemoryRuleSets();
            published.publish(Samples.rules(1, 2));
            var builds = new AtomicInteger();
            var rules = Samples.runningRules(
                    published,
                    set -> {
                        builds.incrementAndGet();
                        throw error;
                    },
                    List.of("demo"));
            rules.poll();
            rules.poll();

            assertThat(builds).hasValue(1);
            assertThat(rules.report().problems().get("demo"))
                    .isEqualTo("rule set 1 is refused: does not build: "
                            + error.getClass().getSimpleName());
        }
    }

    @Test
    void oneThatFailsOnWhatWasSeenIsRefused() {
        account.runs(1, 2);
        account.see(ShareCheck.LEAST, 1);
        List<Segment> failing = new ArrayList<>(Samples.rules(1, 2).segments());
        failing.add(new Segment(
                "fails",
                "Fails",
                new Segment.Live(),
                Optional.empty(),
                failing.getLast().when()));
        account.published.publish(new RuleSet("demo", 2, failing));
        account.takeTime();

        assertThat(account.number()).isEqualTo(1);
        assertThat(account.reports.put().getLast())
                .isEqualTo(OneAccount.report(2, State.REFUSED, "fails: UnsupportedOperationException"));
    }

    @Test
    void oneThatOthersRefuseByShareIsRefusedByOneThatHasJustStarted() {
        String reason = refusedByAnother();
        account.rules.poll();

        assertThat(account.rules.report())
                .isEqualTo(new RunningRules.Report(
                        true, Map.of("demo", 1), Map.of("demo", "rule set 2 is refused: " + reason)));
    }

    @Test
    void unlessTheOperatorAllowsIt() {
        refusedByAnother();
        account.restart(1);
        account.rules.poll();

        assertThat(account.number()).isEqualTo(2);
    }

    @Test
    void orAnyOfThemRunsIt() {
        refusedByAnother();
        account.reports.put(said("i-3", State.RUNNING, Optional.empty()));
        account.rules.poll();

        assertThat(account.number()).isEqualTo(2);
    }

    @Test
    void whatAnotherCannotBuildIsTriedByOneThatHasJustStarted() {
        account.published.publish(Samples.rules(2, 2));
        account.pass(RuleSetTiming.SWAP_DELAY);
        account.reports.put(said("i-2", State.REFUSED, Optional.of("does not build: X")));
        account.rules.poll();

        assertThat(account.number()).isEqualTo(2);
    }

    @Test
    void whileItCannotBeAskedWhatOthersRefuseNothingNewIsStarted() {
        refusedByAnother();
        account.reports.down(true);
        account.rules.poll();
        assertThat(account.rules.report()).isEqualTo(new RunningRules.Report(false, Map.of(), Map.of("demo", "down")));

        account.reports.down(false);
        account.rules.poll();
        assertThat(account.number()).isEqualTo(1);
    }

    private String refusedByAnother() {
        String reason = "segment skips would take 200 of 200 recent observations, more than the allowed share of 0.9";
        account.published.publish(Samples.rules(1, 2));
        account.published.publish(Samples.rules(2, 1));
        account.pass(RuleSetTiming.SWAP_DELAY);
        account.reports.put(said("i-2", State.REFUSED, Optional.of(reason)));
        return reason;
    }

    private static RuleSetReport said(String instance, State state, Optional<String> reason) {
        return new RuleSetReport("demo", 2, "classifier", instance, state, reason, Samples.NOON);
    }

    @Test
    void aMalformedOneIsRefused() {
        account.runs(1, 2);
        account.published.publish("demo", 2, "{".getBytes(StandardCharsets.UTF_8));
        account.takeTime();

        assertThat(account.number()).isEqualTo(1);
        assertThat(account.reports.put().getLast().state()).isEqualTo(State.REFUSED);
    }

    @Test
    void aReportThatCannotBeWrittenHoldsUpNothingAndIsWrittenLater() {
        account.runs(1, 2);
        account.reports.down(true);
        account.published.publish(Samples.rules(2, 2));
        account.takeTime();
        assertThat(account.number()).isEqualTo(2);
        assertThat(account.reports.put()).containsExactly(OneAccount.report(1, State.RUNNING, ""));

        account.reports.down(false);
        account.rules.poll();
        account.rules.poll();
        assertThat(account.reports.put())
                .containsExactly(OneAccount.report(1, State.RUNNING, ""), OneAccount.report(2, State.RUNNING, ""));
    }
}
