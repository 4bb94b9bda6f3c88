package dev.sluice.model.profile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.model.Event;
import dev.sluice.model.EventType;
import dev.sluice.model.Value;
import dev.sluice.model.rules.Occurrence;
import dev.sluice.model.rules.RuleEvaluator;
import dev.sluice.model.rules.RuleSet;
import dev.sluice.model.rules.RuleSetJson;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * Promises: of a run of the batch jobs and the stream each event is counted by exactly one, whatever the cut, however late
 * or often it comes; statistics take their place at their cut, whenever they arrive.
 */
class CutTest {
    private static final long SEED = 20_261_123L;

    @Test
    void everyEventIsCountedByTheRunOrByTheStreamAndByNoneTwice() {
        for (int history = 0; history < 2_000; history++) {
            var random = new Random(SEED + history);
            List<Event> copies = Histories.copies(random);
            Instant before = Histories.START.plusSeconds(random.nextInt(3_600));
            var cut = new Cut(before, before.plusSeconds(random.nextInt(120)));

            Set<String> byTheRun = theRun(copies, cut);
            Set<String> byTheStream = theStream(Histories.shuffled(copies, random), cut, random);

            assertThat(Collections.disjoint(byTheRun, byTheStream)).isTrue();
            byTheRun.addAll(byTheStream);
            assertThat(byTheRun).isEqualTo(ids(copies));
        }
    }

    /** The job reads the lake as it was at the horizon: all copies received before it. */
    private static Set<String> theRun(List<Event> copies, Cut cut) {
        Map<String, Event> canonical = new HashMap<>();
        copies.stream()
                .filter(copy -> copy.receivedAt().isBefore(cut.receivedBefore()))
                .forEach(copy -> canonical.merge(copy.id(), copy, CutTest::canonical));
        Set<String> counted = new HashSet<>();
        canonical.values().stream()
                .filter(event -> event.timestamp().isBefore(cut.before()))
                .forEach(event -> counted.add(event.id()));
        return counted;
    }

    /** The stream meets copies in any order and knows the canonical ones in the end. */
    private static Set<String> theStream(List<Event> arrivals, Cut cut, Random random) {
        var state = new UserState(Histories.PERSON, Recent.NOTHING);
        for (int from = 0; from < arrivals.size(); ) {
            int to = Math.min(arrivals.size(), from + 1 + random.nextInt(5));
            state = state.with(
                    EVERYTHING.take(state, arrivals.subList(from, to)).recent());
            from = to;
        }
        Set<String> counted = new HashSet<>();
        for (Occurrence event : state.recent().events()) {
            if (!cut.covers(event.time(), event.receivedAt())) {
                counted.add(event.id());
            }
        }
        return counted;
    }

    private static final RuleSet NEEDS_EVERYTHING =
            new RuleSet("demo", 1, RuleSetJson.readSegments("""
            {"segments":[
              {"id":"any","kind":"live","when":{"count":{"ever":true,"atLeast":1}}},
              {"id":"told","kind":"live","when":{"trait":"country","exists":true}},
              {"id":"heavy","kind":"live","when":{"statistic":"watched","atLeast":100}}
            ]}""".getBytes(StandardCharsets.UTF_8)));
    private static final Fold EVERYTHING = new Fold(NEEDS_EVERYTHING, new RuleEvaluator(NEEDS_EVERYTHING));

    @Test
    void statisticsCountFromTheirCutOnHoweverLateTheyCome() {
        Instant cut = Histories.START.plusSeconds(100);
        Event before = track("m1", cut.minusSeconds(50));
        Event after = track("m2", cut.plusSeconds(50));
        Event statistics = new Event(
                Histories.PERSON,
                "s1",
                EventType.STATISTICS,
                Optional.empty(),
                cut,
                cut.plusSeconds(7_200),
                Optional.empty(),
                new Value.Fields(Map.of("version", Value.of(1))),
                new Value.Fields(Map.of("watched", Value.of(120))));

        Recent late = take(take(Recent.NOTHING, before, after), statistics);

        assertThat(late.head().memberships())
                .hasEntrySatisfying("heavy", heavy -> assertThat(heavy.since()).isEqualTo(cut));
        assertThat(late).isEqualTo(take(Recent.NOTHING, before, statistics, after));
    }

    private static Recent take(Recent recent, Event... events) {
        return EVERYTHING
                .take(new UserState(Histories.PERSON, recent), List.of(events))
                .recent();
    }

    private static Event track(String id, Instant at) {
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

    private static Event canonical(Event one, Event other) {
        return List.of(one, other).stream()
                .min(Comparator.comparing(Event::receivedAt).thenComparing(Event::timestamp))
                .orElseThrow();
    }

    private static Set<String> ids(List<Event> copies) {
        return new HashSet<>(new ArrayList<>(copies.stream().map(Event::id).toList()));
    }
}
