package dev.sluice.classifier;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.model.JsonText;
import dev.sluice.model.Value;
import dev.sluice.model.profile.FoldState;
import dev.sluice.model.profile.Membership;
import dev.sluice.model.profile.PastMembership;
import dev.sluice.model.profile.Recent;
import dev.sluice.model.profile.Snapshot;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/**
 * Promises of a moment that is asked for, whatever has happened since:
 *
 * <ul>
 *   <li>that someone is, is not, or was in a segment is told, since and until when, and what began or ended it, be it time
 *       alone;
 *   <li>of a moment before what is kept, what is known of the past is told, and that more cannot be;
 *   <li>of someone whose state is lost, that the memberships are held;
 *   <li>of a moment that is to come nothing can be said.
 * </ul>
 */
class ExplainedMomentsTest {
    private final ExplanationsUnderTest under = new ExplanationsUnderTest();

    private static final Instant SKIPPED = Samples.NOON.plusSeconds(120);

    /** The first of the two leaves the window. */
    private static final Instant DAY_LATER =
            Samples.NOON.plus(Duration.ofDays(1)).plusSeconds(60);

    @Test
    void thatSomeoneIsIsNotOrWasIsToldAtAnyMoment() {
        classify(
                Samples.line(ExplanationsUnderTest.ANNA, "e1", "Order Completed", 0),
                Samples.line(ExplanationsUnderTest.ANNA, "e2", "Ad Skipped", 1),
                Samples.line(ExplanationsUnderTest.ANNA, "e3", "Ad Skipped", 2));
        under.now = DAY_LATER.plusSeconds(3600);
        int written = under.profiles.written().size();

        assertThat(at("skipping-buyer", Samples.NOON.minusMillis(1)))
                .containsEntry("standing", Value.of("isNot"))
                .containsEntry("untold", Value.of("nothingHappened"))
                .doesNotContainKeys("since", "event", "nodes");
        assertThat(at("skipping-buyer", SKIPPED.minusMillis(1)))
                .containsEntry("standing", Value.of("isNot"))
                .containsEntry("true", Value.of(false))
                .containsEntry("event", Value.of("e2"))
                .doesNotContainKeys("since", "until", "cause");
        for (Instant moment : List.of(SKIPPED, DAY_LATER.minusMillis(1))) {
            assertThat(at("skipping-buyer", moment))
                    .containsEntry("at", Value.of(moment.toString()))
                    .containsEntry("standing", Value.of("is"))
                    .containsEntry("true", Value.of(true))
                    .containsEntry("since", Value.of(SKIPPED.toString()))
                    .containsEntry("until", Value.of(DAY_LATER.toString()))
                    .containsEntry("cause", ExplanationsUnderTest.json("{\"kind\":\"event\",\"eventId\":\"e3\"}"));
        }
        Map<String, Value> nowTold = told("skipping-buyer", Optional.empty());
        assertThat(nowTold).isEqualTo(at("skipping-buyer", under.now));
        assertThat(nowTold)
                .containsEntry("standing", Value.of("was"))
                .containsEntry("true", Value.of(false))
                .containsEntry("since", Value.of(SKIPPED.toString()))
                .containsEntry("until", Value.of(DAY_LATER.toString()))
                .containsEntry("cause", ExplanationsUnderTest.json("{\"kind\":\"time\"}"));
        assertThat(under.profiles.written()).as("nothing is written").hasSize(written);
    }

    @Test
    void thatTimeAloneBeganItIsToldBeforeAnyoneActedOnIt() {
        classify(Samples.line(ExplanationsUnderTest.ANNA, "e1", "Ad Skipped", 0));
        under.now = Samples.NOON.plus(Duration.ofDays(1)).plusSeconds(1);

        assertThat(told("quiet", Optional.empty()))
                .containsEntry("standing", Value.of("is"))
                .containsEntry("since", Value.of("2026-11-22T12:00:00Z"))
                .containsEntry("cause", ExplanationsUnderTest.json("{\"kind\":\"time\"}"))
                .containsEntry("event", Value.of("e1"))
                .doesNotContainKey("until");
    }

    @Test
    void whenAMembershipWillEndIsToldWhileItLasts() {
        classify(
                Samples.line(ExplanationsUnderTest.ANNA, "e1", "Ad Skipped", 1),
                Samples.line(ExplanationsUnderTest.ANNA, "e2", "Order Completed", 2));
        classify(Samples.line(ExplanationsUnderTest.ANNA, "e3", "Ad Skipped", 3));
        under.now = Samples.NOON.plusSeconds(600);

        assertThat(told("skipping-buyer", Optional.empty()))
                .containsEntry(
                        "until",
                        Value.of(Samples.NOON
                                .plus(Duration.ofDays(1))
                                .plusSeconds(60)
                                .toString()));
    }

    @Test
    void ofAMomentBeforeWhatIsKeptOnlyWhatIsKnownOfThePastIsTold() {
        Instant settled = Samples.NOON.minus(Duration.ofDays(10));
        var base = new FoldState(
                settled,
                "e0",
                Value.Fields.NONE,
                Snapshot.NONE,
                Snapshot.NONE,
                Map.of("buyer", new Membership(settled.minusSeconds(100), 7, true)),
                List.of(new PastMembership(
                        "skipping-buyer", settled.minusSeconds(50), settled.minusSeconds(40), 7, true)),
                Optional.empty());
        var kept = new Recent(
                7, base, List.of(ExplanationsUnderTest.occurrence("e1", Samples.NOON)), base, Optional.empty());
        assertThat(under.states.keep(List.of(new UserStates.Change(ExplanationsUnderTest.ANNA, 0, kept))))
                .containsEntry(ExplanationsUnderTest.ANNA, WriteResult.WRITTEN);

        assertThat(at("buyer", settled.minusSeconds(1)))
                .containsEntry("standing", Value.of("is"))
                .containsEntry("untold", Value.of("beforeWhatIsKept"))
                .containsEntry("since", Value.of(settled.minusSeconds(100).toString()))
                .doesNotContainKeys("true", "nodes", "event", "cause");
        assertThat(at("skipping-buyer", settled.minusSeconds(45))).containsEntry("standing", Value.of("is"));
        assertThat(at("skipping-buyer", settled.minusSeconds(40)))
                .containsEntry("standing", Value.of("was"))
                .containsEntry("until", Value.of(settled.minusSeconds(40).toString()));
        assertThat(at("skipping-buyer", settled.minusSeconds(51))).containsEntry("standing", Value.of("unknown"));
        assertThat(at("quiet", settled.minusSeconds(1))).containsEntry("standing", Value.of("unknown"));
        assertThat(at("skipping-buyer", settled)).containsEntry("standing", Value.of("was"));
    }

    @Test
    void ofSomeoneWhoseStateIsLostItIsToldThatTheMembershipIsHeld() {
        classify(
                Samples.line(ExplanationsUnderTest.ANNA, "e1", "Order Completed", 0),
                Samples.line(ExplanationsUnderTest.ANNA, "e2", "Ad Skipped", 1),
                Samples.line(ExplanationsUnderTest.ANNA, "e3", "Ad Skipped", 2));
        under.states.evict(ExplanationsUnderTest.ANNA);
        under.now = DAY_LATER.plusSeconds(60);

        assertThat(told("skipping-buyer", Optional.empty()))
                .as("nothing is kept")
                .containsEntry("standing", Value.of("is"))
                .containsEntry("held", Value.of(under.now.toString()))
                .containsEntry("untold", Value.of("lost"));
        assertThat(at("skipping-buyer", SKIPPED.minusMillis(1))).containsEntry("standing", Value.of("unknown"));

        classify(Samples.line(ExplanationsUnderTest.ANNA, "e4", "Ad Skipped", 24 * 60 + 2));
        Instant lost = under.now;
        under.now = DAY_LATER.plusSeconds(120);
        assertThat(told("skipping-buyer", Optional.empty()))
                .as("of what is kept since, the condition is not true")
                .containsEntry("standing", Value.of("is"))
                .containsEntry("true", Value.of(false))
                .containsEntry("held", Value.of(lost.toString()))
                .containsEntry("since", Value.of(SKIPPED.toString()));
        assertThat(told("quiet", Optional.empty()))
                .containsEntry("standing", Value.of("isNot"))
                .containsEntry("lost", Value.of(lost.toString()))
                .doesNotContainKey("held");
    }

    @Test
    void ofAMomentThatIsToComeNothingCanBeSaid() {
        assertThat(under.explanations.isToCome(under.now.plusMillis(1))).isTrue();
        assertThat(under.explanations.isToCome(under.now)).isFalse();
    }

    private Map<String, Value> at(String segment, Instant moment) {
        return told(segment, Optional.of(moment));
    }

    private Map<String, Value> told(String segment, Optional<Instant> at) {
        if (under.explanations.explain(ExplanationsUnderTest.ANNA, segment, at)
                instanceof Answer.Found<Optional<byte[]>>(var found)) {
            return JsonText.readObject(found.orElseThrow()).fields();
        }
        throw new AssertionError("the memory can be read");
    }

    private void classify(byte[]... lines) {
        assertThat(new Classifier(under.rules, under.stores(), new Tally(), Samples.PATIENT)
                        .classify(List.of(lines))
                        .classified())
                .isEqualTo(lines.length);
    }
}
