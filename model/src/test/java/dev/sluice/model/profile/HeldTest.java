package dev.sluice.model.profile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.model.Event;
import dev.sluice.model.EventType;
import dev.sluice.model.Value;
import dev.sluice.model.rules.RuleEvaluator;
import dev.sluice.model.rules.RuleSet;
import dev.sluice.model.rules.RuleSetJson;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * Promises, of somebody of whom something is lost: memberships are not left; if everything is lost they stand still; old
 * events that come again in any order are all taken; after the release the person is what the events say.
 */
class HeldTest {
    private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");
    private static final RuleSet RULES =
            new RuleSet("demo", 1, RuleSetJson.readSegments("""
            {"segments":[
              {"id":"hot","kind":"live","when":{"count":{"name":"Buy","last":"P200D","atLeast":3}}},
              {"id":"cold","kind":"live","when":{"not":{"segment":"hot"}}},
              {"id":"player","kind":"live","when":{"event":{"name":"Play"}}},
              {"id":"regular","kind":"overwrite","group":"tier","rank":1,"when":{"count":{"name":"Buy","ever":true,"atLeast":2}}},
              {"id":"newcomer","kind":"overwrite","group":"tier","rank":2,"when":{"count":{"name":"Buy","ever":true,"lessThan":2}}}
            ]}""".getBytes(StandardCharsets.UTF_8)));
    private static final Fold FOLD = new Fold(RULES, new RuleEvaluator(RULES));
    private static final Map<String, Membership> HELD = Map.of(
            "hot", new Membership(NOW.minus(Duration.ofDays(98)), 1, true),
            "regular", new Membership(NOW.minus(Duration.ofDays(99)), 1, true));

    @Test
    void ofWhomEverythingIsLostTheSegmentsStandStill() {
        Recent recent = take(lost(true), track("Play", "p1", 0));

        assertThat(recent.head().memberships()).isEqualTo(HELD);
        assertThat(recent.head().due()).isEmpty();
    }

    @Test
    void ofWhomSomethingMayBeLostNothingIsLeftAndOthersAreEntered() {
        Recent recent = take(lost(false), track("Play", "p1", 0));

        assertThat(segments(recent)).contains("hot", "regular", "player").doesNotContain("newcomer");
    }

    @Test
    void oldEventsThatComeAgainInAnyOrderAreAllTakenAndAfterTheReleaseTheyCount() {
        Recent recent = take(lost(true), track("Play", "p1", 0));
        recent = take(recent, track("Buy", "b2", 99));
        recent = take(recent, track("Buy", "b1", 100));
        recent = take(recent, track("Buy", "b3", 98));

        Recent released = take(recent.unfolded(Optional.empty()));

        assertThat(segments(released)).containsExactlyInAnyOrder("hot", "regular", "player");
        assertThat(released.head().memberships())
                .hasEntrySatisfying("hot", hot -> assertThat(hot.since()).isEqualTo(NOW.minus(Duration.ofDays(98))));
    }

    private static Recent lost(boolean everything) {
        return new Recent(1, FoldState.START, List.of(), FoldState.START, Optional.of(new Held(NOW, HELD, everything)));
    }

    private static Recent take(Recent recent, Event... events) {
        return FOLD.take(new UserState(Histories.PERSON, recent), List.of(events))
                .recent();
    }

    private static Set<String> segments(Recent recent) {
        return recent.head().memberships().keySet();
    }

    private static Event track(String name, String id, int daysAgo) {
        Instant at = NOW.minus(Duration.ofDays(daysAgo));
        return new Event(
                Histories.PERSON,
                id,
                EventType.TRACK,
                Optional.of(name),
                at,
                at,
                Optional.empty(),
                Value.Fields.NONE,
                Value.Fields.NONE);
    }
}
