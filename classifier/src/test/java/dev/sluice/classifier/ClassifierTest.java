package dev.sluice.classifier;

import static dev.sluice.classifier.Samples.line;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import dev.sluice.classifier.memory.MemoryProfiles;
import dev.sluice.classifier.memory.MemoryRuleSets;
import dev.sluice.classifier.memory.MemoryUserStates;
import dev.sluice.model.PersonKey;
import dev.sluice.model.profile.Cause;
import dev.sluice.model.profile.Membership;
import dev.sluice.model.profile.SegmentedProfile;
import dev.sluice.model.profile.UserState;
import dev.sluice.model.rules.RuleEvaluator;
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
 *   <li>a repeat after a crash between the two stores still brings the profile up to the state;
 *   <li>a write that was given up and arrives late does not undo what was decided since;
 *   <li>whoever writes in between, at whatever step, the stored profile ends as the state's head says;
 *   <li>conflicts are bounded; one person's store or state keeps nobody else's lines waiting;
 *   <li>one rule set judges one classification; a new one judges all that is kept;
 *   <li>appended memberships survive the loss of the state.
 * </ul>
 */
class ClassifierTest {
    /** A skip an hour after noon and a window of a day. */
    private static final Duration ONE_DAY_ONE_HOUR = Duration.ofHours(25);

    private static final PersonKey ANN = Samples.person("ann");
    private static final PersonKey BOB = Samples.person("bob");

    private final MemoryUserStates states = new MemoryUserStates();
    private final MemoryProfiles profiles = new MemoryProfiles();
    private final MemoryRuleSets published = new MemoryRuleSets();
    private final RunningRules rules = Samples.runningRules(published, RuleEvaluator::new, List.of("demo"));
    private final Tally tally = new Tally();
    private final AtomicInteger tokens = new AtomicInteger();

    ClassifierTest() {
        published.publish(Samples.rules(1, 2));
        rules.poll();
    }

    @Test
    void everyLineIsAccountedFor() {
        var result = classifier(states, profiles)
                .classify(List.of(
                        line(ANN, "1", "Ad Skipped", 0),
                        bytes("not json"),
                        line(ANN, "2", "Named By No Rule", 1),
                        line(PersonKey.ofUser("nobody", "x"), "3", "Ad Skipped", 1),
                        bytes(text(line(ANN, "4", "Ad Skipped", 2)).replace("2026-11-21T12", "+12026-11-21T12")),
                        line(BOB, "5", "Order Completed", 3)));

        assertThat(result.classified()).isEqualTo(2);
        assertThat(result.ignored()).isEqualTo(2);
        assertThat(result.retry()).isEmpty();
        assertThat(result.setAside())
                .extracting(Classification.SetAside::index, Classification.SetAside::code)
                .containsExactly(tuple(1, "malformed_event"), tuple(4, "event_time_out_of_range"));
        assertThat(tally.snapshot())
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
        var classifier = classifier(states, profiles);
        classifier.classify(List.of(line(ANN, "1", "Ad Skipped", 0)));
        assertThat(profiles.written()).isEmpty();

        classifier.classify(List.of(line(ANN, "2", "Ad Skipped", 1)));
        classifier.classify(List.of(line(ANN, "3", "Ad Skipped", 2), line(ANN, "1", "Ad Skipped", 0)));

        assertThat(profiles.written()).hasSize(1);
        SegmentedProfile profile = profiles.written().get(0);
        assertThat(profile.memberships()).containsOnlyKeys("skips");
        assertThat(profile.version()).isEqualTo(1);
        assertThat(profile.asOf()).isEqualTo(Samples.NOON.plusSeconds(60));
        assertThat(profile.cause().eventId()).isEqualTo("2");
        assertThat(profile.cause().kind()).isEqualTo(Cause.Kind.EVENT);
        assertThat(tally.snapshot()).containsEntry("repeated", 1L);
    }

    @Test
    void aLateEventThatRetractsIsACorrection() {
        published.publish(Samples.rules(2, 1));
        rules.poll();
        var classifier = classifier(states, profiles);
        classifier.classify(List.of(line(ANN, "1", "Ad Skipped", 60)));
        classifier.classify(List.of(line(ANN, "0", "Ad Skipped", 0)));

        assertThat(profiles.written())
                .extracting(profile -> profile.cause().kind())
                .containsExactly(Cause.Kind.EVENT, Cause.Kind.CORRECTION);
        assertThat(profiles.written().get(1).memberships())
                .containsEntry(
                        "skips", new Membership(Samples.NOON, 2, true).until(Samples.NOON.plus(ONE_DAY_ONE_HOUR)));
    }

    @Test
    void aRepeatAfterACrashBetweenTheStoresStillWritesTheProfile() {
        var classifier = classifier(states, Interrupted.losingTheFirstWrite(profiles));
        var lines = List.of(line(ANN, "1", "Order Completed", 0));

        assertThat(classifier.classify(lines).retry()).containsExactly(0);
        assertThat(profiles.written()).isEmpty();
        assertThat(classifier.classify(lines).classified()).isEqualTo(1);

        assertThat(stored(ANN))
                .hasValueSatisfying(profile -> assertThat(profile.memberships()).containsOnlyKeys("buyer"));
    }

    @Test
    void aWriteThatArrivesAfterItWasGivenUpDoesNotUndoWhatWasDecidedSince() {
        var late = new Interrupted.FirstWriteLate(profiles);
        var classifier = classifier(states, late);
        byte[] third = line(ANN, "3", "Ad Skipped", 3 * 24 * 60);
        classifier.classify(List.of(line(ANN, "1", "Ad Skipped", 0)));
        assertThat(classifier.classify(List.of(line(ANN, "2", "Ad Skipped", 1))).retry())
                .containsExactly(0);

        // Out again before the write of having come in is heard of: the stored profile says so already.
        assertThat(classifier
                        .classify(List.of(line(ANN, "2", "Ad Skipped", 1), third))
                        .classified())
                .isEqualTo(2);

        assertThat(late.letGo()).containsExactly(Map.entry(ANN, WriteResult.CONFLICT));
        assertThat(stored(ANN))
                .hasValueSatisfying(profile -> assertThat(profile.memberships()).isEmpty());
        assertThat(classifier.classify(List.of(third)).classified()).isEqualTo(1);
        assertThat(profiles.written()).hasSize(1);
    }

    @Test
    void anEventThatChangesNoMembershipIsDoneWithTheStateAlone() {
        var reads = new AtomicInteger();
        Profiles counted = new Profiles() {
            @Override
            public Map<PersonKey, Answer<Optional<SegmentedProfile>>> read(Collection<PersonKey> people) {
                reads.incrementAndGet();
                return profiles.read(people);
            }

            @Override
            public Map<PersonKey, WriteResult> write(List<SegmentedProfile> written) {
                return profiles.write(written);
            }
        };
        var classifier = classifier(states, counted);
        classifier.classify(List.of(line(ANN, "1", "Order Completed", 0)));
        int before = reads.get();

        classifier.classify(List.of(line(ANN, "2", "Order Completed", 1)));
        classifier.classify(List.of(line(ANN, "3", "Ad Skipped", 2), line(ANN, "2", "Order Completed", 1)));
        assertThat(reads.get()).isEqualTo(before);

        classifier.classify(List.of(line(ANN, "4", "Ad Skipped", 3)));
        assertThat(reads.get()).isEqualTo(before + 1);
        assertThat(stored(ANN).orElseThrow().memberships()).containsOnlyKeys("buyer", "skips");
    }

    @Test
    void aLateWriteDoesNoHarmAlsoWhenTheNextClassifierDies() {
        var late = new Interrupted.FirstWriteLate(profiles);
        byte[] third = line(ANN, "3", "Ad Skipped", 3 * 24 * 60);
        classifier(states, late).classify(List.of(line(ANN, "1", "Ad Skipped", 0)));
        classifier(states, late).classify(List.of(line(ANN, "2", "Ad Skipped", 1)));
        // It keeps the state of having come out again, and dies before it sees the profile.
        assertThat(classifier(states, Interrupted.unreachable(profiles))
                        .classify(List.of(third))
                        .retry())
                .containsExactly(0);

        assertThat(classifier(states, late).classify(List.of(third)).classified())
                .isEqualTo(1);

        assertThat(late.letGo()).containsExactly(Map.entry(ANN, WriteResult.CONFLICT));
        assertThat(stored(ANN))
                .hasValueSatisfying(profile -> assertThat(profile.memberships()).isEmpty());
    }

    @Test
    void whoeverWritesInBetweenTheProfileEndsAsTheStateSays() {
        int steps = 0;
        for (int at = 0; at < 40; at++) {
            for (int more = 1; more <= 3; more++) {
                steps = Math.max(steps, endsAsTheStateSays(Samples.person("p" + at + "-" + more), at, more));
            }
        }
        assertThat(steps).as("places to interrupt at, all tried").isBetween(8, 39);
    }

    @Test
    void whoClassifiesTheSameLineInBetweenHoldsNobody() {
        int steps = 0;
        for (int at = 0; at < 40; at++) {
            PersonKey key = Samples.person("same-" + at);
            byte[] line = line(key, "o1", "Order Completed", 0);
            var direct = classifier(states, profiles);
            int interruptAt = at;
            var calls = new AtomicInteger();
            var interrupted = new Interrupted(states, profiles, () -> {
                if (calls.getAndIncrement() == interruptAt) {
                    direct.classify(List.of(line));
                }
            });
            classifier(interrupted.states(), interrupted.profiles()).classify(List.of(line));
            if (calls.get() <= at) {
                break;
            }
            steps++;
            assertThat(state(key).recent().held()).as("interrupted at %d", at).isEmpty();
            assertThat(stored(key).orElseThrow().memberships()).containsOnlyKeys("buyer");
        }
        assertThat(steps).as("places to interrupt at").isGreaterThan(7);
    }

    /** Interrupts at one place by others who classify so many events each of which changes the answer. */
    private int endsAsTheStateSays(PersonKey key, int at, int more) {
        published.publish(Samples.rules(2, 2));
        rules.poll();
        var direct = classifier(states, profiles);
        // In the segment from the second skip on; a day later no longer.
        direct.classify(List.of(line(key, "a", "Ad Skipped", 0)));
        var calls = new AtomicInteger();
        var interrupted = new Interrupted(states, profiles, () -> {
            if (calls.getAndIncrement() == at) {
                for (int i = 1; i <= more; i++) {
                    direct.classify(List.of(line(key, "b" + i, "Ad Skipped", i * 2_000)));
                }
            }
        });
        var result = classifier(interrupted.states(), interrupted.profiles())
                .classify(List.of(line(key, "c", "Ad Skipped", 1)));

        assertThat(result.classified()).isEqualTo(1);
        Map<String, Membership> head = state(key).recent().head().memberships();
        assertThat(Samples.endless(
                        stored(key).map(SegmentedProfile::memberships).orElse(Map.of())))
                .as("interrupted at %d by %d", at, more)
                .isEqualTo(head);
        return calls.get();
    }

    @Test
    void conflictsAreBounded() {
        var others = new AtomicInteger();
        var direct = classifier(states, profiles);
        var interrupted = new Interrupted(
                states,
                profiles,
                () -> direct.classify(List.of(line(ANN, "b" + others.incrementAndGet(), "Ad Skipped", 1))));

        var result = classifier(interrupted.states(), profiles).classify(List.of(line(ANN, "a", "Ad Skipped", 0)));

        assertThat(result.retry()).containsExactly(0);
        assertThat(tally.snapshot()).containsEntry("conflicts", (long) Attempts.MAX_ATTEMPTS);
    }

    @Test
    void onePersonsStoreKeepsNobodyElseWaiting() {
        var result = classifier(Interrupted.unreachable(states, ANN), profiles)
                .classify(List.of(
                        line(ANN, "1", "Order Completed", 0),
                        line(BOB, "2", "Order Completed", 0),
                        line(ANN, "3", "Order Completed", 1)));

        assertThat(result.retry()).containsExactly(0, 2);
        assertThat(result.classified()).isEqualTo(1);
        assertThat(stored(BOB)).isPresent();
    }

    @Test
    void anUnreadableStateIsSetAside() {
        states.put(ANN, StoredUserState.RECENT, "{\"v\":99}");

        var result = classifier(states, profiles)
                .classify(List.of(line(ANN, "1", "Order Completed", 0), line(BOB, "2", "Order Completed", 0)));

        assertThat(result.setAside()).hasSize(1).first().satisfies(line -> {
            assertThat(line.index()).isZero();
            assertThat(line.code()).isEqualTo("unreadable_state");
        });
        assertThat(result.classified()).isEqualTo(1);
    }

    @Test
    void oneRuleSetJudgesOneClassification() {
        var interrupted = new Interrupted(states, profiles, () -> {
            published.publish(Samples.rules(2, 1));
            rules.poll();
        });
        classifier(interrupted.states(), interrupted.profiles())
                .classify(List.of(line(ANN, "1", "Order Completed", 0), line(BOB, "2", "Ad Skipped", 0)));

        assertThat(profiles.written()).extracting(SegmentedProfile::ruleSet).containsExactly(1);
        assertThat(stored(BOB)).isEmpty();
        assertThat(rules.report().numbers()).isEqualTo(Map.of("demo", 2));
    }

    @Test
    void aNewRuleSetJudgesAllThatIsKept() {
        var classifier = classifier(states, profiles);
        classifier.classify(List.of(line(ANN, "1", "Ad Skipped", 0)));
        published.publish(Samples.rules(2, 1));
        rules.poll();

        classifier.classify(List.of(line(ANN, "2", "Order Completed", 1)));

        SegmentedProfile profile = stored(ANN).orElseThrow();
        assertThat(profile.memberships()).containsOnlyKeys("skips", "buyer");
        assertThat(profile.cause().kind()).isEqualTo(Cause.Kind.RULES);
        assertThat(Samples.endless(profile.memberships()))
                .containsEntry("skips", new Membership(Samples.NOON, 2, true));
    }

    @Test
    void withoutKnownRulesLinesAreSentAgain() {
        published.fault(Optional.of("S3 is away"));

        var result = classifier(states, profiles)
                .classify(List.of(line(PersonKey.ofUser("fresh", "x"), "1", "Ad Skipped", 0)));

        assertThat(result.retry()).containsExactly(0);
    }

    @Test
    void nobodyLeavesASegmentBecauseTheStateWasLost() {
        var classifier = classifier(states, profiles);
        classifier.classify(List.of(
                line(ANN, "1", "Order Completed", 0),
                line(ANN, "2", "Ad Skipped", 1),
                line(ANN, "3", "Ad Skipped", 2)));
        assertThat(stored(ANN).orElseThrow().memberships()).containsOnlyKeys("buyer", "skips");
        states.evict(ANN);

        classifier.classify(List.of(line(ANN, "3", "Ad Skipped", 2)));
        assertThat(stored(ANN).orElseThrow().version())
                .as("a repeat changes nothing")
                .isEqualTo(1);
        classifier.classify(List.of(line(ANN, "4", "Ad Skipped", 3)));

        assertThat(stored(ANN).orElseThrow().memberships()).containsOnlyKeys("buyer", "skips");
        assertThat(stored(ANN).orElseThrow().version()).isEqualTo(1);
        assertThat(tally.snapshot()).containsEntry("held", 1L);
    }

    private Classifier classifier(UserStates withStates, Profiles withProfiles) {
        return new Classifier(
                rules,
                Samples.stores(withStates, withProfiles, () -> "w" + tokens.incrementAndGet()),
                tally,
                Samples.PATIENT);
    }

    private Optional<SegmentedProfile> stored(PersonKey key) {
        return profiles.read(List.of(key)).get(key) instanceof Answer.Found<Optional<SegmentedProfile>>(var found)
                ? found
                : Optional.empty();
    }

    private UserState state(PersonKey key) {
        if (states.read(List.of(key)).get(key) instanceof Answer.Found<UserState>(var state)) {
            return state;
        }
        throw new AssertionError("no state");
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
