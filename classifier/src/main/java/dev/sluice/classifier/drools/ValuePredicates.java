package dev.sluice.classifier.drools;

import com.google.re2j.Pattern;
import dev.sluice.model.Value;
import dev.sluice.model.rules.CaseFold;
import dev.sluice.model.rules.Decimals;
import dev.sluice.model.rules.TimeTest;
import dev.sluice.model.rules.Times;
import dev.sluice.model.rules.ValueTest;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Turns what is asked of values into predicates, once per rule set. What is missing arrives as null and never passes. */
final class ValuePredicates implements ValueTest.Cases<Asked> {
    private static final ValuePredicates INSTANCE = new ValuePredicates();

    private ValuePredicates() {}

    static Asked of(ValueTest test) {
        return test.match(INSTANCE);
    }

    @Override
    public Asked exists(ValueTest.Exists exists) {
        return (value, now) -> value != null && !(value instanceof Value.Nothing);
    }

    @Override
    public Asked oneOf(ValueTest.OneOf oneOf) {
        Set<Value> values = folded(oneOf.values(), oneOf.ignoreCase());
        if (oneOf.ignoreCase()) {
            return (value, now) -> value != null && values.contains(folded(value));
        }
        if (values.size() == 1) {
            Value only = oneOf.values().get(0);
            return (value, now) -> only.equals(value);
        }
        return (value, now) -> value != null && values.contains(value);
    }

    @Override
    public Asked contains(ValueTest.Contains contains) {
        if (contains.ignoreCase()) {
            String part = CaseFold.fold(contains.text());
            return (value, now) -> value instanceof Value.Text whole
                    && CaseFold.fold(whole.text()).indexOf(part) >= 0;
        }
        String part = contains.text();
        return (value, now) -> value instanceof Value.Text whole && whole.text().indexOf(part) >= 0;
    }

    @Override
    public Asked startsWith(ValueTest.StartsWith startsWith) {
        if (startsWith.ignoreCase()) {
            String start = CaseFold.fold(startsWith.text());
            return (value, now) -> value instanceof Value.Text whole
                    && CaseFold.fold(whole.text()).startsWith(start);
        }
        String start = startsWith.text();
        return (value, now) -> value instanceof Value.Text whole && whole.text().startsWith(start);
    }

    @Override
    public Asked matches(ValueTest.Matches matches) {
        Pattern pattern = Pattern.compile(matches.pattern());
        return (value, now) -> value instanceof Value.Text whole
                && pattern.matcher(whole.text()).find();
    }

    @Override
    public Asked compares(ValueTest.Compares compares) {
        BigDecimal than = compares.than();
        Comparison comparison = Comparison.of(compares.operator());
        return (value, now) -> value instanceof Value.Decimal is
                && Decimals.isKnown(is.number())
                && comparison.holds(is.number().compareTo(than));
    }

    @Override
    public Asked between(ValueTest.Between between) {
        BigDecimal low = between.low();
        BigDecimal high = between.high();
        return (value, now) -> value instanceof Value.Decimal is
                && Decimals.isKnown(is.number())
                && is.number().compareTo(low) >= 0
                && is.number().compareTo(high) <= 0;
    }

    @Override
    public Asked listContains(ValueTest.ListContains listContains) {
        boolean fold = listContains.ignoreCase();
        Set<Value> elements = folded(listContains.elements(), fold);
        return switch (listContains.quantity()) {
            case ANY -> (value, now) -> value instanceof Value.Many many && hasAny(many.values(), elements, fold);
            case ALL ->
                (value, now) -> value instanceof Value.Many many
                        && folded(many.values(), fold).containsAll(elements);
        };
    }

    private static boolean hasAny(List<Value> values, Set<Value> elements, boolean fold) {
        for (Value value : values) {
            if (elements.contains(fold ? folded(value) : value)) {
                return true;
            }
        }
        return false;
    }

    @Override
    public Asked comparesInstant(TimeTest.ComparesInstant compares) {
        return time(compares);
    }

    @Override
    public Asked comparesDate(TimeTest.ComparesDate compares) {
        return time(compares);
    }

    @Override
    public Asked relative(TimeTest.Relative relative) {
        return time(relative);
    }

    @Override
    public Asked anniversaryWithinNext(TimeTest.AnniversaryWithinNext anniversary) {
        return time(anniversary);
    }

    @Override
    public Asked anniversaryThis(TimeTest.AnniversaryThis anniversary) {
        return time(anniversary);
    }

    private static Asked time(TimeTest test) {
        TimePredicates.AskedOfTime asked = TimePredicates.of(test);
        return (value, now) -> {
            if (!(value instanceof Value.Text text)) {
                return false;
            }
            Optional<LocalDate> date = Times.date(text.text());
            if (date.isPresent()) {
                return asked.ofDate(date.get(), now);
            }
            Optional<Instant> instant = Times.instant(text.text());
            return instant.isPresent() && asked.ofInstant(instant.get().toEpochMilli(), now);
        };
    }

    private static Set<Value> folded(List<Value> values, boolean fold) {
        Set<Value> folded = new HashSet<>();
        for (Value value : values) {
            folded.add(fold ? folded(value) : value);
        }
        return folded;
    }

    static Value folded(Value value) {
        return value instanceof Value.Text text ? Value.of(CaseFold.fold(text.text())) : value;
    }
}
