package dev.sluice.model.profile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.model.Event;
import dev.sluice.model.EventType;
import dev.sluice.model.PersonKey;
import dev.sluice.model.Value;
import dev.sluice.model.rules.RuleEvaluator;
import dev.sluice.model.rules.RuleLimits;
import dev.sluice.model.rules.RuleSet;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * Promises: any order of arrival, any repeats, any split into batches and any looking in between end in the profile that the
 * definition gives;
 * a repeat changes nothing at all; what is kept is bounded, and what comes too late for it is counted.
 */
class FoldTest {
    private static final long SEED = 20_261_121L;
    private static final Fold FOLD = new Fold(Histories.RULES, new RuleEvaluator(Histories.RULES));

    @Test
    void anyOrderAnyRepeatsAndAnySplitEndInTheDefinedProfile() {
        assertConverges(Histories.RULES, 10_000);
    }

    @Test
    void soItIsWithTheWholeLanguageAndSegmentsThatReferToOthers() {
        assertConverges(Histories.WHOLE_LANGUAGE, 1_000);
    }

    private static void assertConverges(RuleSet rules, int histories) {
        var fold = new Fold(rules, new RuleEvaluator(rules));
        for (int history = 0; history < histories; history++) {
            var random = new Random(SEED + history);
            List<Event> copies = Histories.copies(random);
            Instant now = Histories.END.plusSeconds(random.nextInt(2_400));
            Map<String, Instant> defined = BruteForceProfile.of(rules, copies, now);

            List<Event> arrivals = Histories.shuffled(copies, random);
            arrivals.addAll(Histories.shuffled(copies, random).subList(0, random.nextInt(copies.size())));
            Recent recent = inBatches(fold, arrivals, random, true);

            assertThat(sinces(fold.take(state(recent), List.of(), Optional.of(now))
                            .recent()))
                    .as("seed %d", SEED + history)
                    .isEqualTo(defined);
        }
    }

    @Test
    void theGeneratedHistoriesReachEverySegmentAndLeaveSome() {
        Map<String, Integer> reached = new TreeMap<>();
        for (int history = 0; history < 1_000; history++) {
            List<Event> copies = Histories.copies(new Random(SEED + history));
            BruteForceProfile.of(Histories.WHOLE_LANGUAGE, copies)
                    .keySet()
                    .forEach(s -> reached.merge(s, 1, Integer::sum));
        }
        assertThat(reached).containsOnlyKeys(Histories.WHOLE_LANGUAGE.byId().keySet());
        assertThat(reached.values()).allSatisfy(people -> assertThat(people).isBetween(20, 990));
    }

    @Test
    void aRepeatLeavesWhatIsKeptAsItIs() {
        List<Event> events = Histories.copies(new Random(SEED));
        Recent once = inBatches(events, new Random(1));

        Fold.Outcome again = FOLD.take(state(once), events);

        assertThat(again.recent()).isSameAs(once);
        assertThat(again.taken()).isZero();
    }

    @Test
    void theCopyReceivedFirstMovesAnEventToItsTime() {
        Instant noon = Instant.parse("2026-11-21T12:00:00Z");
        var late = event("m1", noon.plusSeconds(60), noon.plusSeconds(90));
        var first = event("m1", noon, noon.plusSeconds(1));

        Recent recent = FOLD.take(state(Recent.NOTHING), List.of(late)).recent();
        Fold.Outcome moved = FOLD.take(state(recent), List.of(first));

        assertThat(moved.refolded()).isTrue();
        assertThat(moved.recent().events())
                .singleElement()
                .satisfies(kept -> assertThat(kept.time()).isEqualTo(noon));
        assertThat(moved.recent().head().at()).isEqualTo(noon);
    }

    @Test
    void ofManyEventsOnlyThoseAreKeptThatALaterAnswerCanDependOn() {
        List<Event> events = new ArrayList<>();
        for (int i = 0; i < 2 * Recent.MAX_UNSETTLED; i++) {
            Instant at = Histories.START.plusMillis(i);
            events.add(event("m%04d".formatted(i), at, at));
        }
        Recent recent = inBatches(events, new Random(1));

        assertThat(recent.events()).hasSize(Recent.MAX_UNSETTLED + RuleLimits.MAX_COUNT + 1);
        assertThat(sinces(recent)).isEqualTo(BruteForceProfile.of(Histories.RULES, events));
        Fold.Outcome older = FOLD.take(state(recent), List.of(event("late", Histories.START, Histories.START)));
        assertThat(older.tooLate()).isEqualTo(1);
        assertThat(older.recent()).isSameAs(recent);
    }

    @Test
    void aBusyPersonsProfileIsTheDefinedOneAlsoWhenEventsComeALittleOutOfOrder() {
        for (int history = 0; history < 2; history++) {
            var random = new Random(SEED + history);
            List<Event> events = Histories.busy(random, 700);
            List<Event> arrivals = Histories.jostled(events, random, 50);

            Recent recent = inBatches(arrivals, random);

            assertThat(sinces(recent))
                    .as("seed %d", SEED + history)
                    .isEqualTo(BruteForceProfile.of(Histories.RULES, events));
        }
    }

    @Test
    void whatOnceHeldIsNotRevokedByManyEventsOfAnotherKindAndOneLateOne() {
        List<Event> events = new ArrayList<>(List.of(
                click("c1", Histories.START),
                click("c2", Histories.START.plusMillis(1)),
                event("b1", Histories.START.plusMillis(2), Histories.START),
                event("b2", Histories.START.plusMillis(3), Histories.START)));
        for (int i = 0; i < Recent.MAX_UNSETTLED + 100; i++) {
            Instant at = Histories.START.plusSeconds(1).plusMillis(i);
            events.add(track("Open", "o%04d".formatted(i), at, at, Value.Fields.NONE));
        }
        Recent recent = inBatches(events, new Random(1));
        Event late = track(
                "Open", "late", Histories.START.plusSeconds(1).plusMillis(400), Histories.START, Value.Fields.NONE);
        Recent again = FOLD.take(state(recent), List.of(late)).recent();

        events.add(late);
        assertThat(sinces(again))
                .isEqualTo(BruteForceProfile.of(Histories.RULES, events))
                .containsKeys("fan", "two");
    }

    @Test
    void aHostileClientCannotFillAPersonsState() {
        List<Event> events = new ArrayList<>();
        for (int i = 0; i < 2 * Recent.MAX_EVENTS; i++) {
            Instant at = Histories.START.plusMillis(i);
            var properties = new Value.Fields(Map.of("b", Value.of("x".repeat(30_000))));
            events.add(track("Click", "m%04d".formatted(i), at, at, properties));
        }
        Recent recent = FOLD.take(state(Recent.NOTHING), events).recent();

        assertThat(RecentJson.write(recent)).hasSizeLessThan(2 << 20);
    }

    @Test
    void anEventBeyondTheStatedLatenessIsSettledAndKeptOnlyWhileAWindowReachesIt() {
        Instant noon = Instant.parse("2026-11-21T12:00:00Z");
        Instant settled = noon.minus(Recent.MAX_LATENESS).minusMillis(1);
        Instant ancient = settled.minus(Duration.ofMinutes(20));

        Recent recent = FOLD.take(
                        state(Recent.NOTHING),
                        List.of(event("ancient", ancient, noon), event("old", settled, noon), event("new", noon, noon)))
                .recent();

        assertThat(recent.base().lastId()).isEqualTo("old");
        assertThat(recent.events()).extracting("id").containsExactly("old", "new");
        assertThat(FOLD.take(state(recent), List.of(event("too late", settled.minusMillis(1), noon)))
                        .tooLate())
                .isEqualTo(1);
    }

    @Test
    void lookingSettlesNothing() {
        Instant noon = Instant.parse("2026-11-21T12:00:00Z");
        List<Event> events = List.of(click("c1", noon), click("c2", noon.plus(Duration.ofDays(4))));
        Recent recent = FOLD.take(state(Recent.NOTHING), events).recent();
        Recent looked = FOLD.take(state(recent), List.of(), Optional.of(noon.plus(Duration.ofDays(400))))
                .recent();
        Event late = click("c3", noon.plus(Duration.ofDays(3)));

        assertThat(FOLD.take(state(looked), List.of(late)).tooLate()).isZero();
    }

    @Test
    void aSettledEventStillCountsWhenLaterOnesAreFoldedAgain() {
        Instant noon = Instant.parse("2026-11-21T12:00:00Z");
        Instant settled = noon.minus(Recent.MAX_LATENESS).minusMillis(1);
        List<Event> events = List.of(click("old", settled), click("next", settled.plusSeconds(60)), click("new", noon));
        Recent recent = FOLD.take(state(Recent.NOTHING), events).recent();
        assertThat(recent.base().lastId()).isEqualTo("old");

        Event late = click("late", settled.plusSeconds(120));
        Recent again = FOLD.take(state(recent), List.of(late)).recent();

        List<Event> all = new ArrayList<>(events);
        all.add(late);
        assertThat(sinces(again))
                .isEqualTo(BruteForceProfile.of(Histories.RULES, all))
                .containsEntry("fan", settled.plusSeconds(60));
    }

    private static Recent inBatches(List<Event> arrivals, Random random) {
        return inBatches(FOLD, arrivals, random, false);
    }

    /** @param looking now and then up to a moment of the hour in which everything happens */
    private static Recent inBatches(Fold fold, List<Event> arrivals, Random random, boolean looking) {
        Recent recent = Recent.NOTHING;
        for (int from = 0; from < arrivals.size(); ) {
            int to = Math.min(arrivals.size(), from + 1 + random.nextInt(8));
            Optional<Instant> asOf = Optional.of(random.nextInt(3_600))
                    .filter(second -> looking && random.nextInt(4) == 0)
                    .map(Histories.START::plusSeconds);
            recent = fold.take(state(recent), arrivals.subList(from, to), asOf).recent();
            recent = RecentJson.read(RecentJson.write(recent));
            from = to;
        }
        return recent;
    }

    private static UserState state(Recent recent) {
        return new UserState(Histories.PERSON, recent);
    }

    private static Map<String, Instant> sinces(Recent recent) {
        Map<String, Instant> sinces = new TreeMap<>();
        recent.head().memberships().forEach((segment, membership) -> sinces.put(segment, membership.since()));
        return sinces;
    }

    private static Event event(String id, Instant time, Instant receivedAt) {
        return track("Buy", id, time, receivedAt, Value.Fields.NONE);
    }

    private static Event click(String id, Instant time) {
        return track("Click", id, time, time, new Value.Fields(Map.of("b", Value.of("A"))));
    }

    private static Event track(String name, String id, Instant time, Instant receivedAt, Value.Fields properties) {
        return new Event(
                new PersonKey("demo", "u1"),
                id,
                EventType.TRACK,
                Optional.of(name),
                time,
                receivedAt,
                Optional.empty(),
                properties,
                Value.Fields.NONE);
    }
}
