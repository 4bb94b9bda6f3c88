package dev.sluice.model.rules;

import dev.sluice.model.EventType;
import dev.sluice.model.Value;
import dev.sluice.model.rules.GeneratedPools.Kind;
import dev.sluice.model.rules.GeneratedPools.Name;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Any valid {@link Condition}, of every kind. */
final class GeneratedConditions {
    static final List<String> POSTAL_CODES = List.of("02139", "10001", "94103", "00601");
    static final List<String> LATITUDES = List.of("42.36", "42.37", "40.75", "0", "90", "-90", "-36.85");
    static final List<String> LONGITUDES = List.of("-71.06", "-71.10", "-73.99", "0", "180", "-180", "174.76");

    private static final List<BigDecimal> DISTANCES =
            List.of(new BigDecimal("10"), new BigDecimal("250"), new BigDecimal("1.5"), new BigDecimal("5000"));
    private static final List<Integer> COUNTS = List.of(1, 0, 2, 3, 5, 10, RuleLimits.MAX_COUNT);
    private static final int MAX_NESTING = 5;

    private final GeneratedPools draw;
    private final GeneratedComparisons tests;

    GeneratedConditions(GeneratedPools draw) {
        this.draw = draw;
        this.tests = new GeneratedComparisons(draw);
    }

    /**
     * A tree.
     *
     * @param mayReferTo segments that {@link Condition.InSegment} may name
     */
    Condition tree(List<String> mayReferTo) {
        if (draw.chance(2)) {
            return chain(mayReferTo);
        }
        return node(mayReferTo, draw.chance(50) ? 1 : MAX_NESTING);
    }

    /** As deep as rules may nest. */
    private Condition chain(List<String> mayReferTo) {
        Condition condition = leaf(mayReferTo);
        for (int depth = 1; depth < RuleLimits.MAX_DEPTH; depth++) {
            condition = draw.chance(60)
                    ? new Condition.Not(condition)
                    : draw.chance(50)
                            ? new Condition.AllOf(List.of(condition))
                            : new Condition.AnyOf(List.of(condition, leaf(mayReferTo)));
        }
        return condition;
    }

    private Condition node(List<String> mayReferTo, int nesting) {
        if (nesting == 0 || draw.chance(30)) {
            return leaf(mayReferTo);
        }
        if (draw.chance(20)) {
            return new Condition.Not(node(mayReferTo, nesting - 1));
        }
        List<Condition> children = new ArrayList<>();
        for (int i = 1 + draw.below(3); i > 0; i--) {
            children.add(node(mayReferTo, nesting - 1));
        }
        if (draw.chance(5)) {
            children.add(children.get(0));
        }
        return draw.chance(50) ? new Condition.AllOf(children) : new Condition.AnyOf(children);
    }

    private Condition leaf(List<String> mayReferTo) {
        if (!mayReferTo.isEmpty() && draw.chance(25)) {
            return new Condition.InSegment(draw.one(mayReferTo));
        }
        return switch (draw.below(13)) {
            case 0 -> new Condition.CurrentEvent(filter());
            case 1, 2, 3 -> {
                Name trait = draw.one(GeneratedPools.TRAITS);
                yield new Condition.Trait(trait.name(), tests.of(trait.kind()));
            }
            case 4 -> {
                Name statistic = draw.one(GeneratedPools.STATISTICS);
                yield new Condition.Statistic(statistic.name(), tests.of(statistic.kind()));
            }
            case 5 -> new Condition.Consent(draw.one(GeneratedPools.CHANNELS), draw.chance(50));
            case 6 -> near();
            case 7 -> call();
            default -> history();
        };
    }

    private Condition near() {
        Place place = draw.chance(30)
                ? new Place.PostalCode(draw.one(POSTAL_CODES))
                : new Place.Coordinates(
                        new BigDecimal(draw.skewed(LATITUDES)), new BigDecimal(draw.skewed(LONGITUDES)));
        var unit = draw.chance(50) ? Condition.Distance.Unit.MILES : Condition.Distance.Unit.KILOMETERS;
        return new Condition.Near(place, new Condition.Distance(draw.one(DISTANCES), unit));
    }

    private Condition call() {
        boolean length = draw.chance(50);
        Kind kind = length ? Kind.TEXT : Kind.EMAIL;
        Condition.Argument argument = switch (draw.below(10)) {
            case 0 -> new Condition.Constant(Value.of(draw.one(length ? GeneratedPools.TEXTS : GeneratedPools.EMAILS)));
            case 1, 2 -> new Condition.StatisticOf(name(GeneratedPools.STATISTICS, kind));
            case 3, 4 -> new Condition.PropertyOf(name(GeneratedPools.PROPERTIES, kind));
            default -> new Condition.TraitOf(name(GeneratedPools.TRAITS, kind));
        };
        return new Condition.Call(
                length ? "textLength" : "emailDomain", List.of(argument), tests.of(length ? Kind.NUMBER : Kind.EMAIL));
    }

    private History history() {
        Window window = window();
        return switch (draw.below(8)) {
            case 0, 1 -> new History.EventCount(filter(), window, operator(), draw.skewed(COUNTS));
            case 2, 3 ->
                new History.Total(
                        draw.one(List.of(History.Aggregate.values())),
                        name(GeneratedPools.PROPERTIES, Kind.NUMBER),
                        filter(),
                        window,
                        operator(),
                        draw.skewed(GeneratedPools.NUMBERS));
            case 4 ->
                new History.Distinct(
                        draw.one(GeneratedPools.PROPERTIES).name(), filter(), window, operator(), draw.skewed(COUNTS));
            case 5 -> new History.Days(filter(), window, zone(window), operator(), draw.skewed(COUNTS));
            case 6 ->
                new History.Moment(
                        draw.chance(50) ? History.Which.FIRST : History.Which.LAST,
                        filter(),
                        window,
                        tests.ofTime(zone(window), false));
            default ->
                new History.Sequence(filter(), filter(), draw.chance(50), draw.skewed(GeneratedPools.LENGTHS), window);
        };
    }

    private Window window() {
        int which = draw.below(10);
        if (which < 2) {
            return new Window.Ever();
        }
        if (which < 4) {
            ZoneId zone = draw.one(GeneratedPools.ZONES);
            LocalDate day = Times.day(draw.one(GeneratedPools.MOMENTS), zone);
            return new Window.Between(
                    day.minusDays(draw.below(draw.chance(40) ? 3 : 600)), day.plusDays(draw.below(400)), zone);
        }
        Duration length = draw.skewed(GeneratedPools.LENGTHS);
        return new Window.Last(draw.chance(90) ? length : Duration.ofMillis(1 + draw.below(90_000_000)));
    }

    /** One condition goes by one zone. */
    private ZoneId zone(Window window) {
        return window instanceof Window.Between between ? between.zone() : draw.one(GeneratedPools.ZONES);
    }

    private EventFilter filter() {
        EventType type = draw.chance(85)
                ? EventType.TRACK
                : draw.one(List.of(EventType.PAGE, EventType.SCREEN, EventType.GROUP));
        Optional<String> name = draw.chance(55) ? Optional.empty() : Optional.of(draw.skewed(GeneratedPools.EVENTS));
        List<EventFilter.PropertyTest> where = new ArrayList<>();
        for (int i = draw.chance(70) ? 0 : 1 + draw.below(2); i > 0; i--) {
            Name property = draw.one(GeneratedPools.PROPERTIES);
            where.add(new EventFilter.PropertyTest(property.name(), tests.of(property.kind())));
        }
        return new EventFilter(type, name, where);
    }

    private Operator operator() {
        return draw.one(List.of(Operator.values()));
    }

    /** Mostly one of the kind. */
    private String name(List<Name> names, Kind kind) {
        List<Name> some = names.stream().filter(name -> name.kind() == kind).toList();
        return draw.one(draw.chance(85) ? some : names).name();
    }
}
