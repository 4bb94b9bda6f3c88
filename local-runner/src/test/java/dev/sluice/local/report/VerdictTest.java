package dev.sluice.local.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.local.partner.Delivery;
import dev.sluice.local.partner.PartnerRecord;
import dev.sluice.local.simulator.Traffic;
import dev.sluice.local.simulator.Truth;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/**
 * Promises: a run as it must be passes; each single thing that is broken fails it, and the report says what: a lost
 * event, a stored rejected one, a wrong, missing or additional membership, a wrong since, a missing, additional or
 * repeated push, a changed repeat, an unsigned delivery, a wrong answer, an event without one,
 * a record set aside, a change that was not delivered, chaos
 * in which nothing happened. Faults are counted by kind. Latency is the nearest
 * rank.
 */
class VerdictTest {
    private static final Instant T = Instant.parse("2026-11-21T12:00:00Z");

    // A run as it must be: ann entered and left lapsed and is new; bob is in nothing.
    private final SortedMap<String, SortedMap<String, Instant>> expected =
            new TreeMap<>(Map.of("demo/ann", new TreeMap<>(Map.of("new-player", T)), "demo/bob", new TreeMap<>()));
    private final Map<String, Map<String, Instant>> profiles =
            new TreeMap<>(Map.of("demo/ann", new TreeMap<>(Map.of("new-player", T))));
    private final List<Delivery> deliveries = new ArrayList<>(List.of(
            delivery("m3", false, "demo/ann", "lapsed", 2),
            delivery("m1", true, "demo/ann", "new-player", 1),
            delivery("m2", true, "demo/ann", "lapsed", 1)));
    private final Set<String> lake = new HashSet<>(Set.of("e1", "e2", "extra"));
    private Set<String> uncertainPeople = Set.of();
    private int uncertainEvents;
    private Traffic traffic = traffic(0, 0);
    private long altered;
    private long badSignatures;
    private final Set<String> changes = new TreeSet<>(Set.of("m1", "m2", "m3"));
    private long setAside;
    private Faults faults = Faults.NONE;

    @Test
    void aRunAsItMustBePasses() {
        Report report = judge();
        assertThat(report.failures()).isEmpty();
        assertThat(report.mismatches()).isEmpty();
        assertThat(report.passed()).isTrue();
        assertThat(report.delivered()).isEqualTo(3);
        assertThat(report.peopleCompared()).isEqualTo(2);
        assertThat(report.redelivered()).isEqualTo(5);
    }

    @Test
    void aLostEventFails() {
        lake.remove("e2");
        assertThat(judge().lost()).isEqualTo(1);
        fails("1 accepted events are lost", "event e2 was accepted and is not in the lake");
    }

    @Test
    void aRejectedEventInTheLakeFails() {
        lake.add("r1");
        fails("1 rejected events are in the lake", "event r1 was rejected and is in the lake");
    }

    @Test
    void aMissingMembershipFails() {
        profiles.remove("demo/ann");
        assertThat(judge().membershipMismatches()).isEqualTo(1);
        fails(
                "1 memberships differ from the truth",
                "demo/ann, new-player: expected in since 2026-11-21T12:00:00Z, the profile says out");
    }

    @Test
    void anAdditionalMembershipFails() {
        profiles.put("demo/bob", Map.of("lapsed", T));
        fails(
                "1 memberships differ from the truth",
                "demo/bob, lapsed: expected out, the profile says in since 2026-11-21T12:00:00Z");
    }

    @Test
    void aMembershipOfSomebodyUnknownFails() {
        profiles.put("demo/eve", Map.of("lapsed", T));
        fails(
                "1 memberships differ from the truth",
                "demo/eve, lapsed: expected out, the profile says in since 2026-11-21T12:00:00Z");
    }

    @Test
    void aWrongSinceFails() {
        profiles.put("demo/ann", Map.of("new-player", T.plusMillis(1)));
        fails(
                "1 memberships differ from the truth",
                "demo/ann, new-player: expected in since 2026-11-21T12:00:00Z, the profile says in since"
                        + " 2026-11-21T12:00:00.001Z");
    }

    @Test
    void aMissingPushFails() {
        deliveries.removeIf(delivery -> delivery.id().equals("m3"));
        assertThat(judge().pushMismatches()).isEqualTo(1);
        fails(
                "1 memberships at the partner differ from the truth",
                "demo/ann, lapsed: expected out, the partner was told in");
        deliveries.removeIf(delivery -> delivery.id().equals("m1"));
        assertThat(judge().pushMismatches()).isEqualTo(2);
    }

    @Test
    void anAdditionalPushFails() {
        deliveries.add(delivery("m4", true, "demo/bob", "lapsed", 1));
        fails(
                "1 memberships at the partner differ from the truth",
                "demo/bob, lapsed: expected out, the partner was told in");
    }

    @Test
    void tellingTheSameAgainUnderAnotherIdFails() {
        deliveries.add(delivery("m4", true, "demo/ann", "new-player", 3));
        assertThat(judge().duplicatesDelivered()).isEqualTo(1);
        fails(
                "1 deliveries told the partner something again",
                "the partner was told again that demo/ann entered new-player (version 3, m4)");
    }

    @Test
    void leavingWhereNobodyIsFails() {
        deliveries.add(delivery("m4", false, "demo/bob", "lapsed", 1));
        assertThat(judge().duplicatesDelivered()).isEqualTo(1);
        assertThat(judge().passed()).isFalse();
    }

    @Test
    void aRecordThatWasSetAsideFails() {
        setAside = 2;
        assertThat(judge().failures()).containsExactly("2 records were set aside");
    }

    @Test
    void aChangeOfWhichNobodyHeardIsSupersededIfTheLastWordIsRight() {
        changes.addAll(Set.of("m8", "m9"));
        assertThat(judge().failures()).isEmpty();
        assertThat(judge().superseded()).isEqualTo(2);
    }

    @Test
    void aDeliveryOfNoChangeFails() {
        changes.remove("m2");
        assertThat(judge().failures()).containsExactly("1 deliveries are of no change on the stream");
    }

    @Test
    void aRepeatWithAnotherBodyFails() {
        altered = 1;
        assertThat(judge().failures()).containsExactly("1 deliveries came again with another body");
    }

    @Test
    void anUnsignedDeliveryFails() {
        badSignatures = 1;
        assertThat(judge().failures()).containsExactly("1 deliveries were not properly signed");
    }

    @Test
    void wrongAnswersOfTheTrackerFail() {
        traffic = traffic(1, 2);
        assertThat(judge().failures()).containsExactly("1 broken events were accepted", "2 good events were rejected");
    }

    @Test
    void anEventWithoutAnAnswerFails() {
        uncertainEvents = 1;
        assertThat(judge().failures()).containsExactly("1 events have no definite answer");
    }

    @Test
    void nothingToCompareFails() {
        expected.clear();
        profiles.clear();
        deliveries.clear();
        changes.clear();
        assertThat(judge().failures())
                .containsExactly("nothing could be compared: no event of anybody has a definite answer");
    }

    @Test
    void uncertainPeopleAreLeftOutAndCounted() {
        expected.remove("demo/ann");
        profiles.put("demo/ann", Map.of("lapsed", T));
        uncertainPeople = Set.of("demo/ann");
        Report report = judge();
        assertThat(report.failures()).isEmpty();
        assertThat(report.uncertainPeople()).isEqualTo(1);
    }

    @Test
    void atMostTwentyDifferencesAreListedAndAllAreCounted() {
        for (int i = 0; i < 30; i++) {
            profiles.put("demo/p" + i, Map.of("lapsed", T));
        }
        assertThat(judge().membershipMismatches()).isEqualTo(30);
        assertThat(judge().mismatches()).hasSize(20);
    }

    @Test
    void percentilesAreTheNearestRank() {
        assertThat(Percentiles.ofNanos(LongStream.rangeClosed(1, 100).map(i -> i * 1_000_000)))
                .isEqualTo(new Percentiles(50, 99, 100));
        assertThat(Percentiles.ofNanos(LongStream.of(7_250_000))).isEqualTo(new Percentiles(7.3, 7.3, 1));
        assertThat(Percentiles.ofNanos(LongStream.empty())).isEqualTo(new Percentiles(0, 0, 0));
    }

    @Test
    void latencyRunsFromTheFirstPostAndFromTheInterception() {
        Report report = judge();
        // e1 was sent at 1 ms and arrived at 5 ms; it was intercepted 20 ms before its arrival. Others are unknown.
        assertThat(report.latencyMillis()).isEqualTo(new Percentiles(4, 4, 3));
        assertThat(report.interceptionToPartnerMillis()).isEqualTo(new Percentiles(20, 20, 3));
    }

    @Test
    void whatTimeChangedIsCountedFromWhenItWasDueAndNotFromTheLastEvent() {
        deliveries.add(delivery("m9", false, "demo/ann", "new-player", 7, "time"));
        Report report = judge();
        assertThat(report.latencyMillis().count()).isEqualTo(3);
        assertThat(report.interceptionToPartnerMillis().count()).isEqualTo(3);
        assertThat(report.dueToPartnerMillis()).isEqualTo(new Percentiles(0, 0, 1));
    }

    @Test
    void theReportIsWrittenAsJson() {
        deliveries.clear();
        deliveries.add(delivery("m1", true, "demo/ann", "new-player", 1));
        changes.retainAll(Set.of("m1"));
        lake.remove("e1");
        assertThat(ReportJson.text(judge())).isEqualTo("""
                {"v":1,"passed":false,"tookMillis":60000,"accepted":2,"rejected":1,"wronglyAccepted":0,\
                "wronglyRejected":0,"unclearAnswers":0,"uncertain":0,"classified":10,"profileWrites":8,"changes":1,\
                "setAside":0,"delivered":1,"superseded":0,"redelivered":5,"lost":1,"duplicatesDelivered":0,\
                "latencyMillis":{"p50":4.0,"p99":4.0,"count":1},\
                "interceptionToPartnerMillis":{"p50":20.0,"p99":20.0,"count":1},\
                "dueToPartnerMillis":{"p50":0.0,"p99":0.0,"count":0},"peopleCompared":2,\
                "uncertainPeople":0,"membershipMismatches":0,"pushMismatches":0,\
                "failures":["1 accepted events are lost"],\
                "mismatches":["event e1 was accepted and is not in the lake"]}""");
    }

    @Test
    void chaosWithoutAnyFaultFails() {
        faults = Faults.ofChaos(7, new TreeMap<>(Map.of("redis-dropped", 0L)));
        assertThat(judge().failures()).containsExactly("chaos was asked for and no fault happened");

        faults = Faults.ofChaos(7, new TreeMap<>(Map.of("redis-dropped", 1L)));
        assertThat(judge().passed()).isTrue();
    }

    @Test
    void theReportCountsTheFaultsOfEachKind() {
        faults = Faults.ofChaos(7, new TreeMap<>(Map.of("redis-dropped", 2L, "write-late", 1L)));

        assertThat(ReportJson.text(judge()))
                .endsWith(",\"chaos\":{\"seed\":7,\"faults\":3,\"byKind\":{\"redis-dropped\":2,\"write-late\":1}}}");
        assertThat(ReportText.of(judge()))
                .endsWith("\n  chaos        seed 7, 3 faults; latency is not judged"
                        + "\n               2 redis-dropped, 1 write-late");
    }

    private void fails(String failure, String words) {
        Report report = judge();
        assertThat(report.passed()).isFalse();
        assertThat(report.failures()).contains(failure);
        assertThat(report.mismatches()).contains(words);
    }

    private Report judge() {
        var truth = new Truth("demo", expected, Set.of("e1", "e2"), Set.of("r1"), uncertainEvents, uncertainPeople);
        var partner = new PartnerRecord(deliveries, 5, altered, badSignatures, 0, 0, 0);
        return Verdict.judge(new Evidence(
                truth,
                traffic,
                profiles,
                lake,
                partner,
                changes,
                new Evidence.Counts(10, 8, setAside),
                id -> id.equals("e1") ? OptionalLong.of(1_000_000) : OptionalLong.empty(),
                Duration.ofMinutes(1),
                faults));
    }

    private static Traffic traffic(long wronglyAccepted, long wronglyRejected) {
        return new Traffic(5, 6, 3, 2, 1, wronglyAccepted, wronglyRejected, 0, 0, 0, Duration.ZERO, List.of());
    }

    private static Delivery delivery(String id, boolean entered, String person, String segment, long version) {
        return delivery(id, entered, person, segment, version, "event");
    }

    private static Delivery delivery(
            String id, boolean entered, String person, String segment, long version, String cause) {
        return new Delivery(
                id,
                entered,
                person,
                segment,
                version,
                cause,
                "e1",
                T.minusMillis(20),
                T,
                T,
                5_000_000,
                "body of " + id);
    }
}
