package dev.sluice.model.rules;

import dev.sluice.model.Value;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/** Whether a value that is there passes a test, for {@link RuleEvaluator}. Immutable. */
record Passing(Value value, Instant now) implements ValueTest.Cases<Boolean> {
    @Override
    public Boolean exists(ValueTest.Exists exists) {
        return true;
    }

    @Override
    public Boolean oneOf(ValueTest.OneOf oneOf) {
        return equalsOne(oneOf.values(), value, oneOf.ignoreCase());
    }

    @Override
    public Boolean contains(ValueTest.Contains contains) {
        boolean fold = contains.ignoreCase();
        return text().filter(text -> CaseFold.fold(text, fold).contains(CaseFold.fold(contains.text(), fold)))
                .isPresent();
    }

    @Override
    public Boolean startsWith(ValueTest.StartsWith startsWith) {
        boolean fold = startsWith.ignoreCase();
        return text().filter(text -> CaseFold.fold(text, fold).startsWith(CaseFold.fold(startsWith.text(), fold)))
                .isPresent();
    }

    @Override
    public Boolean matches(ValueTest.Matches matches) {
        return text().filter(text -> RuleEvaluator.matches(matches.pattern(), text))
                .isPresent();
    }

    @Override
    public Boolean compares(ValueTest.Compares compares) {
        Optional<BigDecimal> number = Decimals.of(value);
        return number.isPresent()
                && RuleEvaluator.compares(number.get().compareTo(compares.than()), compares.operator());
    }

    @Override
    public Boolean between(ValueTest.Between between) {
        Optional<BigDecimal> number = Decimals.of(value);
        return number.isPresent()
                && number.get().compareTo(between.low()) >= 0
                && number.get().compareTo(between.high()) <= 0;
    }

    @Override
    public Boolean listContains(ValueTest.ListContains listContains) {
        if (!(value instanceof Value.Many many)) {
            return false;
        }
        boolean fold = listContains.ignoreCase();
        return listContains.quantity() == ValueTest.Quantity.ANY
                ? listContains.elements().stream().anyMatch(element -> equalsOne(many.values(), element, fold))
                : listContains.elements().stream().allMatch(element -> equalsOne(many.values(), element, fold));
    }

    @Override
    public Boolean comparesInstant(TimeTest.ComparesInstant compares) {
        return compares.matchTime(time());
    }

    @Override
    public Boolean comparesDate(TimeTest.ComparesDate compares) {
        return compares.matchTime(time());
    }

    @Override
    public Boolean relative(TimeTest.Relative relative) {
        return relative.matchTime(time());
    }

    @Override
    public Boolean anniversaryWithinNext(TimeTest.AnniversaryWithinNext anniversary) {
        return anniversary.matchTime(time());
    }

    @Override
    public Boolean anniversaryThis(TimeTest.AnniversaryThis anniversary) {
        return anniversary.matchTime(time());
    }

    private PassingTime time() {
        Optional<Instant> instant = text().flatMap(Times::instant);
        Optional<LocalDate> date = text().flatMap(Times::date);
        return new PassingTime(instant, date, now);
    }

    private Optional<String> text() {
        return value instanceof Value.Text text ? Optional.of(text.text()) : Optional.empty();
    }

    private static boolean equalsOne(List<Value> some, Value value, boolean fold) {
        return some.stream().anyMatch(one -> folded(one, fold).equals(folded(value, fold)));
    }

    private static Value folded(Value value, boolean fold) {
        return value instanceof Value.Text text ? Value.of(CaseFold.fold(text.text(), fold)) : value;
    }
}
