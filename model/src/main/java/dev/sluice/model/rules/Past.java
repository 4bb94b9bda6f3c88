package dev.sluice.model.rules;

import dev.sluice.model.Value;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/** What {@link RuleEvaluator} asks of the events that an observation has. Immutable. */
record Past(Observation seen) {

    /** Those in the window that pass the filter, in their order. */
    List<Occurrence> events(Window window, EventFilter filter) {
        return seen.history().stream()
                .filter(event -> isIn(window, event))
                .filter(event -> RuleEvaluator.passes(filter, event, seen.at()))
                .toList();
    }

    /** The numbers that a property has had. */
    List<BigDecimal> numbers(History.Total total) {
        return values(total.window(), total.filter(), total.property())
                .flatMap(value -> Decimals.of(value).stream())
                .toList();
    }

    /** How many different texts, numbers and flags a property has had. */
    long differentValues(History.Distinct distinct) {
        return values(distinct.window(), distinct.filter(), distinct.property())
                .filter(value -> value instanceof Value.Text
                        || value instanceof Value.Flag
                        || Decimals.of(value).isPresent())
                .distinct()
                .count();
    }

    boolean holds(History.Sequence sequence) {
        List<Occurrence> thens = events(sequence.window(), sequence.then());
        return events(sequence.window(), sequence.first()).stream().anyMatch(first -> {
            boolean followed = thens.stream().anyMatch(then -> follows(first, then, sequence.within()));
            boolean over = first.time().plus(sequence.within()).isBefore(seen.at());
            return sequence.followed() ? followed : over && !followed;
        });
    }

    private static boolean follows(Occurrence first, Occurrence then, Duration within) {
        return then.compareTo(first) > 0 && !then.time().isAfter(first.time().plus(within));
    }

    private Stream<Value> values(Window window, EventFilter filter, String property) {
        return events(window, filter).stream().flatMap(event -> event.details().find(property).stream());
    }

    private boolean isIn(Window window, Occurrence event) {
        Instant time = event.time();
        if (window instanceof Window.Last last) {
            return time.isAfter(seen.at().minus(last.length()));
        }
        if (window instanceof Window.Between between) {
            return !time.isBefore(between.opens()) && time.isBefore(between.closes());
        }
        return true;
    }
}
