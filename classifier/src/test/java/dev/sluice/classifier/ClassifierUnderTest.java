package dev.sluice.classifier;

import dev.sluice.classifier.memory.MemoryProfiles;
import dev.sluice.classifier.memory.MemoryRuleSets;
import dev.sluice.classifier.memory.MemoryUserStates;
import dev.sluice.model.PersonKey;
import dev.sluice.model.profile.SegmentedProfile;
import dev.sluice.model.rules.RuleEvaluator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A classifier over stores in memory, with one account and its rules.
 */
final class ClassifierUnderTest {
    static final PersonKey ANN = Samples.person("ann");

    final MemoryUserStates states = new MemoryUserStates();

    final MemoryProfiles profiles = new MemoryProfiles();

    final MemoryRuleSets published = new MemoryRuleSets();

    final RunningRules rules = Samples.runningRules(published, RuleEvaluator::new, List.of("demo"));

    final Tally tally = new Tally();

    final AtomicInteger tokens = new AtomicInteger();

    ClassifierUnderTest() {
        published.publish(Samples.rules(1, 2));
        rules.poll();
    }

    Classifier classifier(UserStates withStates, Profiles withProfiles) {
        return new Classifier(
                rules,
                Samples.stores(withStates, withProfiles, () -> "w" + tokens.incrementAndGet()),
                tally,
                Samples.PATIENT);
    }

    Optional<SegmentedProfile> stored(PersonKey key) {
        return profiles.read(List.of(key)).get(key) instanceof Answer.Found<Optional<SegmentedProfile>>(var found)
                ? found
                : Optional.empty();
    }
}
