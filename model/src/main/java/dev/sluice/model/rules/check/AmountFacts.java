package dev.sluice.model.rules.check;

import dev.sluice.model.rules.EventFilter;
import dev.sluice.model.rules.History;
import dev.sluice.model.rules.Operator;
import dev.sluice.model.rules.Window;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How many events, days and different values there are at least and at most, for {@link RuleCheck}. Not thread-safe.
 *
 * <p>A narrower filter or window has no more events than a wider one; there are no more days, nor different values, than
 * events; the event being looked at is one of its history.
 */
final class AmountFacts {
    private enum What {
        EVENTS,
        DAYS,
        VALUES
    }

    /**
     * What is counted.
     *
     * @param of zone of days, property of values; empty of events
     */
    private record Amount(What what, String of, EventFilter filter, Window window) {}

    /** Whole numbers from {@code low} to {@code high}. */
    private static final class Range {
        private long low;
        private long high = Long.MAX_VALUE;
        private final List<Long> not = new ArrayList<>();
    }

    private final Map<Amount, Range> ranges = new LinkedHashMap<>();
    private Optional<EventFilter> current = Optional.empty();

    void count(History.EventCount count, boolean holds) {
        var amount = new Amount(What.EVENTS, "", count.filter(), count.window());
        limit(amount, count.operator(), count.count(), holds);
    }

    void days(History.Days days, boolean holds) {
        var amount = new Amount(What.DAYS, days.zone().getId(), days.filter(), days.window());
        limit(amount, days.operator(), days.count(), holds);
    }

    void distinct(History.Distinct distinct, boolean holds) {
        var amount = new Amount(What.VALUES, distinct.property(), distinct.filter(), distinct.window());
        limit(amount, distinct.operator(), distinct.count(), holds);
    }

    void atLeastOne(EventFilter filter, Window window) {
        limit(new Amount(What.EVENTS, "", filter, window), Operator.AT_LEAST, 1, true);
    }

    /** The event being looked at passes this. */
    void current(EventFilter filter) {
        current = Optional.of(filter);
    }

    boolean contradict() {
        ranges.forEach(this::byItself);
        ranges.forEach((one, narrow) -> ranges.forEach((other, wide) -> {
            if (isNoMoreThan(one, other)) {
                wide.low = Math.max(wide.low, narrow.low);
                narrow.high = Math.min(narrow.high, wide.high);
            }
        }));
        ranges.forEach((one, events) -> ranges.forEach((other, days) -> {
            boolean onSomeDay = one.what() == What.EVENTS && other.what() == What.DAYS && events.low > 0;
            if (onSomeDay && isWithin(one, other)) {
                days.low = Math.max(days.low, 1);
            }
        }));
        return ranges.values().stream().anyMatch(AmountFacts::isEmpty);
    }

    private void byItself(Amount amount, Range range) {
        if (amount.what() == What.DAYS) {
            FilterDomain.mostDays(amount.window()).ifPresent(most -> range.high = Math.min(range.high, most));
        }
        if (FilterDomain.isEmpty(amount.filter())) {
            range.high = 0;
        }
        // Of the other windows the current event may be gone: time passes after it.
        boolean hasCurrent = amount.window() instanceof Window.Ever && amount.what() != What.VALUES;
        if (hasCurrent && current.isPresent() && FilterDomain.implies(current.get(), amount.filter())) {
            range.low = Math.max(range.low, 1);
        }
    }

    private static boolean isNoMoreThan(Amount one, Amount other) {
        boolean comparable = other.what() == What.EVENTS
                || (one.what() == other.what() && one.of().equals(other.of()));
        return comparable && !one.equals(other) && isWithin(one, other);
    }

    private static boolean isWithin(Amount one, Amount other) {
        return FilterDomain.isIn(one.window(), other.window()) && FilterDomain.implies(one.filter(), other.filter());
    }

    private void limit(Amount amount, Operator operator, int count, boolean holds) {
        Range range = ranges.computeIfAbsent(amount, any -> new Range());
        if (operator == Operator.EXACTLY && !holds) {
            range.not.add((long) count);
            return;
        }
        switch (holds ? operator : Formula.opposite(operator)) {
            case MORE_THAN -> range.low = Math.max(range.low, count + 1L);
            case AT_LEAST -> range.low = Math.max(range.low, count);
            case AT_MOST -> range.high = Math.min(range.high, count);
            case LESS_THAN -> range.high = Math.min(range.high, count - 1L);
            case EXACTLY -> {
                range.low = Math.max(range.low, count);
                range.high = Math.min(range.high, count);
            }
        }
    }

    private static boolean isEmpty(Range range) {
        for (int i = 0; i <= range.not.size(); i++) {
            range.low += range.not.contains(range.low) ? 1 : 0;
            range.high -= range.not.contains(range.high) ? 1 : 0;
        }
        return range.low > range.high;
    }
}
