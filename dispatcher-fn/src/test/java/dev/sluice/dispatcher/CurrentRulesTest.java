package dev.sluice.dispatcher;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.dispatcher.CurrentRules.Need;
import dev.sluice.dispatcher.memory.MemoryRuleSets;
import dev.sluice.model.EventType;
import dev.sluice.model.rules.RuleSet;
import dev.sluice.model.rules.RuleSetJson;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/**
 * What is known of an account's rules:
 *
 * <ul>
 *   <li>a new set is met within the refresh, the old one's needs for a while longer;
 *   <li>the store is asked no more than once a refresh, and left alone when it is down;
 *   <li>neither a store that is down nor a bad bundle takes away what is known.
 * </ul>
 */
class CurrentRulesTest {
    private static final Duration MOMENT = Duration.ofMillis(1);

    private final MemoryRuleSets ruleSets = new MemoryRuleSets();
    private final TickingClock clock = new TickingClock();
    private final CurrentRules rules = new CurrentRules(ruleSets, clock);

    @Test
    void aNewSetWidensAtTheRefreshAndTheOldOneEndsAfterTheOverlap() {
        publish(1, "Old");
        assertThat(need("Old")).isEqualTo(Need.NEEDED);
        publish(2, "New");
        clock.pass(Limits.REFRESH.minus(MOMENT));
        assertThat(need("New")).isEqualTo(Need.NOT_NEEDED);

        clock.pass(MOMENT);
        assertThat(need("New")).isEqualTo(Need.NEEDED);
        assertThat(need("Old")).isEqualTo(Need.NEEDED);
        clock.pass(Limits.OVERLAP.minus(MOMENT));
        assertThat(need("Old")).isEqualTo(Need.NEEDED);
        clock.pass(MOMENT);
        assertThat(need("Old")).isEqualTo(Need.NOT_NEEDED);
        assertThat(need("New")).isEqualTo(Need.NEEDED);
    }

    @Test
    void theNeedsOfSeveralSetsInShortOrderAreAllMet() {
        for (int number = 1; number <= 3; number++) {
            publish(number, "Event " + number);
            clock.pass(Limits.REFRESH);
            assertThat(need("Event " + number)).isEqualTo(Need.NEEDED);
        }

        assertThat(need("Event 1")).isEqualTo(Need.NEEDED);
        assertThat(need("Event 2")).isEqualTo(Need.NEEDED);
    }

    @Test
    void anAccountThatPublishedNothingNeedsNothingUntilItDoes() {
        assertThat(need("New")).isEqualTo(Need.NOT_NEEDED);
        publish(1, "New");
        clock.pass(Limits.REFRESH);
        assertThat(need("New")).isEqualTo(Need.NEEDED);
    }

    @Test
    void theStoreIsAskedOncePerRefresh() {
        for (int i = 0; i < 100; i++) {
            need("Any");
        }
        clock.pass(Limits.REFRESH);
        need("Any");

        assertThat(ruleSets.asked()).isEqualTo(2);
    }

    @Test
    void aStoreThatIsDownLeavesWhatIsKnownAndIsLeftAlone() {
        publish(1, "Old");
        need("Old");
        ruleSets.down(true);
        clock.pass(Limits.REFRESH);
        int before = ruleSets.asked();

        assertThat(need("Old")).isEqualTo(Need.NEEDED);
        assertThat(need("Other")).isEqualTo(Need.NOT_NEEDED);
        clock.pass(Limits.QUIET.minus(MOMENT));
        assertThat(need("Old")).isEqualTo(Need.NEEDED);
        assertThat(rules.of("stranger", EventType.TRACK, Optional.of("Old"))).isEqualTo(Need.UNKNOWN);
        assertThat(ruleSets.asked()).isEqualTo(before + 1);
    }

    @Test
    void aBadBundleDoesNotReplaceAGoodOne() {
        publish(1, "Old");
        need("Old");
        ruleSets.publish("demo", 2, new byte[] {'{'});
        clock.pass(Limits.REFRESH);

        assertThat(need("Old")).isEqualTo(Need.NEEDED);
        assertThat(need("Other")).isEqualTo(Need.NOT_NEEDED);
        publish(3, "New");
        clock.pass(Limits.REFRESH);
        assertThat(need("New")).isEqualTo(Need.NEEDED);
    }

    @Test
    void ifOnlyABadBundleIsThereEverythingGoesToTheClassifier() {
        ruleSets.publish("demo", 1, new byte[] {'{'});
        assertThat(need("Any")).isEqualTo(Need.NEEDED);

        publish(2, "New");
        clock.pass(Limits.REFRESH);
        assertThat(need("Any")).isEqualTo(Need.NOT_NEEDED);
    }

    private Need need(String event) {
        return rules.of("demo", EventType.TRACK, Optional.of(event));
    }

    private void publish(int number, String event) {
        RuleSet set = Samples.naming("demo", number, event);
        ruleSets.publish("demo", number, RuleSetJson.write(set));
    }
}
