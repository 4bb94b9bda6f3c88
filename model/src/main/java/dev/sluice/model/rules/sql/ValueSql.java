package dev.sluice.model.rules.sql;

import dev.sluice.model.Value;
import dev.sluice.model.rules.CaseFold;
import dev.sluice.model.rules.Operator;
import dev.sluice.model.rules.TimeTest;
import dev.sluice.model.rules.ValueTest;
import java.util.ArrayList;
import java.util.List;

/** Tests of one value as SQL. NULL or FALSE where there is none, or none of the test's type. */
record ValueSql(Words words, ZoneSql zones, Seen value) implements ValueTest.Cases<Fragment> {
    @Override
    public Fragment exists(ValueTest.Exists exists) {
        return value.there();
    }

    @Override
    public Fragment oneOf(ValueTest.OneOf oneOf) {
        boolean fold = oneOf.ignoreCase();
        List<Fragment> ways = new ArrayList<>();
        isOneOf(value.part(fold ? Part.FOLDED : Part.TEXT), texts(oneOf.values(), fold), ways);
        isOneOf(value.part(Part.NUMBER), numbers(oneOf.values()), ways);
        isOneOf(value.part(Part.FLAG), flags(oneOf.values()), ways);
        return words.any(ways);
    }

    @Override
    public Fragment contains(ValueTest.Contains contains) {
        boolean fold = contains.ignoreCase();
        return Fragment.of(
                "contains(#, #)",
                value.part(fold ? Part.FOLDED : Part.TEXT),
                words.text(CaseFold.fold(contains.text(), fold)));
    }

    @Override
    public Fragment startsWith(ValueTest.StartsWith startsWith) {
        boolean fold = startsWith.ignoreCase();
        return words.startsWith(
                value.part(fold ? Part.FOLDED : Part.TEXT), words.text(CaseFold.fold(startsWith.text(), fold)));
    }

    @Override
    public Fragment matches(ValueTest.Matches matches) {
        return Fragment.of(SqlFunctions.MATCHES + "(#, #)", value.part(Part.TEXT), words.text(matches.pattern()));
    }

    @Override
    public Fragment compares(ValueTest.Compares compares) {
        return compare(value.part(Part.NUMBER), compares.operator(), words.number(compares.than()));
    }

    @Override
    public Fragment between(ValueTest.Between between) {
        return Fragment.of(
                "# BETWEEN # AND #",
                value.part(Part.NUMBER),
                words.number(between.low()),
                words.number(between.high()));
    }

    @Override
    public Fragment listContains(ValueTest.ListContains listContains) {
        boolean fold = listContains.ignoreCase();
        boolean any = listContains.quantity() == ValueTest.Quantity.ANY;
        List<Fragment> ways = new ArrayList<>();
        has(any, value.part(fold ? Part.FOLDED_TEXTS : Part.TEXTS), texts(listContains.elements(), fold), ways);
        has(any, value.part(Part.NUMBERS), numbers(listContains.elements()), ways);
        has(any, value.part(Part.FLAGS), flags(listContains.elements()), ways);
        return any ? words.any(ways) : words.all(ways);
    }

    @Override
    public Fragment comparesInstant(TimeTest.ComparesInstant compares) {
        return compares.matchTime(time());
    }

    @Override
    public Fragment comparesDate(TimeTest.ComparesDate compares) {
        return compares.matchTime(time());
    }

    @Override
    public Fragment relative(TimeTest.Relative relative) {
        return relative.matchTime(time());
    }

    @Override
    public Fragment anniversaryWithinNext(TimeTest.AnniversaryWithinNext anniversary) {
        return anniversary.matchTime(time());
    }

    @Override
    public Fragment anniversaryThis(TimeTest.AnniversaryThis anniversary) {
        return anniversary.matchTime(time());
    }

    static Fragment compare(Fragment left, Operator operator, Fragment right) {
        return switch (operator) {
            case MORE_THAN -> Fragment.of("# > #", left, right);
            case AT_LEAST -> Fragment.of("# >= #", left, right);
            case AT_MOST -> Fragment.of("# <= #", left, right);
            case LESS_THAN -> Fragment.of("# < #", left, right);
            case EXACTLY -> Fragment.of("# = #", left, right);
        };
    }

    private TimeSql time() {
        return new TimeSql(words, zones, value.part(Part.INSTANT), value.part(Part.DAY));
    }

    private static void isOneOf(Fragment part, List<Fragment> values, List<Fragment> ways) {
        if (!values.isEmpty()) {
            ways.add(Fragment.of("# IN (#)", part, Fragment.join(", ", values)));
        }
    }

    private void has(boolean any, Fragment list, List<Fragment> elements, List<Fragment> ways) {
        if (!elements.isEmpty()) {
            ways.add((any ? words.hasAny(list, elements) : words.hasAll(list, elements)).orFalse());
        }
    }

    private List<Fragment> texts(List<Value> values, boolean fold) {
        return values.stream()
                .filter(Value.Text.class::isInstance)
                .map(value -> words.text(CaseFold.fold(((Value.Text) value).text(), fold)))
                .toList();
    }

    private List<Fragment> numbers(List<Value> values) {
        return values.stream()
                .filter(Value.Decimal.class::isInstance)
                .map(value -> words.number(((Value.Decimal) value).number()))
                .toList();
    }

    private List<Fragment> flags(List<Value> values) {
        return values.stream()
                .filter(Value.Flag.class::isInstance)
                .map(value -> words.flag(((Value.Flag) value).flag()))
                .toList();
    }
}
