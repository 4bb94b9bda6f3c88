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
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * Promises: when a new rule set takes over, a person is folded again from what is kept, under the new set and as the
 * definition says, whatever the earlier set had put the person into.
 */
class FoldUnderANewRuleSetTest {
    private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");

    @Test
    void aNewRuleSetIsAppliedToWhatIsKept() {
        Recent recent = take(
                Histories.RULES, Recent.NOTHING, event("Buy", "m1", NOON), event("Buy", "m2", NOON.plusSeconds(1)));
        assertThat(segments(recent)).contains("two");

        var fewer = new RuleSet("demo", 2, Histories.RULES.segments().subList(0, 5));
        Fold.Outcome swapped = new Fold(fewer, new RuleEvaluator(fewer)).take(state(recent), List.of());

        assertThat(swapped.refolded()).isTrue();
        assertThat(segments(swapped.recent())).contains("one").doesNotContain("two");
    }

    @Test
    void anEventThatOnlyAnEarlierRuleSetNamedIsHistoryButNoOccasion() {
        Recent recent = take(
                Histories.RULES,
                Recent.NOTHING,
                event("Open", "o1", NOON),
                event("Open", "o2", NOON),
                event("Open", "o3", NOON),
                event("Buy", "b1", NOON.plusSeconds(60)));

        var opens = new RuleSet("demo", 2, List.of(Histories.RULES.segments().get(0)));

        assertThat(segments(take(opens, recent))).containsExactly("active");
    }

    @Test
    void ofTwoThatANewRuleSetMakesOneGroupThePersonKeepsTheHigher() {
        RuleSet free = rules(1, """
                {"id":"bronze","kind":"live","when":{"event":{"name":"Open"}}},
                {"id":"gold","kind":"overwrite","group":"other","rank":1,"when":{"event":{"name":"Open"}}}""");
        RuleSet grouped = rules(2, """
                {"id":"bronze","kind":"overwrite","group":"tier","rank":1,"when":{"event":{"name":"Buy"}}},
                {"id":"gold","kind":"overwrite","group":"tier","rank":2,"when":{"event":{"name":"Buy"}}},
                {"id":"in-bronze","kind":"live","when":{"segment":"bronze"}},
                {"id":"in-gold","kind":"live","when":{"segment":"gold"}},
                {"id":"opened","kind":"live","when":{"event":{"name":"Open"}}}""");
        Event old = event("Open", "o1", NOON.minus(Recent.MAX_LATENESS).minus(Duration.ofDays(1)));
        Event now = event("Open", "o2", NOON);
        Recent before = take(free, Recent.NOTHING, old, now);
        assertThat(before.base().direct()).containsExactlyInAnyOrder("bronze", "gold");

        Recent after = take(grouped, before);

        assertThat(segments(after))
                .isEqualTo(BruteForceProfile.of(
                                grouped, List.of(now), before.base().direct(), Instant.MIN)
                        .keySet())
                .containsExactlyInAnyOrder("gold", "in-gold", "opened");
    }

    private static Recent take(RuleSet rules, Recent recent, Event... events) {
        return new Fold(rules, new RuleEvaluator(rules))
                .take(state(recent), List.of(events))
                .recent();
    }

    private static Set<String> segments(Recent recent) {
        return recent.head().memberships().keySet();
    }

    private static UserState state(Recent recent) {
        return new UserState(Histories.PERSON, recent);
    }

    private static RuleSet rules(int number, String segments) {
        byte[] draft = ("{\"segments\":[" + segments + "]}").getBytes(StandardCharsets.UTF_8);
        return new RuleSet("demo", number, RuleSetJson.readSegments(draft));
    }

    private static Event event(String name, String id, Instant time) {
        return new Event(
                Histories.PERSON,
                id,
                EventType.TRACK,
                Optional.of(name),
                time,
                time,
                Optional.empty(),
                Value.Fields.NONE,
                Value.Fields.NONE);
    }
}
