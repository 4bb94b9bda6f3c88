package dev.sluice.dispatcher;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.dispatcher.memory.MemoryRuleSets;
import dev.sluice.model.EventType;
import dev.sluice.model.rules.RuleSet;
import dev.sluice.model.rules.RuleSetJson;
import dev.sluice.model.rules.RuleSetTiming;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/**
 * Which events the classifier is to see:
 *
 * <ul>
 *   <li>what the newest rule set needs, which is never older than the refresh, what those need that the classifier ran
 *       within the last minute, be they older or newer, and those in between;
 *   <li>everything, as long as any of that is not known: no answer yet or lately, a store that is down or slow, a bundle
 *       that cannot be read, too many that run at once;
 *   <li>the store is asked no more than once a refresh, and left alone when it is down or slow.
 * </ul>
 */
class CurrentRulesTest {
    private static final Duration MOMENT = Duration.ofMillis(1);

    private final MemoryRuleSets ruleSets = new MemoryRuleSets();
    private final TickingClock clock = new TickingClock();
    private Duration delay = Duration.ZERO;
    private final CurrentRules rules = new CurrentRules(new Slow(), clock::nanoTime);

    @Test
    void aNewSetWidensAtTheRefreshAndTheOldOneEndsAMinuteAfterItWasLastRun() {
        publish(1, "Old");
        runs(1);
        publish(2, "New");
        clock.pass(RuleSetTiming.REFRESH.minus(MOMENT));
        assertThat(need("New")).isFalse();

        clock.pass(MOMENT);
        assertThat(need("New")).isTrue();
        assertThat(need("Old")).isTrue();
        runs(1);
        clock.pass(Limits.REMEMBERED.minus(MOMENT));
        runs(2);
        assertThat(need("Old")).isTrue();
        clock.pass(MOMENT);
        assertThat(need("Old")).isFalse();
        assertThat(need("New")).isTrue();
    }

    @Test
    void whatARefusedSetWouldHaveReplacedIsMetForAsLongAsItRuns() {
        publish(1, "Old");
        publish(2, "Refused");
        runs(1);
        for (int minute = 0; minute < 100; minute++) {
            clock.pass(Limits.REMEMBERED.minus(MOMENT));
            runs(1);
            assertThat(need("Old")).isTrue();
            assertThat(need("Refused")).isTrue();
            assertThat(need("Other")).isFalse();
        }
    }

    @Test
    void withoutAnAnswerOfTheLastMinuteEverythingIsNeeded() {
        publish(1, "Old");
        assertThat(need("Other")).isTrue();
        runs(1);
        assertThat(need("Other")).isFalse();

        clock.pass(Limits.REMEMBERED);
        assertThat(need("Other")).isTrue();
        runs(1);
        assertThat(need("Other")).isFalse();
    }

    @Test
    void anAnswerOfAnotherAccountSaysNothingOfThisOne() {
        publish(1, "Old");
        need("Old");
        rules.answered(Map.of("other", 1));

        assertThat(need("Other")).isTrue();
    }

    @Test
    void aNumberAboveTheNewestIsLookedForAtOnce() {
        publish(1, "Old");
        runs(1);
        publish(2, "New");
        assertThat(need("New")).isFalse();

        runs(2);
        assertThat(need("New")).isTrue();
        assertThat(need("Old")).isTrue();
        assertThat(need("Other")).isFalse();
    }

    @Test
    void aNumberOfWhichNothingCanBeReadMakesEverythingNeeded() {
        publish(1, "Old");
        runs(1);
        runs(99);
        assertThat(need("Other")).isTrue();

        clock.pass(Limits.REMEMBERED);
        runs(1);
        assertThat(need("Other")).isFalse();
    }

    @Test
    void whatLiesBetweenWhatRunsAndTheNewestIsMetToo() {
        publish(1, "Event 1");
        runs(1);
        for (int number = 2; number <= Limits.MAX_MET; number++) {
            publish(number, "Event " + number);
        }
        clock.pass(RuleSetTiming.REFRESH);
        for (int number = 1; number <= Limits.MAX_MET; number++) {
            assertThat(need("Event " + number)).isTrue();
        }
        assertThat(need("Other")).isFalse();

        runs(3);
        clock.pass(Limits.REMEMBERED.minus(MOMENT));
        runs(3);
        clock.pass(RuleSetTiming.REFRESH);
        assertThat(need("Event 2")).isFalse();
        assertThat(need("Event 4")).isTrue();
    }

    @Test
    void ifThereAreTooManyEverythingIsNeeded() {
        publish(1, "Event 1");
        runs(1);
        for (int number = 2; number <= Limits.MAX_MET + 1; number++) {
            publish(number, "Event " + number);
        }
        clock.pass(RuleSetTiming.REFRESH);
        assertThat(need("Other")).isTrue();
    }

    @Test
    void thatSoManyDifferentNumbersAreAnsweredIsBounded() {
        publish(1, "Event 1");
        for (int number = 1; number < 1_000; number++) {
            runs(number);
        }
        assertThat(need("Other")).isTrue();

        clock.pass(Limits.REMEMBERED);
        runs(1);
        assertThat(need("Other")).isFalse();
    }

    @Test
    void oneInBetweenThatCannotBeReadMakesEverythingNeeded() {
        publish(1, "Old");
        runs(1);
        ruleSets.publish("demo", 2, new byte[] {'{'});
        publish(3, "New");
        clock.pass(RuleSetTiming.REFRESH);
        assertThat(need("Other")).isTrue();

        clock.pass(Limits.REMEMBERED);
        runs(3);
        assertThat(need("Other")).isFalse();
    }

    @Test
    void anAccountThatPublishedNothingNeedsNothingUntilItDoes() {
        runs(0);
        assertThat(need("New")).isFalse();

        publish(1, "New");
        clock.pass(RuleSetTiming.REFRESH);
        assertThat(need("New")).isTrue();
    }

    @Test
    void theStoreIsAskedOncePerRefresh() {
        for (int i = 0; i < 100; i++) {
            need("Any");
        }
        clock.pass(RuleSetTiming.REFRESH);
        need("Any");

        assertThat(ruleSets.asked()).isEqualTo(2);
    }

    @Test
    void aStoreThatIsDownMakesEverythingNeededAndIsLeftAlone() {
        publish(1, "Old");
        runs(1);
        ruleSets.down(true);
        clock.pass(RuleSetTiming.REFRESH.minus(MOMENT));
        assertThat(need("Other")).isFalse();

        clock.pass(MOMENT);
        int before = ruleSets.asked();
        assertThat(need("Other")).isTrue();
        clock.pass(Limits.QUIET.minus(MOMENT));
        assertThat(need("Other")).isTrue();
        assertThat(rules.need("stranger", EventType.TRACK, Optional.of("Old"))).isTrue();
        assertThat(ruleSets.asked()).isEqualTo(before + 1);

        ruleSets.down(false);
        clock.pass(MOMENT);
        assertThat(need("Other")).isFalse();
    }

    @Test
    void aStoreThatIsSlowIsLeftAloneAndItsAnswerAgesFromTheQuestion() {
        publish(1, "Old");
        runs(1);
        clock.pass(RuleSetTiming.REFRESH);
        delay = RuleSetTiming.REFRESH;

        assertThat(need("Other")).isTrue();
        int before = ruleSets.asked();
        clock.pass(Limits.QUIET.minus(MOMENT));
        assertThat(need("Other")).isTrue();
        assertThat(ruleSets.asked()).isEqualTo(before);
    }

    @Test
    void aBundleThatCannotBeReadMakesEverythingNeeded() {
        publish(1, "Old");
        runs(1);
        ruleSets.publish("demo", 2, new byte[] {'{'});
        clock.pass(RuleSetTiming.REFRESH);

        assertThat(need("Other")).isTrue();
        int before = ruleSets.asked();
        assertThat(need("Other")).isTrue();
        assertThat(ruleSets.asked()).isEqualTo(before);
        publish(3, "New");
        clock.pass(Limits.REMEMBERED);
        runs(3);
        assertThat(need("Other")).isFalse();
        assertThat(need("New")).isTrue();
    }

    @Test
    void ofManyAccountsThoseUsedLastAreRemembered() {
        publish(1, "Old");
        runs(1);
        for (int i = 0; i < Limits.MAX_ACCOUNTS; i++) {
            rules.need("account-" + i, EventType.TRACK, Optional.of("Old"));
        }

        assertThat(need("Other")).isTrue();
    }

    private boolean need(String event) {
        return rules.need("demo", EventType.TRACK, Optional.of(event));
    }

    /** The classifier says so of the account, which has been asked about. */
    private void runs(int number) {
        need("Any");
        rules.answered(Map.of("demo", number));
    }

    private void publish(int number, String event) {
        RuleSet set = Samples.naming("demo", number, event);
        ruleSets.publish("demo", number, RuleSetJson.write(set));
    }

    /** Takes its time. */
    private final class Slow implements RuleSets {
        @Override
        public Newest newest(String account, int after) {
            Newest newest = ruleSets.newest(account, after);
            clock.pass(delay);
            return newest;
        }

        @Override
        public Newest read(String account, int number) {
            return ruleSets.read(account, number);
        }
    }
}
