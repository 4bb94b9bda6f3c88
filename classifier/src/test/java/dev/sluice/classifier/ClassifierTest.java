package dev.sluice.classifier;

import static dev.sluice.classifier.Samples.line;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import dev.sluice.model.PersonKey;
import dev.sluice.model.profile.Cause;
import dev.sluice.model.profile.Membership;
import dev.sluice.model.profile.SegmentedProfile;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/**
 * The heart's promises:
 *
 * <ul>
 *   <li>every line is done, ignored, to be sent again, or set aside with a code, and its index says which;
 *   <li>memberships follow the rules; what changes nothing writes nothing;
 *   <li>one person's state keeps nobody else's lines waiting;
 *   <li>one rule set judges one classification; a new one judges all that is kept;
 *   <li>appended memberships survive the loss of the state.
 * </ul>
 */
class ClassifierTest {
    private final ClassifierUnderTest under = new ClassifierUnderTest();

    /** A skip an hour after noon and a window of a day. */
    private static final Duration ONE_DAY_ONE_HOUR = Duration.ofHours(25);

    private static final PersonKey BOB = Samples.person("bob");

    @Test
    void everyLineIsAccountedFor() {
        var result = under.classifier(under.states, under.profiles)
                .classify(List.of(
                        line(ClassifierUnderTest.ANN, "1", "Ad Skipped", 0),
                        bytes("not json"),
                        line(ClassifierUnderTest.ANN, "2", "Named By No Rule", 1),
                        line(PersonKey.ofUser("nobody", "x"), "3", "Ad Skipped", 1),
                        bytes(text(line(ClassifierUnderTest.ANN, "4", "Ad Skipped", 2))
                                .replace("2026-11-21T12", "+12026-11-21T12")),
                        line(BOB, "5", "Order Completed", 3)));

        assertThat(result.classified()).isEqualTo(2);
        assertThat(result.ignored()).isEqualTo(2);
        assertThat(result.retry()).isEmpty();
        assertThat(result.setAside())
                .extracting(Classification.SetAside::index, Classification.SetAside::code)
                .containsExactly(tuple(1, "malformed_event"), tuple(4, "event_time_out_of_range"));
        assertThat(under.tally.snapshot())
                .containsEntry("batches", 1L)
                .containsEntry("events", 6L)
                .containsEntry("classified", 2L)
                .containsEntry("ignored", 2L)
                .containsEntry("setAside", 2L)
                .containsEntry("profileWrites", 1L)
                .containsEntry("changesOfMembership", 1L);
    }

    @Test
    void membershipsFollowTheRulesAndWhatChangesNothingWritesNothing() {
        var classifier = under.classifier(under.states, under.profiles);
        classifier.classify(List.of(line(ClassifierUnderTest.ANN, "1", "Ad Skipped", 0)));
        assertThat(under.profiles.written()).isEmpty();

        classifier.classify(List.of(line(ClassifierUnderTest.ANN, "2", "Ad Skipped", 1)));
        classifier.classify(List.of(
                line(ClassifierUnderTest.ANN, "3", "Ad Skipped", 2),
                line(ClassifierUnderTest.ANN, "1", "Ad Skipped", 0)));

        assertThat(under.profiles.written()).hasSize(1);
        SegmentedProfile profile = under.profiles.written().get(0);
        assertThat(profile.memberships()).containsOnlyKeys("skips");
        assertThat(profile.version()).isEqualTo(1);
        assertThat(profile.asOf()).isEqualTo(Samples.NOON.plusSeconds(60));
        assertThat(profile.cause().eventId()).isEqualTo("2");
        assertThat(profile.cause().kind()).isEqualTo(Cause.Kind.EVENT);
        assertThat(under.tally.snapshot()).containsEntry("repeated", 1L);
    }

    @Test
    void aLateEventThatRetractsIsACorrection() {
        under.published.publish(Samples.rules(2, 1));
        under.rules.poll();
        var classifier = under.classifier(under.states, under.profiles);
        classifier.classify(List.of(line(ClassifierUnderTest.ANN, "1", "Ad Skipped", 60)));
        classifier.classify(List.of(line(ClassifierUnderTest.ANN, "0", "Ad Skipped", 0)));

        assertThat(under.profiles.written())
                .extracting(profile -> profile.cause().kind())
                .containsExactly(Cause.Kind.EVENT, Cause.Kind.CORRECTION);
        assertThat(under.profiles.written().get(1).memberships())
                .containsEntry(
                        "skips", new Membership(Samples.NOON, 2, true).until(Samples.NOON.plus(ONE_DAY_ONE_HOUR)));
    }

    @Test
    void anEventThatChangesNoMembershipIsDoneWithTheStateAlone() {
        var reads = new AtomicInteger();
        Profiles counted = new Profiles() {
            @Override
            public Map<PersonKey, Answer<Optional<SegmentedProfile>>> read(Collection<PersonKey> people) {
                reads.incrementAndGet();
                return under.profiles.read(people);
            }

            @Override
            public Map<PersonKey, WriteResult> write(List<SegmentedProfile> written) {
                return under.profiles.write(written);
            }
        };
        var classifier = under.classifier(under.states, counted);
        classifier.classify(List.of(line(ClassifierUnderTest.ANN, "1", "Order Completed", 0)));
        int before = reads.get();

        classifier.classify(List.of(line(ClassifierUnderTest.ANN, "2", "Order Completed", 1)));
        classifier.classify(List.of(
                line(ClassifierUnderTest.ANN, "3", "Ad Skipped", 2),
                line(ClassifierUnderTest.ANN, "2", "Order Completed", 1)));
        assertThat(reads.get()).isEqualTo(before);

        classifier.classify(List.of(line(ClassifierUnderTest.ANN, "4", "Ad Skipped", 3)));
        assertThat(reads.get()).isEqualTo(before + 1);
        assertThat(under.stored(ClassifierUnderTest.ANN).orElseThrow().memberships())
                .containsOnlyKeys("buyer", "skips");
    }

    @Test
    void onePersonsStoreKeepsNobodyElseWaiting() {
        var result = under.classifier(Interrupted.unreachable(under.states, ClassifierUnderTest.ANN), under.profiles)
                .classify(List.of(
                        line(ClassifierUnderTest.ANN, "1", "Order Completed", 0),
                        line(BOB, "2", "Order Completed", 0),
                        line(ClassifierUnderTest.ANN, "3", "Order Completed", 1)));

        assertThat(result.retry()).containsExactly(0, 2);
        assertThat(result.classified()).isEqualTo(1);
        assertThat(under.stored(BOB)).isPresent();
    }

    @Test
    void anUnreadableStateIsSetAside() {
        under.states.put(ClassifierUnderTest.ANN, StoredUserState.RECENT, "{\"v\":99}");

        var result = under.classifier(under.states, under.profiles)
                .classify(List.of(
                        line(ClassifierUnderTest.ANN, "1", "Order Completed", 0),
                        line(BOB, "2", "Order Completed", 0)));

        assertThat(result.setAside()).hasSize(1).first().satisfies(line -> {
            assertThat(line.index()).isZero();
            assertThat(line.code()).isEqualTo("unreadable_state");
        });
        assertThat(result.classified()).isEqualTo(1);
    }

    @Test
    void oneRuleSetJudgesOneClassification() {
        var interrupted = new Interrupted(under.states, under.profiles, () -> {
            under.published.publish(Samples.rules(2, 1));
            under.rules.poll();
        });
        under.classifier(interrupted.states(), interrupted.profiles())
                .classify(List.of(
                        line(ClassifierUnderTest.ANN, "1", "Order Completed", 0), line(BOB, "2", "Ad Skipped", 0)));

        assertThat(under.profiles.written())
                .extracting(SegmentedProfile::ruleSet)
                .containsExactly(1);
        assertThat(under.stored(BOB)).isEmpty();
        assertThat(under.rules.report().numbers()).isEqualTo(Map.of("demo", 2));
    }

    @Test
    void aNewRuleSetJudgesAllThatIsKept() {
        var classifier = under.classifier(under.states, under.profiles);
        classifier.classify(List.of(line(ClassifierUnderTest.ANN, "1", "Ad Skipped", 0)));
        under.published.publish(Samples.rules(2, 1));
        under.rules.poll();

        classifier.classify(List.of(line(ClassifierUnderTest.ANN, "2", "Order Completed", 1)));

        SegmentedProfile profile = under.stored(ClassifierUnderTest.ANN).orElseThrow();
        assertThat(profile.memberships()).containsOnlyKeys("skips", "buyer");
        assertThat(profile.cause().kind()).isEqualTo(Cause.Kind.RULES);
        assertThat(Samples.endless(profile.memberships()))
                .containsEntry("skips", new Membership(Samples.NOON, 2, true));
    }

    @Test
    void withoutKnownRulesLinesAreSentAgain() {
        under.published.fault(Optional.of("S3 is away"));

        var result = under.classifier(under.states, under.profiles)
                .classify(List.of(line(PersonKey.ofUser("fresh", "x"), "1", "Ad Skipped", 0)));

        assertThat(result.retry()).containsExactly(0);
    }

    @Test
    void nobodyLeavesASegmentBecauseTheStateWasLost() {
        var classifier = under.classifier(under.states, under.profiles);
        classifier.classify(List.of(
                line(ClassifierUnderTest.ANN, "1", "Order Completed", 0),
                line(ClassifierUnderTest.ANN, "2", "Ad Skipped", 1),
                line(ClassifierUnderTest.ANN, "3", "Ad Skipped", 2)));
        assertThat(under.stored(ClassifierUnderTest.ANN).orElseThrow().memberships())
                .containsOnlyKeys("buyer", "skips");
        under.states.evict(ClassifierUnderTest.ANN);

        classifier.classify(List.of(line(ClassifierUnderTest.ANN, "3", "Ad Skipped", 2)));
        assertThat(under.stored(ClassifierUnderTest.ANN).orElseThrow().version())
                .as("a repeat changes nothing")
                .isEqualTo(1);
        classifier.classify(List.of(line(ClassifierUnderTest.ANN, "4", "Ad Skipped", 3)));

        assertThat(under.stored(ClassifierUnderTest.ANN).orElseThrow().memberships())
                .containsOnlyKeys("buyer", "skips");
        assertThat(under.stored(ClassifierUnderTest.ANN).orElseThrow().version())
                .isEqualTo(1);
        assertThat(under.tally.snapshot()).containsEntry("held", 1L);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
