package dev.sluice.dispatcher;

import static dev.sluice.dispatcher.DispatcherUnderTest.UNRULED;
import static dev.sluice.dispatcher.DispatcherUnderTest.UNWANTED;
import static dev.sluice.dispatcher.DispatcherUnderTest.WANTED;
import static dev.sluice.dispatcher.DispatcherUnderTest.WANTED_TOO;
import static dev.sluice.dispatcher.Samples.record;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.model.rules.RuleSetReport;
import dev.sluice.model.rules.RuleSetTiming;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * What the dispatcher promises of records:
 *
 * <ul>
 *   <li>the needed lines of an invocation travel together, in their order, and no others do;
 *   <li>the first record with a line that is not done is named, and never one behind it;
 *   <li>nothing is passed over because something else is down;
 *   <li>a rule set that is met is reported, once, and no record waits for that.
 * </ul>
 */
class DispatchTest {
    private final DispatcherUnderTest under = new DispatcherUnderTest();

    @Test
    void theNeededLinesOfAnInvocationTravelTogetherInOrder() {
        Report report = under.dispatch(record("1", UNWANTED, WANTED), record("2", UNWANTED), record("3", WANTED_TOO));

        assertThat(under.classifier.asked()).containsExactly(List.of(WANTED, WANTED_TOO));
        assertThat(report).isEqualTo(new Report(3, 2, 0, Optional.empty(), Map.of()));
    }

    @Test
    void whatNobodyNeedsIsNotSent() {
        assertThat(under.resume(record("1", UNWANTED, UNRULED))).isEmpty();
        assertThat(under.classifier.asked()).isEmpty();
    }

    @Test
    void theLowestRecordWithALineToRetryIsNamed() {
        under.classifier.then(new Classification.Classified(Set.of(2, 1), List.of(), Map.of()));

        assertThat(under.resume(record("1", WANTED), record("2", WANTED), record("3", WANTED)))
                .contains("2");
    }

    @Test
    void anUnavailableClassifierStopsAtTheFirstRecordThatHadLinesForIt() {
        under.classifier.then(new Classification.Unavailable("down"));

        assertThat(under.resume(record("1", UNWANTED), record("2", WANTED), record("3", WANTED)))
                .contains("2");
    }

    @Test
    void ofAFailedDeliveryTheRecordThatFailsAloneComesAgainAfterThoseBeforeIt() {
        under.classifier.then(new Classification.Failed("500"));
        under.classifier.then(new Classification.Classified(Set.of(), List.of(), Map.of()));
        under.classifier.then(new Classification.Failed("500"));

        assertThat(under.resume(record("1", WANTED), record("2", WANTED_TOO), record("3", WANTED)))
                .contains("2");
        assertThat(under.classifier.asked())
                .containsExactly(List.of(WANTED, WANTED_TOO, WANTED), List.of(WANTED), List.of(WANTED_TOO));
        assertThat(under.aside.kept()).isEmpty();
    }

    @Test
    void ifTheClassifierGoesAwayRecordByRecordTheFirstOneNotDoneComesAgain() {
        under.classifier.then(new Classification.Failed("500"));
        under.classifier.then(new Classification.Classified(Set.of(), List.of(), Map.of()));
        under.classifier.then(new Classification.Unavailable("down"));

        assertThat(under.resume(record("1", WANTED), record("2", WANTED_TOO), record("3", WANTED)))
                .contains("2");
        assertThat(under.classifier.asked()).hasSize(3);
    }

    @Test
    void moreThanOneDeliveryHoldsIsSentInSeveral() {
        String[] lines = Collections.nCopies(Limits.MAX_RECORD_LINES, WANTED).toArray(String[]::new);
        String[] few = Arrays.copyOf(lines, 10);

        under.dispatch(record("1", few), record("2", lines), record("3", few));

        assertThat(under.classifier.asked()).extracting(List::size).containsExactly(Limits.MAX_RECORD_LINES + 10, 10);
    }

    @Test
    void afterAFailedDeliveryNothingMoreIsSent() {
        String[] lines = Collections.nCopies(Limits.MAX_RECORD_LINES, WANTED).toArray(String[]::new);
        under.classifier.then(new Classification.Unavailable("down"));

        assertThat(under.resume(record("1", lines), record("2", WANTED), record("3", WANTED)))
                .contains("1");
        assertThat(under.classifier.asked())
                .hasSize(1)
                .allSatisfy(sent -> assertThat(sent).hasSize(Limits.MAX_RECORD_LINES + 1));
    }

    @Test
    void whenTheRulesCannotBeReadAllGoesToTheClassifier() {
        under.ruleSets.down(true);
        under.clock.pass(RuleSetTiming.REFRESH);

        assertThat(under.resume(record("1", UNWANTED, WANTED, UNRULED))).isEmpty();
        assertThat(under.classifier.asked()).containsExactly(List.of(UNWANTED, WANTED, UNRULED));
    }

    @Test
    void whatTheClassifierSaysItRunsIsMet() {
        under.classifier.runs(Map.of("demo", 2));
        under.publish(Samples.naming("demo", 2, "Ad Watched"));
        assertThat(under.resume(record("1", WANTED))).isEmpty();

        assertThat(under.resume(record("2", UNWANTED, WANTED))).isEmpty();
        assertThat(under.classifier.asked()).containsExactly(List.of(WANTED), List.of(UNWANTED, WANTED));
    }

    @Test
    void aRuleSetThatIsMetIsReportedOnceAndAgainOnlyIfThatFailed() {
        assertThat(under.reports.put()).containsExactly(met(1));
        under.reports.down(true);
        under.publish(Samples.naming("demo", 2, "Ad Watched"));
        under.clock.pass(RuleSetTiming.REFRESH);

        Report report = under.dispatch(record("1", WANTED));
        assertThat(report.learnt()).isEqualTo(Map.of("demo", 2));
        assertThat(report.resume()).isEmpty();
        under.reports.down(false);
        under.dispatch(record("2", WANTED));
        under.dispatch(record("3", WANTED));

        assertThat(under.reports.put()).containsExactly(met(1), met(2));
    }

    private static RuleSetReport met(int number) {
        return new RuleSetReport(
                "demo",
                number,
                "dispatcher",
                "env-1",
                RuleSetReport.State.RUNNING,
                Optional.empty(),
                number == 1 ? Samples.ARRIVED : Samples.ARRIVED.plus(RuleSetTiming.REFRESH));
    }
}
