package dev.sluice.model.rules.sentence;

import dev.sluice.model.Value;
import dev.sluice.model.rules.TimeTest;
import dev.sluice.model.rules.ValueTest;
import java.time.ZoneId;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Prints {@link ValueTest}s; {@link TestParser} reads them back.
 *
 * @param is the verb
 * @param zoned whether a test tells its zone; the window before it may have done so
 */
record TestPrinter(String is, boolean zoned) implements ValueTest.Cases<String> {

    @Override
    public String exists(ValueTest.Exists exists) {
        return "exists";
    }

    @Override
    public String oneOf(ValueTest.OneOf oneOf) {
        boolean one = oneOf.values().size() == 1;
        return is + (one ? " " : " one of ") + values(oneOf.values()) + folding(oneOf.ignoreCase());
    }

    @Override
    public String contains(ValueTest.Contains contains) {
        return "contains " + Quotes.quote(contains.text()) + folding(contains.ignoreCase());
    }

    @Override
    public String startsWith(ValueTest.StartsWith startsWith) {
        return "starts with " + Quotes.quote(startsWith.text()) + folding(startsWith.ignoreCase());
    }

    @Override
    public String matches(ValueTest.Matches matches) {
        return "matches " + Quotes.quote(matches.pattern());
    }

    @Override
    public String compares(ValueTest.Compares compares) {
        return is + " " + Phrases.operator(compares.operator(), "less than") + " "
                + compares.than().toPlainString();
    }

    @Override
    public String between(ValueTest.Between between) {
        return is + " between " + between.low().toPlainString() + " and "
                + between.high().toPlainString();
    }

    @Override
    public String listContains(ValueTest.ListContains listContains) {
        boolean any = listContains.quantity() == ValueTest.Quantity.ANY;
        String many = any ? "has any of " : "has all of ";
        return (any && listContains.elements().size() == 1 ? "has " : many)
                + values(listContains.elements())
                + folding(listContains.ignoreCase());
    }

    @Override
    public String comparesInstant(TimeTest.ComparesInstant compares) {
        return side(compares.side()) + compares.than();
    }

    @Override
    public String comparesDate(TimeTest.ComparesDate compares) {
        return side(compares.side()) + compares.than();
    }

    @Override
    public String relative(TimeTest.Relative relative) {
        String by = Phrases.duration(relative.by());
        String where = switch (relative.direction()) {
            case WITHIN_LAST -> " within the last ";
            case WITHIN_NEXT -> " within the next ";
            case LONGER_AGO -> " longer ago than ";
            case FURTHER_AHEAD -> " further ahead than ";
        };
        return is + where + by + zone(relative.zone());
    }

    @Override
    public String anniversaryWithinNext(TimeTest.AnniversaryWithinNext anniversary) {
        return "has its anniversary within the next " + Phrases.many(anniversary.days(), "day")
                + zone(anniversary.zone());
    }

    @Override
    public String anniversaryThis(TimeTest.AnniversaryThis anniversary) {
        String span = anniversary.span() == TimeTest.Span.WEEK ? "week" : "month";
        return "has its anniversary this " + span + zone(anniversary.zone());
    }

    private String side(TimeTest.Side side) {
        return is + (side == TimeTest.Side.BEFORE ? " before " : " on or after ");
    }

    private String zone(ZoneId zone) {
        return zoned ? Phrases.zone(zone) : "";
    }

    private static String values(List<Value> values) {
        return values.stream().map(Phrases::value).collect(Collectors.joining(", "));
    }

    private static String folding(boolean ignoreCase) {
        return ignoreCase ? " ignoring case" : "";
    }
}
