package dev.sluice.classifier;

import static dev.sluice.classifier.Household.alias;
import static dev.sluice.classifier.Household.anonymous;
import static dev.sluice.classifier.Household.anonymousId;
import static dev.sluice.classifier.Household.identify;
import static dev.sluice.classifier.Household.track;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.sluice.model.Event;
import dev.sluice.model.PersonKey;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/**
 * A merge whose process dies, or in which someone else writes, before or after any call to any store: once the same line has
 * come again, everything is as if nothing had happened. So with parting.
 */
class MergeCrashTest {
    private static final PersonKey ANN = Samples.person("ann");
    private static final PersonKey A1 = anonymous("a1");
    private static final Event LOGIN = identify(ANN, "login", 5, anonymousId("a1"));

    private static final class DeathException extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    @Test
    void aDeathAtAnyStepIsRepairedByTheSameLine() {
        int deaths = 0;
        for (int at = 0; at < 60; at++) {
            Household house = used();
            deaths += dies(house, at) ? 1 : 0;

            house.classifyAll(List.of(LOGIN));

            assertOnePerson(house, at);
        }
        assertThat(deaths).as("places to die at, all tried").isBetween(20, 59);
    }

    private static boolean dies(Household house, int at) {
        var calls = new AtomicInteger();
        var interrupted = new Interrupted(house.states, house.profiles, () -> {
            if (calls.getAndIncrement() == at) {
                throw new DeathException();
            }
        });
        var dying = house.classifier(
                interrupted.states(), interrupted.profiles(), interrupted.identities(house.identities));
        return catchThrowable(() -> dying.classify(List.of(Samples.line(LOGIN)))) instanceof DeathException;
    }

    @Test
    void whoWritesInBetweenLosesNothing() {
        int steps = 0;
        for (int at = 0; at < 60; at++) {
            Household house = used();
            int moment = at;
            var calls = new AtomicInteger();
            var interrupted = new Interrupted(house.states, house.profiles, () -> {
                if (calls.getAndIncrement() == moment) {
                    house.classifyAll(List.of(track(A1, "meanwhile", "Order Completed", 4)));
                    house.classifyAll(List.of(track(ANN, "too", "Ad Skipped", 3)));
                }
            });
            var merging = house.classifier(
                    interrupted.states(), interrupted.profiles(), interrupted.identities(house.identities));
            if (!merging.classify(List.of(Samples.line(LOGIN))).retry().isEmpty()) {
                house.classifyAll(List.of(LOGIN));
            }
            steps = Math.max(steps, calls.get());

            if (calls.get() > at) {
                assertThat(house.memberships(ANN)).as("interrupted at %d", at).containsOnlyKeys("skips", "buyer");
                assertThat(house.memberships(A1)).as("interrupted at %d", at).isEmpty();
                assertThat(house.state(A1).recent().events()).isEmpty();
            }
        }
        assertThat(steps).as("places to interrupt at, all tried").isBetween(20, 59);
    }

    @Test
    void anotherWhoFoldsIntoTheNameAtAnyStepLosesNothing() {
        for (int at = 0; at < 60; at++) {
            Household house = used();
            int moment = at;
            var calls = new AtomicInteger();
            var interrupted = new Interrupted(house.states, house.profiles, () -> {
                if (calls.getAndIncrement() == moment) {
                    house.classifyAll(List.of(LOGIN));
                }
            });
            var folding = house.classifier(
                    interrupted.states(), interrupted.profiles(), interrupted.identities(house.identities));
            Event order = track(A1, "order", "Order Completed", 4);
            if (!folding.classify(List.of(Samples.line(order))).retry().isEmpty()) {
                house.classifyAll(List.of(order));
            }
            house.classifyAll(List.of(LOGIN));

            assertThat(house.memberships(ANN)).as("interrupted at %d", at).containsOnlyKeys("skips", "buyer");
            assertThat(house.memberships(A1)).as("interrupted at %d", at).isEmpty();
        }
    }

    @Test
    void namesThatAreGivenBothWaysAtOnceMakeNoCircle() {
        int steps = 60;
        for (int at = 0; at < steps; at++) {
            Household house = Household.usual();
            int moment = at;
            var calls = new AtomicInteger();
            PersonKey bob = Samples.person("bob");
            PersonKey eve = Samples.person("eve");
            var interrupted = new Interrupted(house.states, house.profiles, () -> {
                if (calls.getAndIncrement() == moment) {
                    house.classifyAll(List.of(alias(bob, "2", "ann", 1), alias(eve, "3", "bob", 1)));
                }
            });
            house.classifier(interrupted.states(), interrupted.profiles(), interrupted.identities(house.identities))
                    .classify(List.of(Samples.line(alias(ANN, "1", "eve", 0))));
            steps = Math.min(steps, calls.get());
            house.classifyAll(List.of(alias(ANN, "1", "eve", 0), alias(bob, "2", "ann", 1), alias(eve, "3", "bob", 1)));

            house.classifyAll(List.of(
                    track(ANN, "4", "Order Completed", 2),
                    track(bob, "5", "Ad Skipped", 2),
                    track(eve, "6", "Ad Skipped", 2)));

            assertThat(List.of(ANN, bob, eve).stream()
                            .filter(each -> house.state(each).goesBy().isEmpty())
                            .map(each -> house.memberships(each).keySet().toString()))
                    .as("interrupted at %d", at)
                    .containsExactly("[buyer, skips]");
        }
        assertThat(steps).as("places to interrupt at, all tried").isBetween(10, 59);
    }

    @Test
    void aDeathWhilePartingIsRepairedByAskingAgain() {
        int deaths = 0;
        for (int at = 0; at < 60; at++) {
            Household house = used();
            house.classifyAll(List.of(LOGIN));
            var calls = new AtomicInteger();
            int moment = at;
            var interrupted = new Interrupted(house.states, house.profiles, () -> {
                if (calls.getAndIncrement() == moment) {
                    throw new DeathException();
                }
            });
            Names dying =
                    house.names(interrupted.states(), interrupted.profiles(), interrupted.identities(house.identities));
            deaths += catchThrowable(() -> dying.part(ANN, A1)) instanceof DeathException ? 1 : 0;

            assertThat(house.names().part(ANN, A1)).isEqualTo(new Answer.Found<>(true));

            assertThat(house.memberships(A1)).as("died at %d", at).isEmpty();
            assertThat(house.state(A1).recent().events()).hasSize(2);
            assertThat(house.state(ANN).recent().events()).isEmpty();
            assertThat(house.memberships(ANN)).isEmpty();
        }
        assertThat(deaths).as("places to die at, all tried").isBetween(15, 59);
    }

    /** Somebody anonymous who skips ads. */
    private static Household used() {
        Household house = Household.usual();
        house.classifyAll(List.of(track(A1, "1", "Ad Skipped", 0), track(A1, "2", "Ad Skipped", 1)));
        assertThat(house.memberships(A1)).containsOnlyKeys("skips");
        return house;
    }

    private static void assertOnePerson(Household house, int at) {
        assertThat(house.memberships(ANN)).as("died at %d", at).containsOnlyKeys("skips");
        assertThat(house.memberships(A1)).as("died at %d", at).isEmpty();
        assertThat(house.state(A1).goesBy()).as("died at %d", at).contains(ANN);
        assertThat(house.state(A1).recent().events()).isEmpty();
        assertThat(house.state(ANN).recent().events()).hasSize(2);
    }
}
