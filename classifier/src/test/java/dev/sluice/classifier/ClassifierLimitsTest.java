package dev.sluice.classifier;

import static dev.sluice.classifier.Samples.line;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.classifier.memory.MemoryProfiles;
import dev.sluice.classifier.memory.MemoryRuleSets;
import dev.sluice.classifier.memory.MemoryUserStates;
import dev.sluice.model.PersonKey;
import dev.sluice.model.profile.UserState;
import dev.sluice.model.rules.RuleEvaluator;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/**
 * How much and how long:
 *
 * <ul>
 *   <li>once the time is over no store is called any more; what is not done is to be sent again, and then it is done;
 *   <li>no round trip is about more people than stated, however many a classification is about.
 * </ul>
 */
class ClassifierLimitsTest {
    private static final int PEOPLE = 2 * Classifier.PEOPLE_AT_ONCE + 200;

    private final MemoryUserStates states = new MemoryUserStates();
    private final MemoryProfiles profiles = new MemoryProfiles();
    private final RunningRules rules;
    private final AtomicInteger tokens = new AtomicInteger();

    ClassifierLimitsTest() {
        var published = new MemoryRuleSets();
        published.publish(Samples.rules(1, 1));
        rules = Samples.runningRules(published, RuleEvaluator::new, List.of("demo"));
        rules.poll();
    }

    @Test
    void onceTheTimeIsOverWhatIsNotDoneIsToBeSentAgain() {
        int inTime = 0;
        for (int seconds = 1; seconds <= 40; seconds++) {
            List<byte[]> lines = lines("t" + seconds + "-");
            var now = new AtomicLong();
            var calls = new AtomicInteger();
            var slow = new Interrupted(states, profiles, () -> {
                now.addAndGet(Duration.ofSeconds(1).toNanos());
                calls.incrementAndGet();
            });
            var limit = new TimeLimit(Duration.ofSeconds(seconds), now::get);

            var result = classifier(slow.states(), slow.profiles(), limit).classify(lines);

            assertThat(result.classified() + result.retry().size()).isEqualTo(PEOPLE);
            // Each call takes two seconds: one that was begun in the last may end one later.
            assertThat(calls.get()).isLessThanOrEqualTo(seconds + 1);
            inTime += result.retry().isEmpty() ? 1 : 0;
            assertThat(classifier(states, profiles, Samples.PATIENT)
                            .classify(lines)
                            .classified())
                    .isEqualTo(PEOPLE);
        }
        assertThat(inTime).as("limits that were enough").isBetween(1, 35);
    }

    @Test
    void noRoundTripIsAboutMorePeopleThanStated() {
        List<Integer> sizes = new ArrayList<>();
        var counted = new UserStates() {
            @Override
            public Map<PersonKey, Answer<UserState>> read(Collection<PersonKey> people) {
                sizes.add(people.size());
                return states.read(people);
            }

            @Override
            public Map<PersonKey, WriteResult> keep(List<Change> changes) {
                return states.keep(changes);
            }

            @Override
            public Map<PersonKey, Answer<Long>> confirm(Map<PersonKey, Long> revisions) {
                return states.confirm(revisions);
            }
        };

        var result = classifier(counted, profiles, Samples.PATIENT).classify(lines("n"));

        assertThat(result.classified()).isEqualTo(PEOPLE);
        assertThat(sizes).containsExactly(Classifier.PEOPLE_AT_ONCE, Classifier.PEOPLE_AT_ONCE, 200);
    }

    private static List<byte[]> lines(String prefix) {
        List<byte[]> lines = new ArrayList<>();
        for (int i = 0; i < PEOPLE; i++) {
            lines.add(line(Samples.person(prefix + i), "e" + i, "Ad Skipped", 0));
        }
        return lines;
    }

    private Classifier classifier(UserStates withStates, Profiles withProfiles, TimeLimit limit) {
        return new Classifier(
                rules,
                Samples.stores(withStates, withProfiles, () -> "w" + tokens.incrementAndGet()),
                new Tally(),
                limit);
    }
}
