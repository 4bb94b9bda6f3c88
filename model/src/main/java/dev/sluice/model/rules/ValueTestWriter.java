package dev.sluice.model.rules;

import dev.sluice.model.JsonText;
import dev.sluice.model.Value;
import java.time.ZoneId;
import java.util.List;
import tools.jackson.core.JsonGenerator;

/**
 * Writes {@link ValueTest}s as keys of the object that is open.
 *
 * @param zoned whether a test writes its zone; a window in the same object may have done so
 */
record ValueTestWriter(JsonGenerator json, boolean zoned) implements ValueTest.Cases<Boolean> {

    /** UTC is what a missing zone means. */
    static void zone(JsonGenerator json, ZoneId zone) {
        if (!zone.getId().equals("UTC")) {
            json.writeStringProperty("zone", zone.getId());
        }
    }

    @Override
    public Boolean exists(ValueTest.Exists exists) {
        json.writeBooleanProperty("exists", true);
        return true;
    }

    @Override
    public Boolean oneOf(ValueTest.OneOf oneOf) {
        return oneOf.values().size() == 1
                ? folding("equals", oneOf.values().get(0), oneOf.ignoreCase())
                : folding("oneOf", new Value.Many(oneOf.values()), oneOf.ignoreCase());
    }

    @Override
    public Boolean contains(ValueTest.Contains contains) {
        return folding("contains", Value.of(contains.text()), contains.ignoreCase());
    }

    @Override
    public Boolean startsWith(ValueTest.StartsWith startsWith) {
        return folding("startsWith", Value.of(startsWith.text()), startsWith.ignoreCase());
    }

    @Override
    public Boolean matches(ValueTest.Matches matches) {
        return folding("matches", Value.of(matches.pattern()), false);
    }

    @Override
    public Boolean compares(ValueTest.Compares compares) {
        return folding(compares.operator().word(), new Value.Decimal(compares.than()), false);
    }

    @Override
    public Boolean between(ValueTest.Between between) {
        var ends = List.<Value>of(new Value.Decimal(between.low()), new Value.Decimal(between.high()));
        return folding("between", new Value.Many(ends), false);
    }

    @Override
    public Boolean listContains(ValueTest.ListContains listContains) {
        List<Value> elements = listContains.elements();
        boolean any = listContains.quantity() == ValueTest.Quantity.ANY;
        if (any && elements.size() == 1) {
            return folding("listContains", elements.get(0), listContains.ignoreCase());
        }
        return folding(
                any ? "listContainsAny" : "listContainsAll", new Value.Many(elements), listContains.ignoreCase());
    }

    @Override
    public Boolean comparesInstant(TimeTest.ComparesInstant compares) {
        return side(compares.side(), compares.than().toString());
    }

    @Override
    public Boolean comparesDate(TimeTest.ComparesDate compares) {
        return side(compares.side(), compares.than().toString());
    }

    @Override
    public Boolean relative(TimeTest.Relative relative) {
        String word = switch (relative.direction()) {
            case WITHIN_LAST -> "withinLast";
            case WITHIN_NEXT -> "withinNext";
            case LONGER_AGO -> "longerAgoThan";
            case FURTHER_AHEAD -> "furtherAheadThan";
        };
        json.writeStringProperty(word, Durations.write(relative.by()));
        return zone(relative.zone());
    }

    @Override
    public Boolean anniversaryWithinNext(TimeTest.AnniversaryWithinNext anniversary) {
        json.writeStringProperty("anniversaryWithinNext", "P" + anniversary.days() + "D");
        return zone(anniversary.zone());
    }

    @Override
    public Boolean anniversaryThis(TimeTest.AnniversaryThis anniversary) {
        json.writeStringProperty("anniversary", anniversary.span() == TimeTest.Span.WEEK ? "thisWeek" : "thisMonth");
        return zone(anniversary.zone());
    }

    private boolean side(TimeTest.Side side, String than) {
        json.writeStringProperty(side == TimeTest.Side.BEFORE ? "before" : "onOrAfter", than);
        return true;
    }

    private boolean zone(ZoneId zone) {
        if (zoned) {
            zone(json, zone);
        }
        return true;
    }

    private boolean folding(String name, Value value, boolean ignoreCase) {
        json.writeName(name);
        JsonText.write(json, value);
        if (ignoreCase) {
            json.writeBooleanProperty("ignoreCase", true);
        }
        return true;
    }
}
