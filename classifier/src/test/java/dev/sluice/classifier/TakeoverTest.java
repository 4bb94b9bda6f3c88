package dev.sluice.classifier;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.model.rules.RuleSetTiming;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * When a new rule set takes over:
 *
 * <ul>
 *   <li>it runs no sooner than the stated delay after it was seen, and within the stated time after publication, by
 *       itself; so does each of several in short order;
 *   <li>at once only where nothing runs yet and it was published so long ago, or where another classifier runs it
 *       already.
 * </ul>
 */
class TakeoverTest {
    private static final Duration POLL = Duration.ofSeconds(1);
    private static final Duration MOMENT = Duration.ofMillis(1);

    private final OneAccount account = new OneAccount();

    @Test
    void aNewOneWaitsForEveryDispatcherAndThenRunsByItself() {
        account.runs(1, 2);
        account.published.publish(Samples.rules(2, 2));
        account.rules.poll();
        assertThat(account.built).as("built while it waits").hasValue(2);
        account.pass(RuleSetTiming.SWAP_DELAY.minus(MOMENT));
        assertThat(account.number()).isEqualTo(1);

        account.pass(MOMENT);
        assertThat(account.number()).isEqualTo(2);
        assertThat(account.rules.report().numbers()).isEqualTo(Map.of("demo", 2));
    }

    @Test
    void eachOfSeveralInShortOrderRunsInTime() {
        account.runs(1, 2);
        Duration inForceAfter = RuleSetTiming.IN_FORCE_WITHIN.minus(MOMENT);
        var publishedAt = new ArrayList<Long>();
        for (int number = 2; number < 12; number++) {
            account.published.publish(Samples.rules(number, 2));
            publishedAt.add(account.nanos.get());
            account.pass(POLL);
            account.rules.poll();
            long now = account.nanos.get();
            int least = 1
                    + (int) publishedAt.stream()
                            .filter(at -> now - at >= inForceAfter.toNanos())
                            .count();
            assertThat(account.number()).isBetween(least, number);
        }
        account.pass(RuleSetTiming.SWAP_DELAY);
        account.rules.poll();
        account.pass(RuleSetTiming.SWAP_DELAY);
        assertThat(account.number()).isEqualTo(11);
    }

    @Test
    void theFirstRuleSetOfAnAccountWaitsToo() {
        account.rules.poll();
        account.published.publish(Samples.rules(1, 2));
        account.rules.poll();
        assertThat(account.rules.of("demo")).isEqualTo(new RunningRules.NoRules());

        account.pass(RuleSetTiming.SWAP_DELAY);
        assertThat(account.number()).isEqualTo(1);
    }

    @Test
    void aStartRunsTheNewestThatIsOldEnoughAndTheNewestWaits() {
        publishAndPass(1, RuleSetTiming.SWAP_DELAY);
        publishAndPass(2, MOMENT);
        publishAndPass(3, RuleSetTiming.SWAP_DELAY.minus(MOMENT));
        publishAndPass(4, Duration.ZERO);
        account.rules.poll();
        assertThat(account.number()).as("the third is a moment too new").isEqualTo(2);

        account.pass(RuleSetTiming.SWAP_DELAY.minus(MOMENT));
        account.rules.poll();
        assertThat(account.number()).isEqualTo(2);
        account.pass(MOMENT);
        assertThat(account.number()).isEqualTo(4);
    }

    @Test
    void aStartThatFindsNothingOldEnoughPassesNothingOverUntilTheNewestRuns() {
        publishAndPass(1, MOMENT);
        account.rules.poll();
        account.rules.poll();
        assertThat(account.rules.of("demo")).isEqualTo(new RunningRules.NotKnown());
        assertThat(account.rules.isReady()).isFalse();

        account.pass(RuleSetTiming.SWAP_DELAY);
        assertThat(account.number()).isEqualTo(1);
    }

    private void publishAndPass(int number, Duration duration) {
        account.published.publish(Samples.rules(number, 2));
        account.pass(duration);
    }

    @Test
    void oneThatAnotherClassifierRunsIsRunAtOnce() {
        account.runs(1, 2);
        account.published.publish(Samples.rules(2, 2));
        account.rules.follow("demo", 2);
        assertThat(account.number()).isEqualTo(2);

        account.published.publish(Samples.rules(3, 2));
        account.rules.poll();
        account.published.publish(Samples.rules(4, 2));
        account.rules.poll();
        int before = account.built.get();
        account.rules.follow("demo", 3);
        assertThat(account.number()).as("what waits, and no newer one").isEqualTo(3);
        account.rules.follow("demo", 2);
        assertThat(account.number()).isEqualTo(3);
        assertThat(account.built).hasValue(before);
        account.pass(RuleSetTiming.SWAP_DELAY);
        assertThat(account.number()).isEqualTo(4);
    }

    @Test
    void aNumberThatIsNotThereIsNotFollowed() {
        account.runs(1, 2);
        account.rules.follow("demo", 99);
        account.rules.follow("stranger", 1);

        assertThat(account.number()).isEqualTo(1);
        assertThat(account.rules.report().problems().get("demo")).contains("99");
        account.rules.poll();
        assertThat(account.rules.report().problems()).isEmpty();
    }
}
