package dev.sluice.model.profile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.model.Event;
import dev.sluice.model.EventType;
import dev.sluice.model.Value;
import dev.sluice.model.rules.RuleEvaluator;
import dev.sluice.model.rules.RuleSet;
import dev.sluice.model.rules.RuleSetJson;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * Promises: rows and statistics count from their own moment on, the higher version before the later time, whatever the
 * order in which they come; a row's traits lie over those that the person told; the newest row answers also what rules
 * did not ask for when it came, also where they asked for nothing of it; the four operations of an identify are applied in event time.
 */
class TraitsOverTimeTest {
    private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");
    private static final RuleSet RULES =
            new RuleSet("demo", 1, RuleSetJson.readSegments("""
            {"segments":[
              {"id":"us","kind":"live","when":{"trait":"country","equals":"US"}},
              {"id":"heavy","kind":"live","when":{"statistic":"watched","atLeast":100}},
              {"id":"chess","kind":"live","when":{"trait":"likes","listContains":"chess"}},
              {"id":"has-just-played","kind":"live","when":{"event":{"name":"Play"}}}
            ]}""".getBytes(StandardCharsets.UTF_8)));
    private static final Fold FOLD = new Fold(RULES, new RuleEvaluator(RULES));

    @Test
    void aRowCountsFromItsMomentOnAndLiesOverWhatThePersonTold() {
        List<Event> events = List.of(
                identify("i1", 0, Map.of("country", Value.of("DE"))),
                row(7, 10, Map.of("country", Value.of("US"))),
                identify("i2", 20, Map.of("country", Value.of("FR"))));

        assertThat(sinces(anyOrder(events))).containsExactly(Map.entry("us", NOON.plusSeconds(10)));
    }

    @Test
    void whenARowIsDeletedWhatThePersonToldCountsAgain() {
        List<Event> events = List.of(
                identify("i1", 0, Map.of("country", Value.of("DE"))),
                row(7, 10, Map.of("country", Value.of("US"))),
                row(8, 20, Map.of()));

        Recent recent = anyOrder(events);
        assertThat(sinces(recent)).isEmpty();
        assertThat(recent.head().past())
                .containsExactly(new PastMembership("us", NOON.plusSeconds(10), NOON.plusSeconds(20), 1, true));
    }

    @Test
    void theHigherVersionCountsAlsoWhenTheClockOfTheStoreWentBack() {
        List<Event> events =
                List.of(row(8, 10, Map.of("country", Value.of("US"))), row(7, 20, Map.of("country", Value.of("DE"))));

        assertThat(sinces(anyOrder(events))).containsKey("us");
    }

    @Test
    void statisticsReplaceEachOtherByVersion() {
        List<Event> events = List.of(
                statistics(1, 0, Map.of("watched", Value.of(150))), statistics(2, 30, Map.of("watched", Value.of(90))));

        Recent recent = anyOrder(events);
        assertThat(sinces(recent)).isEmpty();
        assertThat(recent.head().past())
                .singleElement()
                .satisfies(past -> assertThat(past.until()).isEqualTo(NOON.plusSeconds(30)));
    }

    @Test
    void theNewestRowAnswersWhatTheRulesDidNotAskForWhenItCame() {
        RuleSet asksForAge = new RuleSet("demo", 2, RuleSetJson.readSegments("""
                {"segments":[{"id":"old","kind":"live","when":{"trait":"age","atLeast":60}}]}""".getBytes(StandardCharsets.UTF_8)));
        Map<String, Value> whole = Map.of("country", Value.of("US"), "age", Value.of(61));
        Recent before = FOLD.take(new UserState(Histories.PERSON, Recent.NOTHING), List.of(row(7, 0, whole)))
                .recent();
        var state = new UserState(Histories.PERSON, new Snapshot(7, new Value.Fields(whole)), Snapshot.NONE, before, 1);

        Recent after = new Fold(asksForAge, new RuleEvaluator(asksForAge))
                .take(state, List.of())
                .recent();

        assertThat(sinces(after)).containsExactly(Map.entry("old", NOON));
    }

    @Test
    void aRowAndStatisticsThatCameWhenNoRuleAskedForAnyAnswerANewRuleSetFromTheirMomentOn() {
        RuleSet asksForNeither = new RuleSet("demo", 1, RuleSetJson.readSegments("""
                {"segments":[{"id":"has-just-played","kind":"live","when":{"event":{"name":"Play"}}}]}""".getBytes(StandardCharsets.UTF_8)));
        RuleSet asksForBoth = new RuleSet("demo", 2, RULES.segments());
        Map<String, Value> row = Map.of("country", Value.of("US"));
        Map<String, Value> statistics = Map.of("watched", Value.of(150));
        var newest = new UserState(
                Histories.PERSON,
                new Snapshot(7, new Value.Fields(row)),
                new Snapshot(3, new Value.Fields(statistics)),
                Recent.NOTHING,
                1);
        Fold before = new Fold(asksForNeither, new RuleEvaluator(asksForNeither));
        Recent untold = before.take(
                        newest,
                        List.of(track("m1", 0), row(6, 5, Map.of()), row(7, 10, row), statistics(3, 20, statistics)))
                .recent();
        assertThat(sinces(untold)).containsExactly(Map.entry("has-just-played", NOON));

        Recent after = new Fold(asksForBoth, new RuleEvaluator(asksForBoth))
                .take(newest.with(RecentJson.read(RecentJson.write(untold))), List.of(track("m2", 30)))
                .recent();

        assertThat(sinces(after))
                .containsExactly(
                        Map.entry("has-just-played", NOON),
                        Map.entry("heavy", NOON.plusSeconds(20)),
                        Map.entry("us", NOON.plusSeconds(10)));
    }

    @Test
    void whatAnotherStoreSaysIsNothingThatThePersonDoes() {
        List<Event> events = List.of(
                track("m1", 0),
                row(7, 10, Map.of("country", Value.of("US"))),
                statistics(1, 20, Map.of("watched", Value.of(150))));

        assertThat(sinces(anyOrder(events)))
                .containsExactly(
                        Map.entry("has-just-played", NOON),
                        Map.entry("heavy", NOON.plusSeconds(20)),
                        Map.entry("us", NOON.plusSeconds(10)));
    }

    @Test
    void statisticsThatComeWhenTheirPlaceIsSettledStillCount() {
        List<Event> events = new ArrayList<>();
        for (int i = 0; i < Recent.MAX_UNSETTLED + 100; i++) {
            events.add(track("m%04d".formatted(i), i));
        }
        Recent before = FOLD.take(new UserState(Histories.PERSON, Recent.NOTHING), events)
                .recent();
        assertThat(before.base().at()).isAfter(NOON.plusSeconds(1));

        Recent after = FOLD.take(
                        new UserState(Histories.PERSON, before),
                        List.of(statistics(1, 1, Map.of("watched", Value.of(150)))))
                .recent();

        assertThat(after.head().memberships()).containsKeys("heavy", "has-just-played");
        assertThat(FOLD.take(
                                new UserState(Histories.PERSON, after),
                                List.of(statistics(1, 1, Map.of("watched", Value.of(150)))))
                        .recent())
                .isSameAs(after);
    }

    @Test
    void operationsOfAnIdentifyAreAppliedInEventTime() {
        List<Event> events = List.of(
                identify("i1", 0, Map.of("likes", operation("$set", Value.of("go")))),
                identify("i2", 10, Map.of("likes", operation("$add", Value.of("chess")))),
                identify("i3", 20, Map.of("likes", operation("$add", Value.of("chess")))),
                identify("i4", 30, Map.of("likes", operation("$remove", new Value.Many(List.of(Value.of("go")))))));

        Recent recent = anyOrder(events);
        assertThat(sinces(recent)).containsExactly(Map.entry("chess", NOON.plusSeconds(10)));
        assertThat(recent.head().traits().list("likes")).containsExactly(Value.of("chess"));

        List<Event> more = new ArrayList<>(events);
        more.add(identify("i5", 40, Map.of("likes", operation("$unset", Value.of(true)))));
        assertThat(sinces(anyOrder(more))).isEmpty();
    }

    private static Value operation(String name, Value operand) {
        return new Value.Fields(Map.of(name, operand));
    }

    /** Taken in several orders, one by one; all must say the same. */
    private static Recent anyOrder(List<Event> events) {
        Recent first = oneByOne(events);
        for (int seed = 0; seed < 20; seed++) {
            List<Event> shuffled = new ArrayList<>(events);
            Collections.shuffle(shuffled, new Random(seed));
            assertThat(oneByOne(shuffled)).as("seed %d", seed).isEqualTo(first);
        }
        return first;
    }

    private static Recent oneByOne(List<Event> events) {
        Recent recent = Recent.NOTHING;
        for (Event event : events) {
            recent = FOLD.take(new UserState(Histories.PERSON, recent), List.of(event))
                    .recent();
            recent = RecentJson.read(RecentJson.write(recent));
        }
        return recent;
    }

    private static Map<String, Instant> sinces(Recent recent) {
        Map<String, Instant> sinces = new TreeMap<>();
        recent.head().memberships().forEach((segment, membership) -> sinces.put(segment, membership.since()));
        return sinces;
    }

    private static Event track(String id, int second) {
        Instant at = NOON.plusSeconds(second);
        return new Event(
                Histories.PERSON,
                id,
                EventType.TRACK,
                Optional.of("Play"),
                at,
                at,
                Optional.empty(),
                Value.Fields.NONE,
                Value.Fields.NONE);
    }

    private static Event identify(String id, int second, Map<String, Value> traits) {
        return event(EventType.IDENTIFY, id, second, Map.of(), traits);
    }

    private static Event row(int version, int second, Map<String, Value> columns) {
        return event(EventType.USER_PROFILE, "row" + version, second, Map.of("version", Value.of(version)), columns);
    }

    private static Event statistics(int version, int second, Map<String, Value> values) {
        return event(EventType.STATISTICS, "stats" + version, second, Map.of("version", Value.of(version)), values);
    }

    private static Event event(
            EventType type, String id, int second, Map<String, Value> properties, Map<String, Value> traits) {
        Instant at = NOON.plusSeconds(second);
        return new Event(
                Histories.PERSON,
                id,
                type,
                Optional.empty(),
                at,
                at,
                Optional.empty(),
                new Value.Fields(properties),
                new Value.Fields(traits));
    }
}
