package dev.sluice.local.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * Promises: a run as it must be passes; each single thing that is broken fails it, and the report says what: a lost
 * event, a stored rejected one, a wrong, missing or additional membership, a wrong since, a missing, additional or
 * repeated push, a changed repeat, an unsigned delivery, a wrong answer, an event without one, a record set aside, a
 * delivery of no change, chaos in which nothing happened.
 */
class VerdictTest {
    private final SampleRun run = new SampleRun();

    @Test
    void aRunAsItMustBePasses() {
        Report report = run.judge();
        assertThat(report.failures()).isEmpty();
        assertThat(report.mismatches()).isEmpty();
        assertThat(report.passed()).isTrue();
        assertThat(report.delivered()).isEqualTo(3);
        assertThat(report.peopleCompared()).isEqualTo(2);
        assertThat(report.redelivered()).isEqualTo(5);
    }

    @Test
    void aLostEventFails() {
        run.lake.remove("e2");
        assertThat(run.judge().lost()).isEqualTo(1);
        fails("1 accepted events are lost", "event e2 was accepted and is not in the lake");
    }

    @Test
    void aRejectedEventInTheLakeFails() {
        run.lake.add("r1");
        fails("1 rejected events are in the lake", "event r1 was rejected and is in the lake");
    }

    @Test
    void aMissingMembershipFails() {
        run.profiles.remove("demo/ann");
        assertThat(run.judge().membershipMismatches()).isEqualTo(1);
        fails(
                "1 memberships differ from the truth",
                "demo/ann, new-player: expected in since 2026-11-21T12:00:00Z, the profile says out");
    }

    @Test
    void anAdditionalMembershipFails() {
        run.profiles.put("demo/bob", Map.of("lapsed", SampleRun.T));
        fails(
                "1 memberships differ from the truth",
                "demo/bob, lapsed: expected out, the profile says in since 2026-11-21T12:00:00Z");
    }

    @Test
    void aMembershipOfSomebodyUnknownFails() {
        run.profiles.put("demo/eve", Map.of("lapsed", SampleRun.T));
        fails(
                "1 memberships differ from the truth",
                "demo/eve, lapsed: expected out, the profile says in since 2026-11-21T12:00:00Z");
    }

    @Test
    void aWrongSinceFails() {
        run.profiles.put("demo/ann", Map.of("new-player", SampleRun.T.plusMillis(1)));
        fails(
                "1 memberships differ from the truth",
                "demo/ann, new-player: expected in since 2026-11-21T12:00:00Z, the profile says in since"
                        + " 2026-11-21T12:00:00.001Z");
    }

    @Test
    void aMissingPushFails() {
        run.deliveries.removeIf(delivery -> delivery.id().equals("m3"));
        assertThat(run.judge().pushMismatches()).isEqualTo(1);
        fails(
                "1 memberships at the partner differ from the truth",
                "demo/ann, lapsed: expected out, the partner was told in");
        run.deliveries.removeIf(delivery -> delivery.id().equals("m1"));
        assertThat(run.judge().pushMismatches()).isEqualTo(2);
    }

    @Test
    void anAdditionalPushFails() {
        run.deliveries.add(SampleRun.delivery("m4", true, "demo/bob", "lapsed", 1));
        fails(
                "1 memberships at the partner differ from the truth",
                "demo/bob, lapsed: expected out, the partner was told in");
    }

    @Test
    void tellingTheSameAgainUnderAnotherIdFails() {
        run.deliveries.add(SampleRun.delivery("m4", true, "demo/ann", "new-player", 3));
        assertThat(run.judge().duplicatesDelivered()).isEqualTo(1);
        fails(
                "1 deliveries told the partner something again",
                "the partner was told again that demo/ann entered new-player (version 3, m4)");
    }

    @Test
    void leavingWhereNobodyIsFails() {
        run.deliveries.add(SampleRun.delivery("m4", false, "demo/bob", "lapsed", 1));
        assertThat(run.judge().duplicatesDelivered()).isEqualTo(1);
        assertThat(run.judge().passed()).isFalse();
    }

    @Test
    void aRecordThatWasSetAsideFails() {
        run.setAside = 2;
        assertThat(run.judge().failures()).containsExactly("2 records were set aside");
    }

    @Test
    void aChangeOfWhichNobodyHeardIsSupersededIfTheLastWordIsRight() {
        run.changes.addAll(Set.of("m8", "m9"));
        assertThat(run.judge().failures()).isEmpty();
        assertThat(run.judge().superseded()).isEqualTo(2);
    }

    @Test
    void aDeliveryOfNoChangeFails() {
        run.changes.remove("m2");
        assertThat(run.judge().failures()).containsExactly("1 deliveries are of no change on the stream");
    }

    @Test
    void aRepeatWithAnotherBodyFails() {
        run.altered = 1;
        assertThat(run.judge().failures()).containsExactly("1 deliveries came again with another body");
    }

    @Test
    void anUnsignedDeliveryFails() {
        run.badSignatures = 1;
        assertThat(run.judge().failures()).containsExactly("1 deliveries were not properly signed");
    }

    @Test
    void wrongAnswersOfTheTrackerFail() {
        run.traffic = SampleRun.traffic(1, 2);
        assertThat(run.judge().failures())
                .containsExactly("1 broken events were accepted", "2 good events were rejected");
    }

    @Test
    void anEventWithoutAnAnswerFails() {
        run.uncertainEvents = 1;
        assertThat(run.judge().failures()).containsExactly("1 events have no definite answer");
    }

    @Test
    void nothingToCompareFails() {
        run.expected.clear();
        run.profiles.clear();
        run.deliveries.clear();
        run.changes.clear();
        assertThat(run.judge().failures())
                .containsExactly("nothing could be compared: no event of anybody has a definite answer");
    }

    @Test
    void uncertainPeopleAreLeftOutAndCounted() {
        run.expected.remove("demo/ann");
        run.profiles.put("demo/ann", Map.of("lapsed", SampleRun.T));
        run.uncertainPeople = Set.of("demo/ann");
        Report report = run.judge();
        assertThat(report.failures()).isEmpty();
        assertThat(report.uncertainPeople()).isEqualTo(1);
    }

    @Test
    void atMostTwentyDifferencesAreListedAndAllAreCounted() {
        for (int i = 0; i < 30; i++) {
            run.profiles.put("demo/p" + i, Map.of("lapsed", SampleRun.T));
        }
        assertThat(run.judge().membershipMismatches()).isEqualTo(30);
        assertThat(run.judge().mismatches()).hasSize(20);
    }

    @Test
    void chaosWithoutAnyFaultFails() {
        run.faults = Faults.ofChaos(7, new TreeMap<>(Map.of("redis-dropped", 0L)));
        assertThat(run.judge().failures()).containsExactly("chaos was asked for and no fault happened");

        run.faults = Faults.ofChaos(7, new TreeMap<>(Map.of("redis-dropped", 1L)));
        assertThat(run.judge().passed()).isTrue();
    }

    private void fails(String failure, String words) {
        Report report = run.judge();
        assertThat(report.passed()).isFalse();
        assertThat(report.failures()).contains(failure);
        assertThat(report.mismatches()).contains(words);
    }
}
