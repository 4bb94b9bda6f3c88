package dev.sluice.classifier;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.classifier.memory.MemoryDueIndex;
import dev.sluice.classifier.memory.MemoryIdentities;
import dev.sluice.classifier.memory.MemoryProfiles;
import dev.sluice.classifier.memory.MemoryRuleSets;
import dev.sluice.classifier.memory.MemoryUserStates;
import dev.sluice.model.PersonKey;
import dev.sluice.model.profile.Cause;
import dev.sluice.model.profile.Membership;
import dev.sluice.model.profile.PastMembership;
import dev.sluice.model.profile.SegmentedProfile;
import dev.sluice.model.rules.RuleEvaluator;
import dev.sluice.model.rules.RuleSet;
import dev.sluice.model.rules.RuleSetJson;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Promises: with no event a person leaves and enters at the exact moment that the rules say, whenever somebody looks; before
 * that nothing happens; who was being looked at when a process died, or did something meanwhile, is found again; a new rule
 * set counts; the audit finds nothing when all is well, and puts right what is not; nobody leaves because of forgetting.
 */
class TimekeeperTest {
    private static final PersonKey ANN = Samples.person("ann");
    private static final Duration MONTH = Duration.ofDays(30);
    private static final Instant ORDERED = Samples.NOON;
    private static final Instant DAY_30 = ORDERED.plus(MONTH);

    private final MemoryRuleSets published = new MemoryRuleSets();
    private final RunningRules rules = Samples.runningRules(published, RuleEvaluator::new, List.of("demo"));
    private final MemoryUserStates states = new MemoryUserStates();
    private final MemoryProfiles profiles = new MemoryProfiles();
    private final MemoryDueIndex dues = new MemoryDueIndex();
    private final AtomicInteger tokens = new AtomicInteger();
    private final Tally tally = new Tally();
    private Instant now = ORDERED;

    @BeforeEach
    void orderedInTheLastThirtyDays() {
        publish(1, "P30D");
        classify(Samples.line(ANN, "o1", "Order Completed", 0));
    }

    @Test
    void aPersonLeavesAndEntersAtTheExactMomentWithNoEvent() {
        assertThat(profile().memberships())
                .containsExactly(Map.entry("ordered", new Membership(ORDERED, 1, true, Optional.of(DAY_30))));

        now = DAY_30.minusMillis(1);
        assertThat(round().looked()).isZero();

        now = DAY_30;
        assertThat(round()).isEqualTo(new Timekeeper.Round(1, 1, false));
        assertThat(profile().memberships()).containsExactly(Map.entry("no-order", new Membership(DAY_30, 1, true)));
        assertThat(profile().past()).containsExactly(new PastMembership("ordered", ORDERED, DAY_30, 1, true));
        assertThat(profile().cause().kind()).isEqualTo(Cause.Kind.TIME);

        assertThat(round().looked()).isZero();
    }

    @Test
    void afterDowntimeTheMomentIsStillTheExactOne() {
        now = DAY_30.plus(Duration.ofDays(100));
        round();

        assertThat(profile().memberships().values())
                .extracting(Membership::since)
                .containsExactly(DAY_30);
    }

    @Test
    void anotherOrderPutsTheMomentOff() {
        classify(Samples.line(ANN, "o2", "Order Completed", 24 * 60));

        now = DAY_30;
        assertThat(round()).isEqualTo(new Timekeeper.Round(1, 0, false));
        assertThat(profile().memberships()).containsOnlyKeys("ordered");
        assertThat(round().looked()).isZero();

        now = DAY_30.plus(Duration.ofDays(1));
        assertThat(round().changed()).isEqualTo(1);
        assertThat(profile().memberships()).containsOnlyKeys("no-order");
    }

    @Test
    void aRuleSetThatWasPublishedMeanwhileCounts() {
        publish(2, "P40D");

        now = DAY_30;
        round();
        assertThat(profile().memberships()).containsOnlyKeys("ordered");

        now = ORDERED.plus(Duration.ofDays(40));
        round();
        assertThat(profile().memberships()).containsOnlyKeys("no-order");
    }

    @Test
    void whoWasBeingLookedAtWhenAProcessDiedIsFoundAgain() {
        now = DAY_30;
        var dying = timekeeper(new Stores(
                states,
                Interrupted.losingTheFirstWrite(profiles),
                dues,
                new MemoryIdentities(),
                this::token,
                () -> now));
        assertThat(dying.round(10)).isEqualTo(new Answer.Found<>(new Timekeeper.Round(1, 0, false)));
        assertThat(round().looked()).isZero();

        now = DAY_30.plus(Timekeeper.LEASE);
        assertThat(round().changed()).isEqualTo(1);
        assertThat(profile().memberships().values())
                .extracting(Membership::since)
                .containsExactly(DAY_30);
    }

    @Test
    void whateverHappensWhileSomeoneIsLookedAtTheNextMomentIsFound() {
        int steps = 0;
        for (int at = 0; at < 30; at++) {
            PersonKey key = Samples.person("p" + at);
            now = ORDERED;
            classify(Samples.line(key, "first-" + at, "Order Completed", 0));
            now = DAY_30;
            int interruptAt = at;
            var calls = new AtomicInteger();
            var interrupted = new Interrupted(states, profiles, () -> {
                if (calls.getAndIncrement() == interruptAt) {
                    classify(Samples.line(key, "second-" + interruptAt, "Order Completed", 30 * 24 * 60 - 1));
                }
            });
            timekeeper(new Stores(
                            interrupted.states(),
                            interrupted.profiles(),
                            dues,
                            new MemoryIdentities(),
                            this::token,
                            () -> now))
                    .round(100);
            if (calls.get() <= at) {
                break;
            }
            steps++;

            now = DAY_30.plus(Duration.ofDays(2));
            settle();
            assertThat(profile(key).memberships()).as("interrupted at %d", at).containsOnlyKeys("ordered");
            now = DAY_30.plus(MONTH);
            settle();
            assertThat(profile(key).memberships()).as("interrupted at %d", at).containsOnlyKeys("no-order");
        }
        assertThat(steps).as("places to interrupt at, all tried").isBetween(8, 29);
    }

    @Test
    void theAuditFindsNothingWhenAllIsWellAndPutsRightWhatIsNot() {
        now = DAY_30;
        round();
        assertThat(audit(Optional.empty())).isEqualTo(new Audit.Findings(1, 0, 0, Optional.empty()));

        publish(2, "P40D");
        assertThat(audit(Optional.empty()).differed()).isEqualTo(1);
        assertThat(profile().memberships()).containsOnlyKeys("ordered");
        assertThat(audit(Optional.empty()).differed()).isZero();
    }

    @Test
    void nobodyLeavesBecauseOfForgettingAndTheRebuiltAreReleased() {
        states.evict(ANN);
        now = DAY_30.plus(Duration.ofDays(1));
        classify(Samples.line(ANN, "c1", "Card Played", 31 * 24 * 60));
        assertThat(profile().memberships()).containsOnlyKeys("ordered");
        assertThat(tally.snapshot()).containsEntry("held", 1L);

        // The lake's events come once more, and then everybody is released.
        classify(Samples.line(ANN, "o1", "Order Completed", 0), Samples.line(ANN, "c1", "Card Played", 31 * 24 * 60));
        assertThat(profile().memberships()).containsKeys("ordered");
        assertThat(audit(Optional.of(now.plusMillis(1))).differed()).isEqualTo(1);

        assertThat(profile().memberships()).containsExactly(Map.entry("no-order", new Membership(DAY_30, 1, true)));
    }

    @Test
    void aStateThatIsOlderThanTheProfileIsNotBelieved() {
        var before = states.copyOf(ANN);
        classify(Samples.line(ANN, "v1", "Vip Bought", 1));
        assertThat(profile().memberships()).containsOnlyKeys("ordered", "vip");

        states.restore(ANN, before);
        classify(Samples.line(ANN, "c1", "Card Played", 2));

        assertThat(profile().memberships()).containsOnlyKeys("ordered", "vip");
    }

    private void settle() {
        for (int i = 0; i < 5; i++) {
            round();
            now = now.plus(Timekeeper.LEASE);
        }
    }

    private Timekeeper.Round round() {
        return found(timekeeper(stores()).round(100));
    }

    private Audit.Findings audit(Optional<Instant> releasing) {
        return found(new Audit(rules, stores(), states, tally, Samples.PATIENT).page(Optional.empty(), 100, releasing));
    }

    private static <T> T found(Answer<T> answer) {
        if (answer instanceof Answer.Found<T>(var value)) {
            return value;
        }
        throw new AssertionError(answer);
    }

    private Timekeeper timekeeper(Stores stores) {
        return new Timekeeper(rules, stores, tally, Samples.PATIENT);
    }

    private Stores stores() {
        return new Stores(states, profiles, dues, new MemoryIdentities(), this::token, () -> now);
    }

    private String token() {
        return "w" + tokens.incrementAndGet();
    }

    private void classify(byte[]... lines) {
        assertThat(new Classifier(rules, stores(), tally, Samples.PATIENT)
                        .classify(List.of(lines))
                        .retry())
                .isEmpty();
    }

    private void publish(int number, String window) {
        published.publish(new RuleSet(
                "demo", number, RuleSetJson.readSegments("""
                {"segments":[
                  {"id":"ordered","kind":"live","when":{"count":{"name":"Order Completed","last":"%1$s","atLeast":1}}},
                  {"id":"vip","kind":"live","when":{"count":{"name":"Vip Bought","ever":true,"atLeast":1}}},
                  {"id":"no-order","kind":"live","when":{"allOf":[
                    {"count":{"type":"track","ever":true,"atLeast":1}},
                    {"count":{"name":"Order Completed","last":"%1$s","exactly":0}}]}}]}""".formatted(window).getBytes(StandardCharsets.UTF_8))));
        rules.poll();
    }

    private SegmentedProfile profile() {
        return profile(ANN);
    }

    private SegmentedProfile profile(PersonKey key) {
        if (profiles.read(List.of(key)).get(key) instanceof Answer.Found<Optional<SegmentedProfile>>(var stored)) {
            return stored.orElseThrow();
        }
        throw new AssertionError("the memory can be read");
    }
}
