package dev.sluice.classifier;

import dev.sluice.model.Event;
import dev.sluice.model.EventType;
import dev.sluice.model.PersonKey;
import dev.sluice.model.Value;
import dev.sluice.model.rules.Condition;
import dev.sluice.model.rules.EventFilter;
import dev.sluice.model.rules.History;
import dev.sluice.model.rules.Operator;
import dev.sluice.model.rules.RuleSet;
import dev.sluice.model.rules.Segment;
import dev.sluice.model.rules.ValueTest;
import dev.sluice.model.rules.Window;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/**
 * Rule sets, events and values by chance, from few words and a coarse clock, so that names meet, values nearly agree and
 * windows end exactly on events. The same seed gives the same.
 */
public final class Generated {
    private static final Instant START = Instant.parse("2026-11-01T00:00:00Z");
    private static final List<String> EVENTS = List.of("Ad Clicked", "Ad Skipped", "Order Completed", "Ünïcode 🎲");
    private static final List<String> FIELDS = List.of("brand", "revenue", "tags", "été");
    private static final List<String> TEXTS = List.of("Acme Cola", "acme cola", "", "é", "e\u0301", "🎲", "1", "true");
    private static final List<String> NUMBERS = List.of("0", "-0.0", "1", "1.0", "1.00000001", "-3", "1e3", "1000");

    private final Random random;

    public Generated(long seed) {
        this.random = new Random(seed);
    }

    public int below(int bound) {
        return random.nextInt(bound);
    }

    public <T> T one(List<T> of) {
        return of.get(random.nextInt(of.size()));
    }

    /** Windows are short and long against {@link #instant}. */
    public RuleSet ruleSet(String account, int number) {
        List<Segment> segments = new ArrayList<>();
        int count = 1 + below(12);
        for (int i = 0; i < count; i++) {
            Optional<String> parent = i > 0 && below(4) == 0 ? mayBeParent(segments.get(below(i))) : Optional.empty();
            segments.add(new Segment("s" + i, "Segment " + i, kind(i), parent, condition(0)));
        }
        return new RuleSet(account, number, segments);
    }

    /** An exclusive segment may not be one. */
    private static Optional<String> mayBeParent(Segment segment) {
        return segment.kind() instanceof Segment.Overwrite ? Optional.empty() : Optional.of(segment.id());
    }

    private Segment.Kind kind(int rank) {
        return switch (below(3)) {
            case 0 -> new Segment.Live();
            case 1 -> new Segment.Append();
            default -> new Segment.Overwrite(below(2) == 0 ? "a" : "b", rank);
        };
    }

    private Condition condition(int depth) {
        return switch (below(depth > 2 ? 5 : 9)) {
            case 0 -> new Condition.CurrentEvent(filter());
            case 1, 2 ->
                new History.EventCount(filter(), new Window.Last(window()), one(List.of(Operator.values())), below(4));
            case 3 -> new Condition.Trait(one(FIELDS), test());
            case 4 -> new Condition.Statistic(one(FIELDS), test());
            case 5, 6 -> new Condition.AllOf(conditions(depth));
            case 7 -> new Condition.AnyOf(conditions(depth));
            default -> new Condition.Not(condition(depth + 1));
        };
    }

    private List<Condition> conditions(int depth) {
        List<Condition> conditions = new ArrayList<>();
        int count = 1 + below(3);
        for (int i = 0; i < count; i++) {
            conditions.add(condition(depth + 1));
        }
        return conditions;
    }

    private Duration window() {
        return switch (below(4)) {
            case 0 -> Duration.ofMillis(1);
            case 1 -> Duration.ofDays(1 + below(25));
            default -> Duration.ofHours(1 + below(30));
        };
    }

    private EventFilter filter() {
        EventType type = below(6) == 0 ? EventType.PAGE : EventType.TRACK;
        Optional<String> name = below(6) == 0 ? Optional.empty() : Optional.of(one(EVENTS));
        List<EventFilter.PropertyTest> where = new ArrayList<>();
        for (int i = below(3); i > 0; i--) {
            where.add(new EventFilter.PropertyTest(one(FIELDS), test()));
        }
        return new EventFilter(type, name, where);
    }

    private ValueTest test() {
        return switch (below(6)) {
            case 0 -> new ValueTest.Exists();
            case 1 -> new ValueTest.OneOf(List.of(scalar()), below(4) == 0);
            case 2 -> new ValueTest.OneOf(List.of(scalar(), scalar(), scalar()), false);
            case 3 -> new ValueTest.Contains(one(List.of("Acme", "é", "e", "🎲", "1")), below(4) == 0);
            case 4 ->
                new ValueTest.Compares(
                        one(List.of(Operator.MORE_THAN, Operator.AT_LEAST, Operator.AT_MOST, Operator.LESS_THAN)),
                        new BigDecimal(one(NUMBERS)));
            default -> new ValueTest.ListContains(ValueTest.Quantity.ANY, List.of(scalar()), false);
        };
    }

    private Value scalar() {
        return switch (below(5)) {
            case 0, 1 -> Value.of(one(TEXTS));
            case 2, 3 -> new Value.Decimal(new BigDecimal(one(NUMBERS)));
            default -> Value.of(random.nextBoolean());
        };
    }

    private Value value() {
        return switch (below(8)) {
            case 0 -> Value.NOTHING;
            case 1 -> new Value.Many(List.of(scalar(), Value.NOTHING, scalar()));
            case 2 -> new Value.Fields(Map.of("brand", scalar()));
            default -> scalar();
        };
    }

    /** Some of the fields, each with a value of any type. */
    public Value.Fields fields() {
        Map<String, Value> fields = new LinkedHashMap<>();
        for (String field : FIELDS) {
            if (below(3) > 0) {
                fields.put(field, value());
            }
        }
        return new Value.Fields(fields);
    }

    /** On the hour, at most that many hours after the beginning. */
    public Instant instant(int hours) {
        return START.plus(Duration.ofHours(below(hours)));
    }

    /** An event with the given id, of any name and type. */
    public Event event(PersonKey key, String id, Instant time) {
        EventType type = one(List.of(
                EventType.TRACK,
                EventType.TRACK,
                EventType.TRACK,
                EventType.TRACK,
                EventType.PAGE,
                EventType.IDENTIFY));
        Optional<String> name = type == EventType.IDENTIFY || (type == EventType.PAGE && below(3) == 0)
                ? Optional.empty()
                : Optional.of(one(EVENTS));
        return new Event(
                key,
                id,
                type,
                name,
                time,
                START.plusSeconds(below(1_000_000)),
                Optional.empty(),
                type == EventType.IDENTIFY ? Value.Fields.NONE : fields(),
                type == EventType.IDENTIFY ? fields() : Value.Fields.NONE);
    }
}
