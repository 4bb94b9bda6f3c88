package dev.sluice.classifier.drools;

import dev.sluice.model.Value;
import dev.sluice.model.rules.Condition;
import dev.sluice.model.rules.EventFilter;
import dev.sluice.model.rules.Occurrence;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Turns what is asked of values into predicates, once per rule set. What is missing arrives as null and never passes. */
final class ValuePredicates implements Condition.TestCases<ValuePredicates.Asked> {
    private static final ValuePredicates INSTANCE = new ValuePredicates();

    private ValuePredicates() {}

    /** A question to a value that may be missing. */
    interface Asked {
        boolean of(@Nullable Value value);
    }

    static Asked of(Condition.ValueTest test) {
        return test.match(INSTANCE);
    }

    /** Whether an event is of the filter's type and name and passes every test of a property. */
    static Predicate<Occurrence> of(EventFilter filter) {
        List<Predicate<Occurrence>> parts = new ArrayList<>();
        parts.add(event -> event.type() == filter.type());
        filter.name()
                .ifPresent(name -> parts.add(event -> name.equals(event.name().orElse(null))));
        filter.where().forEach(where -> parts.add(of(where)));
        return event -> every(parts, event);
    }

    static Predicate<Occurrence> of(EventFilter.PropertyTest where) {
        Asked asked = of(where.test());
        String property = where.property();
        return event -> asked.of(event.details().fields().get(property));
    }

    private static boolean every(List<Predicate<Occurrence>> parts, Occurrence event) {
        for (Predicate<Occurrence> part : parts) {
            if (!part.test(event)) {
                return false;
            }
        }
        return true;
    }

    @Override
    public Asked exists(Condition.Exists exists) {
        return value -> value != null && !(value instanceof Value.Nothing);
    }

    @Override
    public Asked oneOf(Condition.OneOf oneOf) {
        Set<Value> values = new HashSet<>(oneOf.values());
        return value -> value != null && values.contains(value);
    }

    @Override
    public Asked contains(Condition.Contains contains) {
        String part = contains.text();
        return value -> value instanceof Value.Text whole && whole.text().indexOf(part) >= 0;
    }

    @Override
    public Asked compares(Condition.Compares compares) {
        BigDecimal than = compares.than();
        return switch (compares.operator()) {
            case MORE_THAN ->
                value -> value instanceof Value.Decimal is && is.number().compareTo(than) > 0;
            case AT_LEAST ->
                value -> value instanceof Value.Decimal is && is.number().compareTo(than) >= 0;
            case AT_MOST ->
                value -> value instanceof Value.Decimal is && is.number().compareTo(than) <= 0;
            case LESS_THAN ->
                value -> value instanceof Value.Decimal is && is.number().compareTo(than) < 0;
            case EXACTLY ->
                value -> value instanceof Value.Decimal is && is.number().compareTo(than) == 0;
        };
    }

    @Override
    public Asked listContains(Condition.ListContains listContains) {
        Value element = listContains.element();
        return value -> {
            if (value instanceof Value.Many many) {
                for (Value one : many.values()) {
                    if (one.equals(element)) {
                        return true;
                    }
                }
            }
            return false;
        };
    }
}
