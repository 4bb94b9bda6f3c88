package dev.sluice.benchmarks;

import dev.sluice.model.EventType;
import dev.sluice.model.Value;
import dev.sluice.model.rules.Condition;
import dev.sluice.model.rules.EventFilter;
import dev.sluice.model.rules.History;
import dev.sluice.model.rules.Observation;
import dev.sluice.model.rules.Occurrence;
import dev.sluice.model.rules.Operator;
import dev.sluice.model.rules.RuleSet;
import dev.sluice.model.rules.Segment;
import dev.sluice.model.rules.TimeTest;
import dev.sluice.model.rules.ValueTest;
import dev.sluice.model.rules.Window;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * Segments as marketing of a mobile game has them, and its players, always the same from a seed.
 *
 * <p>Of a hundred segments 25 look at the event that happens (a brand's ad, a product, a card), 30 count over a window
 * what was done with one brand, product or card, 8 add up money or seconds, 8 are of those who did one thing and not
 * another, 5 are sequences, days or first and last times, 10 are of a country and what was done there, 8 of who the
 * person is (country and language, device and birthday), 4 have alternatives, and 2 count without asking of what. The
 * more segments there are, the more brands, products and cards they are about, as with campaigns: one for each five to
 * ten of them.
 */
final class GameRules {
    private static final ZoneId ZONE = ZoneId.of("Europe/Paris");
    /** When the people of {@link #observations} are looked at: none of their events is later. */
    static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");
    /** What players do, by name. */
    static final List<String> EVENTS =
            List.of("Application Opened", "Ad Watched", "Ad Clicked", "Ad Skipped", "Card Played", "Order Completed");

    private static final List<Integer> DAYS = List.of(1, 3, 7, 14, 30, 60, 90);
    private static final int KEPT = 20;

    private final SplittableRandom random;
    private final int things;

    /** @param segments how many there will be: decides how many brands, products and cards there are */
    GameRules(long seed, int segments) {
        random = new SplittableRandom(seed);
        things = Math.max(4, segments / 20);
    }

    RuleSet rules(int count) {
        List<Segment> segments = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            segments.add(new Segment("s-" + i, "S", new Segment.Live(), Optional.empty(), condition()));
        }
        return new RuleSet("demo", 1, segments);
    }

    private Condition condition() {
        int kind = random.nextInt(100);
        if (kind < 25) {
            return all(new Condition.CurrentEvent(aboutOne()), anything());
        }
        if (kind < 55) {
            return count(aboutOne(), Operator.AT_LEAST, 1 + random.nextInt(5));
        }
        if (kind < 63) {
            return total();
        }
        if (kind < 71) {
            EventFilter did = aboutOne();
            return all(count(did, Operator.AT_LEAST, 1), count(anyOf(), Operator.EXACTLY, 0));
        }
        if (kind < 76) {
            return rarer();
        }
        if (kind < 86) {
            return all(country(), count(anyOf(), Operator.AT_LEAST, 1 + random.nextInt(8)));
        }
        if (kind < 94) {
            return all(country(), random.nextBoolean() ? language() : birthday(), device());
        }
        if (kind < 98) {
            return new Condition.AnyOf(List.of(
                    count(aboutOne(), Operator.AT_LEAST, 2), all(new Condition.CurrentEvent(aboutOne()), country())));
        }
        return count(anyOf(), Operator.MORE_THAN, 1 + random.nextInt(10));
    }

    private static Condition all(Condition... conditions) {
        return new Condition.AllOf(List.of(conditions));
    }

    private Condition anything() {
        return switch (random.nextInt(3)) {
            case 0 -> country();
            case 1 -> device();
            default -> count(anyOf(), Operator.AT_LEAST, 1 + random.nextInt(3));
        };
    }

    private Condition rarer() {
        Window window = window();
        return switch (random.nextInt(4)) {
            case 0 ->
                new History.Sequence(
                        aboutOne(), EventFilter.track("Order Completed"), random.nextBoolean(), days(), window);
            case 1 -> new History.Days(aboutOne(), window, ZONE, Operator.AT_LEAST, 2 + random.nextInt(4));
            case 2 ->
                new History.Moment(
                        History.Which.LAST,
                        aboutOne(),
                        new Window.Ever(),
                        new TimeTest.Relative(TimeTest.Direction.LONGER_AGO, days(), ZONE));
            default -> new History.Distinct("product", aboutOne(), window, Operator.AT_LEAST, 2);
        };
    }

    private Condition total() {
        EventFilter filter = filter("Order Completed", "product");
        var than = BigDecimal.valueOf(10L * (1 + random.nextInt(20)));
        History.Aggregate aggregate = random.nextInt(4) == 0 ? History.Aggregate.AVERAGE : History.Aggregate.SUM;
        return new History.Total(aggregate, "revenue", filter, window(), Operator.AT_LEAST, than);
    }

    private Condition count(EventFilter filter, Operator operator, int count) {
        return new History.EventCount(filter, window(), operator, count);
    }

    private Window window() {
        return new Window.Last(days());
    }

    private Duration days() {
        return Duration.ofDays(DAYS.get(random.nextInt(DAYS.size())));
    }

    private EventFilter anyOf() {
        return EventFilter.track(EVENTS.get(random.nextInt(EVENTS.size())));
    }

    private EventFilter aboutOne() {
        return switch (random.nextInt(4)) {
            case 0 -> filter("Ad Clicked", "brand");
            case 1 -> filter("Ad Watched", "brand");
            case 2 -> filter("Card Played", "card");
            default -> filter("Order Completed", "product");
        };
    }

    private EventFilter filter(String event, String property) {
        var test = new ValueTest.OneOf(List.of(Value.of(property + "-" + random.nextInt(things))), false);
        return new EventFilter(
                EventType.TRACK, Optional.of(event), List.of(new EventFilter.PropertyTest(property, test)));
    }

    private Condition country() {
        return trait("country", "C" + random.nextInt(60));
    }

    private Condition language() {
        return trait("language", "L" + random.nextInt(20));
    }

    private Condition device() {
        return trait("deviceOS", random.nextBoolean() ? "iOS" : "Android");
    }

    private static Condition trait(String name, String value) {
        return new Condition.Trait(name, new ValueTest.OneOf(List.of(Value.of(value)), false));
    }

    private static Condition birthday() {
        return new Condition.Trait("birthDate", new TimeTest.AnniversaryWithinNext(7, ZONE));
    }

    /** People of whom twenty events of the last sixty days are kept, the last of them being looked at. */
    List<Observation> observations(int count) {
        List<Observation> observations = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            List<Occurrence> history = new ArrayList<>();
            for (int e = 0; e < KEPT; e++) {
                Instant time = NOW.minus(Duration.ofMinutes(random.nextInt(60 * 24 * 60)));
                history.add(event("e" + e, time));
            }
            history.sort(null);
            observations.add(new Observation(
                    history.get(KEPT - 1), traits(), Value.Fields.NONE, List.copyOf(history), Set.of()));
        }
        return observations;
    }

    /** Something that a player does, as often as any other thing. */
    Occurrence event(String id, Instant time) {
        String name = EVENTS.get(random.nextInt(EVENTS.size()));
        Map<String, Value> properties = new LinkedHashMap<>();
        switch (name) {
            case "Ad Watched", "Ad Clicked", "Ad Skipped" -> put(properties, "brand");
            case "Card Played" -> put(properties, "card");
            case "Order Completed" -> {
                put(properties, "product");
                properties.put("revenue", new Value.Decimal(BigDecimal.valueOf(99 + random.nextInt(9_900), 2)));
            }
            default -> {}
        }
        return new Occurrence(id, EventType.TRACK, Optional.of(name), time, time, new Value.Fields(properties));
    }

    private void put(Map<String, Value> properties, String property) {
        properties.put(property, Value.of(property + "-" + random.nextInt(things)));
    }

    private Value.Fields traits() {
        Map<String, Value> traits = new LinkedHashMap<>();
        traits.put("country", Value.of("C" + random.nextInt(60)));
        traits.put("language", Value.of("L" + random.nextInt(20)));
        traits.put("deviceOS", Value.of(random.nextBoolean() ? "iOS" : "Android"));
        traits.put(
                "birthDate",
                Value.of(LocalDate.of(1980, 1, 1)
                        .plusDays(random.nextInt(10_000))
                        .toString()));
        return new Value.Fields(traits);
    }
}
