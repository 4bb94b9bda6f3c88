package dev.sluice.dispatcher;

import static dev.sluice.dispatcher.Samples.record;
import static dev.sluice.dispatcher.Samples.track;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.dispatcher.memory.MemoryRuleSetReports;
import dev.sluice.dispatcher.memory.MemoryRuleSets;
import dev.sluice.dispatcher.memory.MemorySetAsides;
import dev.sluice.model.RejectedEvent;
import dev.sluice.model.rules.RuleSet;
import dev.sluice.model.rules.RuleSetJson;
import dev.sluice.model.rules.RuleSetReport;
import dev.sluice.model.rules.RuleSetTiming;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What the dispatcher promises of records:
 *
 * <ul>
 *   <li>the needed lines of an invocation travel together, in their order, and no others do;
 *   <li>the first record with a line that is not done is named, and never one behind it;
 *   <li>what cannot be processed is set aside as it came and does not stop the shard;
 *   <li>a record that the classifier refuses, or fails over, holds up none before it; one that is refused none behind it;
 *   <li>nothing is passed over because something else is down;
 *   <li>a rule set that is met is reported, once, and no record waits for that.
 * </ul>
 */
class DispatchTest {
    private final MemoryRuleSets ruleSets = new MemoryRuleSets();
    private final ScriptedClassification classifier = new ScriptedClassification();
    private final MemorySetAsides aside = new MemorySetAsides();
    private final MemoryRuleSetReports reports = new MemoryRuleSetReports();
    private final TickingClock clock = new TickingClock();
    private final Dispatch dispatcher = new Dispatch(
            new Dispatch.Ports(ruleSets, classifier, aside, reports),
            new Dispatch.Host("env-1", clock, clock::nanoTime));

    private static final String WANTED = track("demo", "Ad Clicked", "m1");
    private static final String WANTED_TOO = track("demo", "Ad Clicked", "m2");
    private static final String UNWANTED = track("demo", "Ad Watched", "m3");
    private static final String UNRULED = track("other", "Ad Clicked", "m4");
    private static final StreamRecord POISON = new StreamRecord("2", Samples.ARRIVED, new byte[] {1, 2, 3});

    @BeforeEach
    void publishAndHearWhatTheClassifierRuns() {
        publish(Samples.naming("demo", 1, "Ad Clicked"));
        classifier.runs(Map.of("demo", 1, "other", 0));
        dispatcher.dispatch(List.of(record("0", WANTED, UNRULED)));
        classifier.asked().clear();
    }

    @Test
    void theNeededLinesOfAnInvocationTravelTogetherInOrder() {
        Report report = dispatcher.dispatch(
                List.of(record("1", UNWANTED, WANTED), record("2", UNWANTED), record("3", WANTED_TOO)));

        assertThat(classifier.asked()).containsExactly(List.of(WANTED, WANTED_TOO));
        assertThat(report).isEqualTo(new Report(3, 2, 0, Optional.empty(), Map.of()));
    }

    @Test
    void whatNobodyNeedsIsNotSent() {
        assertThat(resume(record("1", UNWANTED, UNRULED))).isEmpty();
        assertThat(classifier.asked()).isEmpty();
    }

    @Test
    void theLowestRecordWithALineToRetryIsNamed() {
        classifier.then(new Classification.Classified(Set.of(2, 1), List.of(), Map.of()));

        assertThat(resume(record("1", WANTED), record("2", WANTED), record("3", WANTED)))
                .contains("2");
    }

    @Test
    void anUnavailableClassifierStopsAtTheFirstRecordThatHadLinesForIt() {
        classifier.then(new Classification.Unavailable("down"));

        assertThat(resume(record("1", UNWANTED), record("2", WANTED), record("3", WANTED)))
                .contains("2");
    }

    @Test
    void aPoisonousRecordIsSetAsideAndTheShardGoesOn() {
        assertThat(resume(record("1", WANTED), POISON, record("3", WANTED_TOO))).isEmpty();

        assertThat(classifier.asked()).containsExactly(List.of(WANTED, WANTED_TOO));
        RejectedEvent kept = kept("2");
        assertThat(kept.bytes()).isEqualTo(POISON.data());
        assertThat(kept.code()).isEqualTo("unreadable_record");
    }

    @Test
    void badLinesOfARecordAreSetAsideTogetherAndTheOthersGoOn() {
        assertThat(resume(record("1", "{\"v\":1", WANTED, "{\"v\":7}", "[]", WANTED.replace("demo", "../etc"))))
                .isEmpty();

        assertThat(classifier.asked()).containsExactly(List.of(WANTED));
        RejectedEvent kept = kept("1-lines");
        assertThat(new String(kept.bytes(), StandardCharsets.UTF_8))
                .isEqualTo("{\"v\":1\n{\"v\":7}\n[]\n" + WANTED.replace("demo", "../etc") + "\n");
        assertThat(kept.message()).startsWith("4 lines");
    }

    @Test
    void aRecordOfTooManyLinesIsPoison() {
        String[] lines = Collections.nCopies(Limits.MAX_RECORD_LINES + 1, "{}").toArray(String[]::new);

        assertThat(resume(record("1", lines))).isEmpty();
        assertThat(aside.kept()).containsOnlyKeys("1");
    }

    @Test
    void aRecordThatUnpacksToTooMuchIsPoison() {
        assertThat(resume(record("1", " ".repeat(Limits.MAX_RECORD_BYTES + 1)))).isEmpty();
        assertThat(aside.kept()).containsOnlyKeys("1");
    }

    @Test
    void whatTheClassifierWillNeverTakeIsSetAside() {
        classifier.then(new Classification.Classified(
                Set.of(), List.of(new Classification.Hopeless(1, "broken_event", "no id")), Map.of()));

        assertThat(resume(record("1", WANTED), record("2", WANTED_TOO))).isEmpty();
        RejectedEvent kept = kept("2-classifier");
        assertThat(kept.code()).isEqualTo("broken_event");
        assertThat(new String(kept.bytes(), StandardCharsets.UTF_8)).isEqualTo(WANTED_TOO + "\n");
    }

    @Test
    void ifSettingAsideFailsTheRecordComesAgain() {
        aside.down(true);

        assertThat(resume(record("1", WANTED), POISON, record("3", WANTED))).contains("2");
        assertThat(classifier.asked()).containsExactly(List.of(WANTED));
    }

    @Test
    void ifSettingAsideWhatTheClassifierRefusedFailsTheRecordComesAgain() {
        aside.down(true);
        classifier.then(new Classification.Classified(
                Set.of(2), List.of(new Classification.Hopeless(1, "broken_event", "no id")), Map.of()));

        assertThat(resume(record("1", WANTED), record("2", WANTED), record("3", WANTED)))
                .contains("2");
    }

    @Test
    void ofARefusedDeliveryOnlyTheRecordThatIsRefusedAloneIsSetAside() {
        classifier.then(new Classification.Refused("400"));
        classifier.then(new Classification.Classified(Set.of(), List.of(), Map.of()));
        classifier.then(new Classification.Refused("400"));

        Report report = dispatcher.dispatch(
                List.of(record("1", WANTED), record("2", WANTED, WANTED_TOO), record("3", WANTED_TOO)));

        assertThat(report).isEqualTo(new Report(3, 4, 2, Optional.empty(), Map.of()));
        assertThat(classifier.asked())
                .containsExactly(
                        List.of(WANTED, WANTED, WANTED_TOO, WANTED_TOO),
                        List.of(WANTED),
                        List.of(WANTED, WANTED_TOO),
                        List.of(WANTED_TOO));
        assertThat(aside.kept()).containsOnlyKeys("2-classifier");
        assertThat(kept("2-classifier").code()).isEqualTo("refused_by_classifier");
        assertThat(kept("2-classifier").message()).isEqualTo("2 lines: 400");
        assertThat(new String(kept("2-classifier").bytes(), StandardCharsets.UTF_8))
                .isEqualTo(WANTED + "\n" + WANTED_TOO + "\n");
    }

    @Test
    void aRecordThatIsAloneAndRefusedIsSetAsideAtOnce() {
        classifier.then(new Classification.Refused("413"));

        assertThat(resume(record("1", WANTED))).isEmpty();
        assertThat(classifier.asked()).hasSize(1);
        assertThat(aside.kept()).containsOnlyKeys("1-classifier");
    }

    @Test
    void ifSettingARefusedRecordAsideFailsItComesAgain() {
        aside.down(true);
        classifier.then(new Classification.Refused("400"));
        classifier.then(new Classification.Classified(Set.of(), List.of(), Map.of()));
        classifier.then(new Classification.Refused("400"));

        assertThat(resume(record("1", WANTED), record("2", WANTED), record("3", WANTED)))
                .contains("2");
    }

    @Test
    void ofAFailedDeliveryTheRecordThatFailsAloneComesAgainAfterThoseBeforeIt() {
        classifier.then(new Classification.Failed("500"));
        classifier.then(new Classification.Classified(Set.of(), List.of(), Map.of()));
        classifier.then(new Classification.Failed("500"));

        assertThat(resume(record("1", WANTED), record("2", WANTED_TOO), record("3", WANTED)))
                .contains("2");
        assertThat(classifier.asked())
                .containsExactly(List.of(WANTED, WANTED_TOO, WANTED), List.of(WANTED), List.of(WANTED_TOO));
        assertThat(aside.kept()).isEmpty();
    }

    @Test
    void ifTheClassifierGoesAwayRecordByRecordTheFirstOneNotDoneComesAgain() {
        classifier.then(new Classification.Failed("500"));
        classifier.then(new Classification.Classified(Set.of(), List.of(), Map.of()));
        classifier.then(new Classification.Unavailable("down"));

        assertThat(resume(record("1", WANTED), record("2", WANTED_TOO), record("3", WANTED)))
                .contains("2");
        assertThat(classifier.asked()).hasSize(3);
    }

    @Test
    void theEarlierOfTwoFailuresIsNamed() {
        aside.down(true);
        classifier.then(new Classification.Unavailable("down"));

        assertThat(resume(record("1", WANTED), POISON)).contains("1");
    }

    @Test
    void moreThanOneDeliveryHoldsIsSentInSeveral() {
        String[] lines = Collections.nCopies(Limits.MAX_RECORD_LINES, WANTED).toArray(String[]::new);
        String[] few = Arrays.copyOf(lines, 10);

        dispatcher.dispatch(List.of(record("1", few), record("2", lines), record("3", few)));

        assertThat(classifier.asked()).extracting(List::size).containsExactly(Limits.MAX_RECORD_LINES + 10, 10);
    }

    @Test
    void afterAFailedDeliveryNothingMoreIsSent() {
        String[] lines = Collections.nCopies(Limits.MAX_RECORD_LINES, WANTED).toArray(String[]::new);
        classifier.then(new Classification.Unavailable("down"));

        assertThat(resume(record("1", lines), record("2", WANTED), record("3", WANTED)))
                .contains("1");
        assertThat(classifier.asked())
                .hasSize(1)
                .allSatisfy(sent -> assertThat(sent).hasSize(Limits.MAX_RECORD_LINES + 1));
    }

    @Test
    void whenTheRulesCannotBeReadAllGoesToTheClassifier() {
        ruleSets.down(true);
        clock.pass(RuleSetTiming.REFRESH);

        assertThat(resume(record("1", UNWANTED, WANTED, UNRULED))).isEmpty();
        assertThat(classifier.asked()).containsExactly(List.of(UNWANTED, WANTED, UNRULED));
    }

    @Test
    void whatTheClassifierSaysItRunsIsMet() {
        classifier.runs(Map.of("demo", 2));
        publish(Samples.naming("demo", 2, "Ad Watched"));
        assertThat(resume(record("1", WANTED))).isEmpty();

        assertThat(resume(record("2", UNWANTED, WANTED))).isEmpty();
        assertThat(classifier.asked()).containsExactly(List.of(WANTED), List.of(UNWANTED, WANTED));
    }

    @Test
    void aRuleSetThatIsMetIsReportedOnceAndAgainOnlyIfThatFailed() {
        assertThat(reports.put()).containsExactly(met(1));
        reports.down(true);
        publish(Samples.naming("demo", 2, "Ad Watched"));
        clock.pass(RuleSetTiming.REFRESH);

        Report report = dispatcher.dispatch(List.of(record("1", WANTED)));
        assertThat(report.learnt()).isEqualTo(Map.of("demo", 2));
        assertThat(report.resume()).isEmpty();
        reports.down(false);
        dispatcher.dispatch(List.of(record("2", WANTED)));
        dispatcher.dispatch(List.of(record("3", WANTED)));

        assertThat(reports.put()).containsExactly(met(1), met(2));
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

    private Optional<String> resume(StreamRecord... records) {
        return dispatcher.dispatch(List.of(records)).resume().map(Report.Resume::sequenceNumber);
    }

    private RejectedEvent kept(String name) {
        return Objects.requireNonNull(aside.kept().get(name), name);
    }

    private void publish(RuleSet rules) {
        ruleSets.publish(rules.account(), rules.number(), RuleSetJson.write(rules));
    }
}
