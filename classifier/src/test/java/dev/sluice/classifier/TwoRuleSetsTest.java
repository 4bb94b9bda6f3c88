package dev.sluice.classifier;

import static dev.sluice.classifier.Samples.line;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.classifier.memory.MemoryProfiles;
import dev.sluice.classifier.memory.MemoryRuleSets;
import dev.sluice.classifier.memory.MemoryUserStates;
import dev.sluice.model.PersonKey;
import dev.sluice.model.profile.SegmentedProfile;
import dev.sluice.model.profile.UserState;
import dev.sluice.model.rules.RuleEvaluator;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/**
 * Two classifiers over the same stores, of which one has not met the newest rule set yet:
 *
 * <ul>
 *   <li>what the newer rules have written the older ones never write over, at whatever step the newer came in between;
 *   <li>that holds by the profile alone when the state was lost;
 *   <li>the older one wants such lines again, and by then has looked for the newer rules.
 * </ul>
 */
class TwoRuleSetsTest {
    private final MemoryUserStates states = new MemoryUserStates();
    private final MemoryProfiles profiles = new MemoryProfiles();
    private final MemoryRuleSets seenByOld = new MemoryRuleSets();
    private final RunningRules old = running(seenByOld, 1, 2);
    private final RunningRules current = running(new MemoryRuleSets(), 2, 1);
    private final AtomicInteger tokens = new AtomicInteger();

    private static RunningRules running(MemoryRuleSets published, int number, int skips) {
        published.publish(Samples.rules(number, skips));
        var rules = Samples.runningRules(published, RuleEvaluator::new, List.of("demo"));
        rules.poll();
        return rules;
    }

    @Test
    void oldRulesNeverWriteOverWhatNewOnesWroteAtWhateverStep() {
        int steps = 0;
        for (int at = 0; at < 40; at++) {
            steps = Math.max(steps, neverGoesBack(Samples.person("p" + at), at));
        }
        assertThat(steps).as("places to interrupt at, all tried").isBetween(8, 39);
    }

    private int neverGoesBack(PersonKey key, int at) {
        var newer = classifier(current, states, profiles);
        List<Integer> ruleSets = new ArrayList<>();
        var calls = new AtomicInteger();
        var interrupted = new Interrupted(states, profiles, () -> {
            if (calls.getAndIncrement() == at) {
                newer.classify(List.of(line(key, "new", "Ad Skipped", 5)));
            }
            ruleSets.add(ruleSetOf(key));
        });
        var older = classifier(old, interrupted.states(), interrupted.profiles());
        older.classify(List.of(line(key, "a", "Ad Skipped", 0), line(key, "b", "Ad Skipped", 1)));
        older.classify(List.of(line(key, "c", "Ad Skipped", 2_000)));

        assertThat(ruleSets).as("of the state, interrupted at %d", at).isSorted();
        assertThat(profiles.written().stream()
                        .filter(profile -> profile.key().equals(key))
                        .map(SegmentedProfile::ruleSet))
                .as("of the profile, interrupted at %d", at)
                .isSorted();
        return calls.get();
    }

    @Test
    void byTheProfileAloneWhenTheStateWasLost() {
        PersonKey key = Samples.person("lost");
        classifier(current, states, profiles).classify(List.of(line(key, "a", "Ad Skipped", 0)));
        states.evict(key);

        var result = classifier(old, states, profiles).classify(List.of(line(key, "b", "Order Completed", 1)));

        assertThat(result.retry()).containsExactly(0);
        assertThat(profiles.written()).extracting(SegmentedProfile::ruleSet).containsExactly(2);
    }

    @Test
    void theOlderOneLooksForTheNewerRules() {
        PersonKey key = Samples.person("ann");
        classifier(current, states, profiles).classify(List.of(line(key, "a", "Ad Skipped", 0)));
        var older = classifier(old, states, profiles);
        seenByOld.publish(Samples.rules(2, 1));
        var lines = List.of(line(key, "b", "Order Completed", 1), line(Samples.person("bob"), "c", "Ad Skipped", 1));

        var first = older.classify(lines);
        assertThat(first.retry()).containsExactly(0);
        assertThat(first.classified()).isEqualTo(1);

        assertThat(older.classify(lines).classified()).isEqualTo(2);
        assertThat(profiles.written()).extracting(SegmentedProfile::ruleSet).containsOnly(2);
    }

    private Classifier classifier(RunningRules rules, UserStates withStates, Profiles withProfiles) {
        return new Classifier(
                rules,
                Samples.stores(withStates, withProfiles, () -> "w" + tokens.incrementAndGet()),
                new Tally(),
                Samples.PATIENT);
    }

    private int ruleSetOf(PersonKey key) {
        if (states.read(List.of(key)).get(key) instanceof Answer.Found<UserState>(var state)) {
            return state.recent().ruleSet();
        }
        throw new AssertionError("no state");
    }
}
