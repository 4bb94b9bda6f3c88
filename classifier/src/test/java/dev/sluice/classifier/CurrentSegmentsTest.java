package dev.sluice.classifier;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.classifier.memory.MemoryIdentities;
import dev.sluice.classifier.memory.MemoryProfiles;
import dev.sluice.classifier.memory.MemoryRuleSets;
import dev.sluice.classifier.memory.MemoryUserStates;
import dev.sluice.model.PersonKey;
import dev.sluice.model.profile.Cause;
import dev.sluice.model.profile.Membership;
import dev.sluice.model.profile.SegmentedProfile;
import dev.sluice.model.rules.RuleEvaluator;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/**
 * Promises: one read of the profiles answers of a person; a name is answered as the person by whom it goes, through others; a
 * membership that has ended is not shown, unless later events have moved its end; a store that does not answer is not taken
 * for nobody.
 */
class CurrentSegmentsTest {
    private static final PersonKey ANN = Samples.person("ann");
    private static final PersonKey BROWSER = PersonKey.ofAnonymous("demo", "b-1");
    private static final PersonKey EARLIER = Samples.person("ann-before");

    private final MemoryRuleSets published = new MemoryRuleSets();
    private final RunningRules rules = Samples.runningRules(published, RuleEvaluator::new, List.of("demo"));
    private final MemoryUserStates states = new MemoryUserStates();
    private final MemoryProfiles profiles = new MemoryProfiles();
    private final MemoryIdentities identities = new MemoryIdentities();
    private final AtomicInteger reads = new AtomicInteger();

    @Test
    void onePersonIsOneRead() {
        profiles.write(List.of(Samples.profile(ANN, 1, "w", "gold")));

        assertThat(segments(ANN, Samples.NOON)).containsExactly("gold");
        assertThat(reads).hasValue(1);
        assertThat(segments(Samples.person("nobody"), Samples.NOON)).isEmpty();
    }

    @Test
    void aNameIsAnsweredAsThePersonByWhomItGoes() {
        profiles.write(List.of(Samples.profile(ANN, 1, "w", "gold"), emptied(BROWSER)));
        identities.write(List.of(
                Identity.unknown(BROWSER).goingBy(EARLIER, "e", Samples.NOON, "w1"),
                Identity.unknown(EARLIER).goingBy(ANN, "e", Samples.NOON, "w2")));

        assertThat(segments(BROWSER, Samples.NOON)).containsExactly("gold");
        assertThat(segments(EARLIER, Samples.NOON)).containsExactly("gold");
    }

    @Test
    void aCircleOfNamesEnds() {
        identities.write(List.of(
                Identity.unknown(BROWSER).goingBy(EARLIER, "e", Samples.NOON, "w1"),
                Identity.unknown(EARLIER).goingBy(BROWSER, "e", Samples.NOON, "w2")));

        assertThat(segments(BROWSER, Samples.NOON)).isEmpty();
    }

    @Test
    void aMembershipThatHasEndedIsNotShown() {
        Instant end = Samples.NOON.plus(Duration.ofHours(1));
        profiles.write(List.of(Samples.profile(ANN, 1, "w", "gold")
                .with(
                        Map.of(
                                "gold", new Membership(Samples.NOON, 1, true, Optional.of(end)),
                                "silver", new Membership(Samples.NOON, 1, true)),
                        List.of())));

        assertThat(segments(ANN, end.minusMillis(1))).containsExactly("gold", "silver");
        assertThat(segments(ANN, end)).containsExactly("silver");
    }

    @Test
    void anEndThatLaterEventsHaveMovedIsNotYet() {
        published.publish(Samples.rules(1, 2));
        rules.poll();
        var classifier = new Classifier(
                rules,
                Samples.stores(states, profiles, () -> "w" + reads.incrementAndGet()),
                new Tally(),
                Samples.PATIENT);
        classifier.classify(List.of(Samples.line(ANN, "1", "Ad Skipped", 0), Samples.line(ANN, "2", "Ad Skipped", 1)));
        classifier.classify(List.of(Samples.line(ANN, "3", "Ad Skipped", 600)));
        assertThat(profiles.written()).hasSize(1);

        Instant storedEnd = Samples.NOON.plus(Duration.ofDays(1));
        assertThat(segments(ANN, storedEnd)).containsExactly("skips");
        assertThat(segments(ANN, storedEnd.plus(Duration.ofHours(11)))).isEmpty();
    }

    @Test
    void aStoreThatDoesNotAnswerIsNotTakenForNobody() {
        var away = new Profiles() {
            @Override
            public Map<PersonKey, Answer<Optional<SegmentedProfile>>> read(Collection<PersonKey> people) {
                return Map.of();
            }

            @Override
            public Map<PersonKey, WriteResult> write(List<SegmentedProfile> some) {
                return Map.of();
            }
        };

        assertThat(asking(away, Samples.NOON).of(ANN)).isInstanceOf(Answer.Unreachable.class);
    }

    private static SegmentedProfile emptied(PersonKey key) {
        return new SegmentedProfile(
                key,
                1,
                1,
                Samples.NOON,
                "w",
                Map.of(),
                new Cause(Cause.Kind.MERGE, "e", Samples.NOON, Optional.empty()));
    }

    private Collection<String> segments(PersonKey key, Instant now) {
        var counting = new Profiles() {
            @Override
            public Map<PersonKey, Answer<Optional<SegmentedProfile>>> read(Collection<PersonKey> people) {
                reads.incrementAndGet();
                return profiles.read(people);
            }

            @Override
            public Map<PersonKey, WriteResult> write(List<SegmentedProfile> some) {
                return profiles.write(some);
            }
        };
        return asking(counting, now).of(key) instanceof Answer.Found<Optional<SegmentedProfile>>(var found)
                ? found.map(profile -> profile.memberships().keySet()).orElse(Set.of())
                : List.of("no answer");
    }

    private CurrentSegments asking(Profiles some, Instant now) {
        var current = new CurrentProfiles(rules, Samples.stores(states, profiles, () -> "x"));
        return new CurrentSegments(some, identities, current, () -> now);
    }
}
