package dev.sluice.classifier.drools;

import dev.sluice.model.Value;
import dev.sluice.model.rules.Condition;
import dev.sluice.model.rules.EventFilter;
import dev.sluice.model.rules.History;
import dev.sluice.model.rules.Point;
import dev.sluice.model.rules.Traits;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a condition looked at and found, of one observation. {@link Value#NOTHING} is that there was nothing. */
record Sightings(Numbering numbering, Questions questions, Seen seen) implements Condition.Cases<Value> {
    @Override
    public Value allOf(Condition.AllOf all) {
        return Value.NOTHING;
    }

    @Override
    public Value anyOf(Condition.AnyOf any) {
        return Value.NOTHING;
    }

    @Override
    public Value not(Condition.Not not) {
        return Value.NOTHING;
    }

    /** The event's type and name, and those of its properties that are asked for. */
    @Override
    public Value currentEvent(Condition.CurrentEvent event) {
        Map<String, Value> found = new LinkedHashMap<>();
        found.put("type", Value.of(seen.current().type().word()));
        seen.current().name().ifPresent(name -> found.put("name", Value.of(name)));
        Map<String, Value> properties = new LinkedHashMap<>();
        for (EventFilter.PropertyTest where : event.filter().where()) {
            properties.put(
                    where.property(),
                    orNothing(seen.current().details().fields().get(where.property())));
        }
        if (!properties.isEmpty()) {
            found.put("properties", new Value.Fields(properties));
        }
        return new Value.Fields(found);
    }

    @Override
    public Value trait(Condition.Trait trait) {
        return orNothing(seen.trait(trait.name()));
    }

    @Override
    public Value statistic(Condition.Statistic statistic) {
        return orNothing(seen.statistic(statistic.name()));
    }

    @Override
    public Value consent(Condition.Consent consent) {
        return seen.trait(Traits.CONSENTS) instanceof Value.Fields channels
                ? orNothing(channels.fields().get(consent.channel()))
                : Value.NOTHING;
    }

    /** Metres along the ground, to the nearest. */
    @Override
    public Value near(Condition.Near near) {
        Optional<Point> home = seen.home();
        if (home.isEmpty()) {
            return Value.NOTHING;
        }
        double chord = Math.sqrt(near.place().point().chordSquaredTo(home.get())) / 1e9;
        return Value.of(Math.round(2 * Point.EARTH_RADIUS_METERS * Math.asin(Math.min(1, chord / 2))));
    }

    @Override
    public Value inSegment(Condition.InSegment inSegment) {
        throw new IllegalArgumentException("segment " + inSegment.segment() + " is not resolved");
    }

    @Override
    public Value wasIn(Condition.WasIn wasIn) {
        return Value.of(seen.was(wasIn.segment()));
    }

    /** What the function gave. */
    @Override
    public Value call(Condition.Call call) {
        return orNothing(questions.result(call, seen).orElse(null));
    }

    @Override
    public Value eventCount(History.EventCount count) {
        return Value.of(seen.events().count(slice(count, count.filter())));
    }

    /** The sum, least or most, with the number of numbers; of an average the sum. */
    @Override
    public Value total(History.Total total) {
        Measures.Totals totals = Measures.totals(seen.events(), slice(total, total.filter()), total.property());
        Map<String, Value> found = new LinkedHashMap<>();
        found.put("numbers", Value.of(totals.count()));
        if (totals.count() > 0) {
            switch (total.aggregate()) {
                case SUM, AVERAGE -> put(found, "sum", totals.sum());
                case MINIMUM -> put(found, "minimum", totals.least());
                case MAXIMUM -> put(found, "maximum", totals.most());
            }
        }
        return new Value.Fields(found);
    }

    private static void put(Map<String, Value> found, String name, BigDecimal number) {
        found.put(name, new Value.Decimal(number));
    }

    @Override
    public Value distinct(History.Distinct distinct) {
        return Value.of(Measures.distinct(seen.events(), slice(distinct, distinct.filter()), distinct.property()));
    }

    @Override
    public Value days(History.Days days) {
        return Value.of(Measures.days(seen.events(), slice(days, days.filter()), days.zone()));
    }

    /** When the first or last was. */
    @Override
    public Value moment(History.Moment moment) {
        Numbering.Slice slice = slice(moment, moment.filter());
        int count = seen.events().count(slice);
        if (count == 0) {
            return Value.NOTHING;
        }
        int index = switch (moment.which()) {
            case FIRST -> 0;
            case LAST -> count - 1;
        };
        return Value.of(Instant.ofEpochMilli(seen.events().time(slice, index)).toString());
    }

    /** How many of either kind there are. */
    @Override
    public Value sequence(History.Sequence sequence) {
        Map<String, Value> found = new LinkedHashMap<>();
        found.put("first", Value.of(seen.events().count(slice(sequence, sequence.first()))));
        found.put("then", Value.of(seen.events().count(slice(sequence, sequence.then()))));
        return new Value.Fields(found);
    }

    private Numbering.Slice slice(History history, EventFilter filter) {
        return numbering.slice(filter, history.window());
    }

    private static Value orNothing(@Nullable Value value) {
        return value == null ? Value.NOTHING : value;
    }
}
