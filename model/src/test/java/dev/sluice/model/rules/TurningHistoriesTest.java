package dev.sluice.model.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.model.EventType;
import dev.sluice.model.Value;
import dev.sluice.model.rules.TurningHistories.Watched;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/**
 * Promises: the next turn is the one that comes of asking every condition; the common count gives the moment that looking
 * at each event's leaving finds.
 */
class TurningHistoriesTest {
    private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");
    private static final ZoneId ZONE = ZoneId.of("Europe/Paris");

    @Test
    void whatIsFoundByEventsIsWhatComesOfAskingAll() {
        var random = new SplittableRandom(20_261_121);
        int turning = 0;
        for (int round = 0; round < 3_000; round++) {
            List<Watched> all = new ArrayList<>();
            var histories = new TurningHistories();
            for (int i = random.nextInt(6); i >= 0; i--) {
                Watched watched = watched(random);
                all.add(watched);
                histories.add(watched);
            }
            List<Occurrence> history = history(random);

            Optional<Instant> next = histories.next(history, NOW);
            assertThat(next).as("%s of %s", all, history).isEqualTo(ofAll(all, history));
            turning += next.isPresent() ? 1 : 0;
        }
        assertThat(turning).isBetween(500, 2_900);
    }

    @Test
    void aCountTurnsWhenTheFirstEventLeavesThatChangesItsAnswer() {
        var random = new SplittableRandom(4);
        for (int round = 0; round < 3_000; round++) {
            var count = new History.EventCount(filter(random), window(random), operator(random), random.nextInt(4));
            List<Occurrence> newest = newest(count.filter(), history(random));
            boolean now = holds(count, newest, NOW);
            Optional<Instant> changed = newest.stream()
                    .map(event -> event.time().plus(((Window.Last) count.window()).length()))
                    .filter(NOW::isBefore)
                    .filter(moment -> holds(count, newest, moment) != now)
                    .min(Instant::compareTo);
            assertThat(new Leaving(newest, NOW).next(count))
                    .as("%s of %s", count, newest)
                    .isEqualTo(changed);
        }
    }

    private static boolean holds(History.EventCount count, List<Occurrence> events, Instant at) {
        Instant opens = at.minus(((Window.Last) count.window()).length());
        long found = events.stream()
                .filter(event -> event.time().isAfter(opens) && RuleEvaluator.passes(count.filter(), event, at))
                .count();
        int compared = Long.compare(found, count.count());
        switch (count.operator()) {
            case AT_LEAST:
                return compared >= 0;
            case LESS_THAN:
                return compared < 0;
            case MORE_THAN:
                return compared > 0;
            case AT_MOST:
                return compared <= 0;
            default:
                return compared == 0;
        }
    }

    private static Optional<Instant> ofAll(List<Watched> all, List<Occurrence> history) {
        return all.stream()
                .map(watched -> watched.next(newest(watched.filter(), history), NOW))
                .flatMap(Optional::stream)
                .min(Instant::compareTo);
    }

    private static List<Occurrence> newest(EventFilter filter, List<Occurrence> history) {
        List<Occurrence> newest = new ArrayList<>();
        for (int i = history.size() - 1; i >= 0; i--) {
            if (filter.covers(history.get(i).type(), history.get(i).name())) {
                newest.add(history.get(i));
            }
        }
        return newest;
    }

    private static Watched watched(SplittableRandom random) {
        EventFilter filter = filter(random);
        Window window = window(random);
        int count = 1 + random.nextInt(3);
        History condition;
        switch (random.nextInt(5)) {
            case 0:
                condition = new History.Distinct("p0", filter, window, operator(random), count);
                break;
            case 1:
                condition = new History.Days(filter, window, ZONE, operator(random), count);
                break;
            case 2:
                condition = new History.Total(
                        random.nextBoolean() ? History.Aggregate.SUM : History.Aggregate.AVERAGE,
                        "number",
                        filter,
                        window,
                        operator(random),
                        BigDecimal.valueOf(count));
                break;
            case 3:
                condition =
                        new History.Sequence(filter, filter(random), random.nextBoolean(), Duration.ofHours(5), window);
                break;
            default:
                condition = new History.EventCount(filter, window, operator(random), count);
        }
        return new Watched(condition, filter, random.nextInt(8) == 0);
    }

    private static Operator operator(SplittableRandom random) {
        return Operator.values()[random.nextInt(Operator.values().length)];
    }

    private static Window window(SplittableRandom random) {
        return new Window.Last(Duration.ofHours(1 + random.nextInt(60)));
    }

    private static EventFilter filter(SplittableRandom random) {
        List<EventFilter.PropertyTest> where = new ArrayList<>();
        for (int i = random.nextInt(3); i > 0; i--) {
            List<Value> values = random.nextBoolean() ? List.of(value(random)) : List.of(Value.of("a"), Value.of("b"));
            where.add(new EventFilter.PropertyTest(
                    "p" + random.nextInt(2), new ValueTest.OneOf(values, random.nextInt(4) == 0)));
        }
        Optional<String> name = random.nextInt(4) == 0 ? Optional.empty() : name(random);
        return new EventFilter(EventType.TRACK, name, where);
    }

    private static List<Occurrence> history(SplittableRandom random) {
        List<Occurrence> history = new ArrayList<>();
        for (int i = random.nextInt(12); i > 0; i--) {
            Instant time = NOW.minus(Duration.ofMinutes(random.nextInt(60 * 60)));
            var details = new Value.Fields(
                    Map.of("p" + random.nextInt(2), value(random), "number", Value.of(random.nextInt(4))));
            Optional<String> name = random.nextInt(5) == 0 ? Optional.empty() : name(random);
            history.add(new Occurrence("e" + i, EventType.TRACK, name, time, time, details));
        }
        history.sort(null);
        return history;
    }

    private static Optional<String> name(SplittableRandom random) {
        return Optional.of("name-" + random.nextInt(2));
    }

    private static Value value(SplittableRandom random) {
        return Value.of(List.of("a", "A", "b", "c").get(random.nextInt(4)));
    }
}
