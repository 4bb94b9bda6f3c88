package dev.sluice.model.rules;

import dev.sluice.model.EventType;
import dev.sluice.model.Value;
import dev.sluice.model.rules.GeneratedPools.Kind;
import dev.sluice.model.rules.GeneratedPools.Name;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Any {@link Observation} of what {@link GeneratedConditions} ask for, often at an edge of theirs. */
final class GeneratedObservations {
    private static final int MAX_HISTORY = 40;
    private static final int DETAILS_PER_MOMENT = 96;
    private static final List<EventType> TYPES =
            List.of(EventType.PAGE, EventType.SCREEN, EventType.GROUP, EventType.IDENTIFY);
    private static final List<ZoneOffset> OFFSETS =
            List.of(ZoneOffset.UTC, ZoneOffset.ofHours(1), ZoneOffset.ofHours(-5), ZoneOffset.ofHoursMinutes(10, 30));
    private static final List<DateTimeFormatter> FORMS = List.of(
            DateTimeFormatter.ISO_OFFSET_DATE_TIME, DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSSSSSxxx"));

    private final GeneratedPools draw;
    /** Properties of events by the moment near which they happen: made once, drawn many times. */
    private final Map<Instant, List<Value.Fields>> details = new LinkedHashMap<>();

    GeneratedObservations(GeneratedPools draw) {
        this.draw = draw;
    }

    Observation of(Set<String> before) {
        Instant moment = draw.one(GeneratedPools.MOMENTS);
        Instant now = moment.plusMillis(jitter());
        List<Value.Fields> properties = details.get(moment);
        if (properties == null) {
            properties = new ArrayList<>();
            for (int i = 0; i < DETAILS_PER_MOMENT; i++) {
                properties.add(new Value.Fields(values(GeneratedPools.PROPERTIES, moment)));
            }
            details.put(moment, properties);
        }
        List<Occurrence> history = history(now, properties);
        Map<String, Value> traits = values(GeneratedPools.TRAITS, now);
        consents(traits);
        home(traits);
        var atTheEvent = new Observation(
                history.get(history.size() - 1),
                new Value.Fields(traits),
                new Value.Fields(values(GeneratedPools.STATISTICS, now)),
                history,
                before);
        return draw.chance(25) ? atTheEvent.later(later(history), before) : atTheEvent;
    }

    /** After the last event, often where one of them leaves a window. */
    private Instant later(List<Occurrence> history) {
        Instant last = history.get(history.size() - 1).time();
        Instant leaves = draw.one(history).time().plus(draw.skewed(GeneratedPools.LENGTHS));
        return last.isBefore(leaves) ? leaves.plusMillis(draw.below(3) - 1L) : last.plusMillis(draw.below(100_000));
    }

    private List<Occurrence> history(Instant now, List<Value.Fields> properties) {
        int count = draw.chance(10) ? 0 : draw.below(draw.chance(60) ? 8 : MAX_HISTORY);
        List<Occurrence> history = new ArrayList<>(count + 1);
        // Ids in another order than the times.
        int step = 1 + 2 * draw.below(20);
        for (int i = 0; i < count; i++) {
            Instant anchor = history.isEmpty() || draw.chance(60)
                    ? now
                    : history.get(draw.below(history.size())).time();
            history.add(occurrence("e" + (100 + (i * step) % 64), before(anchor), properties));
        }
        history.add(occurrence("z", now, properties));
        history.sort(null);
        return history;
    }

    private Instant before(Instant anchor) {
        if (draw.chance(15)) {
            return anchor;
        }
        Duration length = draw.skewed(GeneratedPools.LENGTHS);
        if (draw.chance(40)) {
            return anchor.minusMillis(1 + draw.below((int) Math.min(length.toMillis(), Integer.MAX_VALUE)));
        }
        long millis = length.toMillis() + draw.below(3) - 1;
        return anchor.minusMillis(millis);
    }

    private Occurrence occurrence(String id, Instant time, List<Value.Fields> properties) {
        EventType type = draw.chance(85) ? EventType.TRACK : draw.one(TYPES);
        Optional<String> name = type == EventType.IDENTIFY || draw.chance(type == EventType.TRACK ? 0 : 50)
                ? Optional.empty()
                : Optional.of(draw.skewed(GeneratedPools.EVENTS));
        return new Occurrence(id, type, name, time, time, draw.one(properties));
    }

    private Map<String, Value> values(List<Name> names, Instant now) {
        Map<String, Value> values = new LinkedHashMap<>();
        for (Name name : names) {
            if (draw.chance(93)) {
                values.put(name.name(), value(name.kind(), now));
            }
        }
        return values;
    }

    private Value value(Kind kind, Instant now) {
        if (draw.chance(12)) {
            return odd(now);
        }
        return switch (kind) {
            case TEXT, FLAG -> draw.scalar(kind);
            case EMAIL -> Value.of(draw.skewed(GeneratedPools.EMAILS));
            case NUMBER -> new Value.Decimal(draw.skewed(GeneratedPools.NUMBERS));
            case TIME -> Value.of(time(now));
            case LIST -> list(now);
        };
    }

    private Value odd(Instant now) {
        return switch (draw.below(6)) {
            case 0 -> Value.NOTHING;
            case 1 -> Value.Fields.NONE.with("a", Value.of("US"));
            case 2 -> new Value.Decimal(draw.one(GeneratedPools.BEYOND));
            case 3 -> list(now);
            case 4 -> Value.of(draw.one(GeneratedPools.NEARLY_TIMES));
            default -> draw.scalar(draw.one(List.of(Kind.values())));
        };
    }

    private Value list(Instant now) {
        List<Value> elements = new ArrayList<>();
        for (int i = draw.below(7); i > 0; i--) {
            elements.add(
                    switch (draw.below(20)) {
                        case 0 -> Value.NOTHING;
                        case 1 -> Value.Fields.NONE;
                        case 2 -> new Value.Many(List.of(Value.of("US")));
                        case 3 -> new Value.Decimal(draw.one(GeneratedPools.BEYOND));
                        case 4 -> Value.of(time(now));
                        default -> draw.scalar(Kind.LIST);
                    });
        }
        return new Value.Many(elements);
    }

    /** A date or instant, near an edge of what may be asked of it now. */
    private String time(Instant now) {
        int sign = draw.chance(50) ? 1 : -1;
        LocalDate today = Times.day(now, draw.one(GeneratedPools.ZONES));
        return switch (draw.below(10)) {
            case 0, 1, 2, 3 -> {
                Duration length = draw.skewed(GeneratedPools.LENGTHS);
                yield text(now.plusMillis((draw.chance(20) ? 0 : sign * length.toMillis()) + draw.below(3) - 1));
            }
            case 4, 5 ->
                today.plusDays(sign * draw.one(List.of(0L, 1L, 7L, 30L, 400L)) + draw.below(3) - 1)
                        .toString();
            case 6 -> today.plusDays(draw.below(12) - 2).withYear(1990).toString();
            case 7 ->
                draw.chance(50)
                        ? "2000-02-29"
                        : text(today.plusDays(draw.below(9))
                                .withYear(1984)
                                .atStartOfDay(draw.one(GeneratedPools.ZONES))
                                .toInstant()
                                .plusMillis(draw.below(3) - 1));
            case 8 -> text(draw.one(GeneratedPools.MOMENTS).plusMillis(draw.below(3) - 1));
            default -> draw.one(GeneratedPools.NEARLY_TIMES);
        };
    }

    private String text(Instant instant) {
        return draw.one(FORMS).format(instant.atOffset(draw.one(OFFSETS)));
    }

    private void consents(Map<String, Value> traits) {
        if (draw.chance(8)) {
            traits.put(Traits.CONSENTS, draw.scalar(Kind.TEXT));
        } else if (draw.chance(90)) {
            Map<String, Value> consents = new LinkedHashMap<>();
            for (String channel : GeneratedPools.CHANNELS) {
                if (draw.chance(85)) {
                    consents.put(channel, draw.chance(90) ? Value.of(draw.chance(50)) : draw.scalar(Kind.TEXT));
                }
            }
            traits.put(Traits.CONSENTS, new Value.Fields(consents));
        }
    }

    private void home(Map<String, Value> traits) {
        if (draw.chance(75)) {
            traits.put(Traits.LATITUDE, coordinate(GeneratedConditions.LATITUDES));
            traits.put(Traits.LONGITUDE, coordinate(GeneratedConditions.LONGITUDES));
        }
        if (draw.chance(60)) {
            String code = draw.chance(85) ? draw.one(GeneratedConditions.POSTAL_CODES) : "99999";
            traits.put(Traits.POSTAL_CODE, draw.chance(95) ? Value.of(code) : Value.of(2139));
        }
    }

    private Value coordinate(List<String> pool) {
        if (draw.chance(10)) {
            return draw.one(List.of(Value.NOTHING, Value.of("42.36"), Value.of(181), Value.of(-181)));
        }
        BigDecimal exact = new BigDecimal(draw.skewed(pool));
        return new Value.Decimal(draw.chance(70) ? exact : exact.add(new BigDecimal("0.0125")));
    }

    private long jitter() {
        return switch (draw.below(6)) {
            case 0 -> 0;
            case 1 -> -1;
            case 2 -> 1;
            case 3 -> 3_600_000;
            case 4 -> -3_600_000;
            default -> draw.below(172_800_000) - 86_400_000;
        };
    }
}
