package dev.sluice.classifier;

import static dev.sluice.classifier.Samples.line;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.model.PersonKey;
import dev.sluice.model.profile.Membership;
import dev.sluice.model.profile.SegmentedProfile;
import dev.sluice.model.profile.UserState;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/**
 * What two stores and several writers do to the heart's promises:
 *
 * <ul>
 *   <li>a repeat after a crash between the two stores still brings the profile up to the state;
 *   <li>a write that was given up and arrives late does not undo what was decided since;
 *   <li>whoever writes in between, at whatever step, the stored profile ends as the state's head says;
 *   <li>as long as it cannot be noted that a profile is right, repeats write no more versions of it;
 *   <li>conflicts are bounded.
 * </ul>
 */
class ClassifierWritesTest {
    private final ClassifierUnderTest under = new ClassifierUnderTest();

    @Test
    void aRepeatAfterACrashBetweenTheStoresStillWritesTheProfile() {
        var classifier = under.classifier(under.states, Interrupted.losingTheFirstWrite(under.profiles));
        var lines = List.of(line(ClassifierUnderTest.ANN, "1", "Order Completed", 0));

        assertThat(classifier.classify(lines).retry()).containsExactly(0);
        assertThat(under.profiles.written()).isEmpty();
        assertThat(classifier.classify(lines).classified()).isEqualTo(1);

        assertThat(under.stored(ClassifierUnderTest.ANN))
                .hasValueSatisfying(profile -> assertThat(profile.memberships()).containsOnlyKeys("buyer"));
    }

    @Test
    void aWriteThatArrivesAfterItWasGivenUpDoesNotUndoWhatWasDecidedSince() {
        var late = new Interrupted.FirstWriteLate(under.profiles);
        var classifier = under.classifier(under.states, late);
        byte[] third = line(ClassifierUnderTest.ANN, "3", "Ad Skipped", 3 * 24 * 60);
        classifier.classify(List.of(line(ClassifierUnderTest.ANN, "1", "Ad Skipped", 0)));
        assertThat(classifier
                        .classify(List.of(line(ClassifierUnderTest.ANN, "2", "Ad Skipped", 1)))
                        .retry())
                .containsExactly(0);

        // Out again before the write of having come in is heard of: the stored profile says so already.
        assertThat(classifier
                        .classify(List.of(line(ClassifierUnderTest.ANN, "2", "Ad Skipped", 1), third))
                        .classified())
                .isEqualTo(2);

        assertThat(late.letGo()).containsExactly(Map.entry(ClassifierUnderTest.ANN, WriteResult.CONFLICT));
        assertThat(under.stored(ClassifierUnderTest.ANN))
                .hasValueSatisfying(profile -> assertThat(profile.memberships()).isEmpty());
        assertThat(classifier.classify(List.of(third)).classified()).isEqualTo(1);
        assertThat(under.profiles.written()).hasSize(1);
    }

    @Test
    void aLateWriteDoesNoHarmAlsoWhenTheNextClassifierDies() {
        var late = new Interrupted.FirstWriteLate(under.profiles);
        byte[] third = line(ClassifierUnderTest.ANN, "3", "Ad Skipped", 3 * 24 * 60);
        under.classifier(under.states, late).classify(List.of(line(ClassifierUnderTest.ANN, "1", "Ad Skipped", 0)));
        under.classifier(under.states, late).classify(List.of(line(ClassifierUnderTest.ANN, "2", "Ad Skipped", 1)));
        // It keeps the state of having come out again, and dies before it sees the profile.
        assertThat(under.classifier(under.states, Interrupted.unreachable(under.profiles))
                        .classify(List.of(third))
                        .retry())
                .containsExactly(0);

        assertThat(under.classifier(under.states, late).classify(List.of(third)).classified())
                .isEqualTo(1);

        assertThat(late.letGo()).containsExactly(Map.entry(ClassifierUnderTest.ANN, WriteResult.CONFLICT));
        assertThat(under.stored(ClassifierUnderTest.ANN))
                .hasValueSatisfying(profile -> assertThat(profile.memberships()).isEmpty());
    }

    @Test
    void aProfileIsWrittenOnceHoweverOftenItCannotBeNotedThatItIsRight() {
        var full = under.classifier(Interrupted.refusingToConfirm(under.states), under.profiles);
        var lines = List.of(line(ClassifierUnderTest.ANN, "1", "Order Completed", 0));

        for (int i = 0; i < 5; i++) {
            assertThat(full.classify(lines).retry()).containsExactly(0);
        }

        assertThat(under.profiles.written()).hasSize(1);
        assertThat(state(ClassifierUnderTest.ANN).told()).isFalse();
        assertThat(under.classifier(under.states, under.profiles)
                        .classify(lines)
                        .classified())
                .isEqualTo(1);
        assertThat(under.profiles.written()).hasSize(1);
        assertThat(state(ClassifierUnderTest.ANN).told()).isTrue();
    }

    @Test
    void aLateWriteOfAnOlderStateDoesNoHarmBeforeItIsNotedThatTheProfileIsRight() {
        var late = new Interrupted.FirstWriteLate(under.profiles);
        under.classifier(under.states, late).classify(List.of(line(ClassifierUnderTest.ANN, "1", "Ad Skipped", 0)));
        under.classifier(under.states, late).classify(List.of(line(ClassifierUnderTest.ANN, "2", "Ad Skipped", 1)));
        byte[] third = line(ClassifierUnderTest.ANN, "3", "Ad Skipped", 3 * 24 * 60);
        var full = under.classifier(Interrupted.refusingToConfirm(under.states), late);
        assertThat(full.classify(List.of(third)).retry()).containsExactly(0);
        assertThat(full.classify(List.of(third)).retry()).containsExactly(0);

        assertThat(late.letGo()).containsExactly(Map.entry(ClassifierUnderTest.ANN, WriteResult.CONFLICT));

        assertThat(under.classifier(under.states, late).classify(List.of(third)).classified())
                .isEqualTo(1);
        assertThat(under.profiles.written()).hasSize(1);
        assertThat(under.stored(ClassifierUnderTest.ANN))
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
            var direct = under.classifier(under.states, under.profiles);
            int interruptAt = at;
            var calls = new AtomicInteger();
            var interrupted = new Interrupted(under.states, under.profiles, () -> {
                if (calls.getAndIncrement() == interruptAt) {
                    direct.classify(List.of(line));
                }
            });
            under.classifier(interrupted.states(), interrupted.profiles()).classify(List.of(line));
            if (calls.get() <= at) {
                break;
            }
            steps++;
            assertThat(state(key).recent().held()).as("interrupted at %d", at).isEmpty();
            assertThat(under.stored(key).orElseThrow().memberships()).containsOnlyKeys("buyer");
        }
        assertThat(steps).as("places to interrupt at").isGreaterThan(7);
    }

    @Test
    void conflictsAreBounded() {
        var others = new AtomicInteger();
        var direct = under.classifier(under.states, under.profiles);
        var interrupted = new Interrupted(
                under.states,
                under.profiles,
                () -> direct.classify(
                        List.of(line(ClassifierUnderTest.ANN, "b" + others.incrementAndGet(), "Ad Skipped", 1))));

        var result = under.classifier(interrupted.states(), under.profiles)
                .classify(List.of(line(ClassifierUnderTest.ANN, "a", "Ad Skipped", 0)));

        assertThat(result.retry()).containsExactly(0);
        assertThat(under.tally.snapshot()).containsEntry("conflicts", (long) Attempts.MAX_ATTEMPTS);
    }

    /** Interrupts at one place by others who classify so many events each of which changes the answer. */
    private int endsAsTheStateSays(PersonKey key, int at, int more) {
        under.published.publish(Samples.rules(2, 2));
        under.rules.poll();
        var direct = under.classifier(under.states, under.profiles);
        // In the segment from the second skip on; a day later no longer.
        direct.classify(List.of(line(key, "a", "Ad Skipped", 0)));
        var calls = new AtomicInteger();
        var interrupted = new Interrupted(under.states, under.profiles, () -> {
            if (calls.getAndIncrement() == at) {
                for (int i = 1; i <= more; i++) {
                    direct.classify(List.of(line(key, "b" + i, "Ad Skipped", i * 2_000)));
                }
            }
        });
        var result = under.classifier(interrupted.states(), interrupted.profiles())
                .classify(List.of(line(key, "c", "Ad Skipped", 1)));

        assertThat(result.classified()).isEqualTo(1);
        Map<String, Membership> head = state(key).recent().head().memberships();
        assertThat(Samples.endless(
                        under.stored(key).map(SegmentedProfile::memberships).orElse(Map.of())))
                .as("interrupted at %d by %d", at, more)
                .isEqualTo(head);
        return calls.get();
    }

    private UserState state(PersonKey key) {
        if (under.states.read(List.of(key)).get(key) instanceof Answer.Found<UserState>(var state)) {
            return state;
        }
        throw new AssertionError("no state");
    }
}
