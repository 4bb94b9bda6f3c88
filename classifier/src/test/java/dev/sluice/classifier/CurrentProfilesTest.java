package dev.sluice.classifier;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.classifier.memory.MemoryProfiles;
import dev.sluice.classifier.memory.MemoryRuleSets;
import dev.sluice.classifier.memory.MemoryUserStates;
import dev.sluice.model.PersonKey;
import dev.sluice.model.profile.Membership;
import dev.sluice.model.profile.SegmentedProfile;
import dev.sluice.model.profile.UserState;
import dev.sluice.model.rules.RuleEvaluator;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * Promises: a stored profile is shown with the ends that later events have moved, and nothing is written for it; while the
 * state cannot be had, or there is none, it is shown as it is stored; of whom none is stored none is shown.
 */
class CurrentProfilesTest {
    private static final PersonKey ANN = Samples.person("ann");
    private static final Instant DAY_LATER = Samples.NOON.plus(Duration.ofDays(1));

    private final MemoryRuleSets published = new MemoryRuleSets();
    private final RunningRules rules = Samples.runningRules(published, RuleEvaluator::new, List.of("demo"));
    private final MemoryUserStates states = new MemoryUserStates();
    private final MemoryProfiles profiles = new MemoryProfiles();

    CurrentProfilesTest() {
        published.publish(Samples.rules(1, 2));
        rules.poll();
        classify(Samples.line(ANN, "1", "Ad Skipped", 0), Samples.line(ANN, "2", "Ad Skipped", 1));
        classify(Samples.line(ANN, "3", "Ad Skipped", 5));
    }

    @Test
    void aProfileIsShownWithTheEndsThatLaterEventsHaveMoved() {
        assertThat(profiles.written())
                .singleElement()
                .satisfies(written -> assertThat(until(written)).contains(DAY_LATER));

        SegmentedProfile shown = shown(states, ANN).orElseThrow();

        assertThat(until(shown)).contains(DAY_LATER.plus(Duration.ofMinutes(1)));
        assertThat(shown.with(profiles.written().getFirst().memberships(), List.of()))
                .isEqualTo(profiles.written().getFirst());
        assertThat(profiles.written()).hasSize(1);
    }

    @Test
    void withoutTheStateItIsShownAsItIsStored() {
        SegmentedProfile stored = profiles.written().getFirst();
        assertThat(shown(new Away(states), ANN)).contains(stored);

        states.evict(ANN);
        assertThat(shown(states, ANN)).contains(stored);
        assertThat(shown(states, Samples.person("nobody"))).isEmpty();
    }

    private static Optional<Instant> until(SegmentedProfile profile) {
        return Optional.ofNullable(profile.memberships().get("skips")).flatMap(Membership::until);
    }

    private Optional<SegmentedProfile> shown(UserStates from, PersonKey key) {
        var shown = new CurrentProfiles(rules, Samples.stores(from, profiles, () -> "unused"));
        return shown.read(key) instanceof Answer.Found<Optional<SegmentedProfile>>(var found)
                ? found
                : Optional.empty();
    }

    private void classify(byte[]... lines) {
        var stores = Samples.stores(states, profiles, new AtomicInteger()::toString);
        assertThat(new Classifier(rules, stores, new Tally(), Samples.PATIENT)
                        .classify(List.of(lines))
                        .classified())
                .isEqualTo(lines.length);
    }

    /** States that cannot be reached. */
    private record Away(MemoryUserStates states) implements UserStates {
        @Override
        public Map<PersonKey, Answer<UserState>> read(Collection<PersonKey> people) {
            return Map.copyOf(people.stream()
                    .collect(Collectors.toMap(key -> key, key -> new Answer.Unreachable<UserState>("away"))));
        }

        @Override
        public Map<PersonKey, WriteResult> keep(List<Change> changes) {
            return states.keep(changes);
        }

        @Override
        public Map<PersonKey, Answer<Long>> confirm(Map<PersonKey, Long> revisions) {
            return states.confirm(revisions);
        }
    }
}
