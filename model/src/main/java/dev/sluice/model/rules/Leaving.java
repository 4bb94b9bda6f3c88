package dev.sluice.model.rules;

import dev.sluice.model.Value;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * When a condition on history may next change its answer because events leave its window, if nothing happens. Each rule
 * of thumb errs to the early side only: at the moment that it gives, the answer may be the same as before.
 *
 * @param events of the filter's type and name, the newest first
 * @param now the answer is known as of then
 */
record Leaving(List<Occurrence> events, Instant now) {
    private static final Optional<Instant> NEVER = Optional.empty();

    /** Of a condition whose filters' tests do not depend on now. */
    Optional<Instant> next(History condition) {
        if (condition instanceof History.EventCount count) {
            return eventCount(count);
        }
        if (condition instanceof History.Distinct distinct) {
            return distinct(distinct);
        }
        if (condition instanceof History.Days days) {
            return days(days);
        }
        if (condition instanceof History.Total total) {
            return total(total);
        }
        return condition instanceof History.Moment moment ? moment(moment) : sequence((History.Sequence) condition);
    }

    /** As {@link #dropping} has it, for the most common of conditions without a list of the events that pass. */
    private Optional<Instant> eventCount(History.EventCount count) {
        if (!(count.window() instanceof Window.Last last)) {
            return NEVER;
        }
        boolean reaching = count.operator() == Operator.AT_LEAST || count.operator() == Operator.LESS_THAN;
        Optional<Instant> drops = newest(reaching ? count.count() : count.count() + 1, count.filter(), last);
        return drops.isEmpty() && count.operator() == Operator.EXACTLY
                ? newest(count.count(), count.filter(), last)
                : drops;
    }

    /**
     * When the newest event of so many that pass leaves a window, if there are as many in it. Of a filter without tests every
     * event passes, and none is asked: that is most counts, and with {@link RuleEvaluator#passes} took 5 % of an event's time.
     */
    private Optional<Instant> newest(int nth, EventFilter filter, Window.Last window) {
        if (nth == 0 || nth > events.size()) {
            return NEVER;
        }
        Instant opens = now.minus(window.length());
        int place = nth - 1;
        if (!filter.where().isEmpty()) {
            place = 0;
            for (int found = 0;
                    place < events.size() && events.get(place).time().isAfter(opens);
                    place++) {
                if (RuleEvaluator.passes(filter, events.get(place), now) && ++found == nth) {
                    break;
                }
            }
        }
        return place < events.size() && events.get(place).time().isAfter(opens)
                ? Optional.of(events.get(place).time().plus(window.length()))
                : NEVER;
    }

    private Optional<Instant> distinct(History.Distinct distinct) {
        return different(
                distinct,
                distinct.filter(),
                distinct.operator(),
                distinct.count(),
                event -> event.details().find(distinct.property()).filter(Leaving::isTold));
    }

    private Optional<Instant> days(History.Days days) {
        return different(
                days,
                days.filter(),
                days.operator(),
                days.count(),
                event -> Optional.of(Times.day(event.time(), days.zone())));
    }

    /** What stands for one value is its newest event. */
    private <T> Optional<Instant> different(
            History condition,
            EventFilter filter,
            Operator operator,
            int count,
            Function<Occurrence, Optional<T>> value) {
        return length(condition).flatMap(length -> {
            Set<T> met = new HashSet<>();
            List<Occurrence> newest = passing(condition, filter, Long.MAX_VALUE).stream()
                    .filter(event -> value.apply(event).filter(met::add).isPresent())
                    .toList();
            return dropping(newest, operator, count, length);
        });
    }

    /** When a count of such events, now {@code newest.size()} or, if that is over {@code count}, at least it, changes sides. */
    private static Optional<Instant> dropping(List<Occurrence> newest, Operator operator, int count, Duration length) {
        int enough = switch (operator) {
            case AT_LEAST, LESS_THAN -> count;
            case MORE_THAN, AT_MOST -> count + 1;
            case EXACTLY -> newest.size() > count ? count + 1 : count;
        };
        return enough == 0 || newest.size() < enough
                ? NEVER
                : Optional.of(newest.get(enough - 1).time().plus(length));
    }

    private Optional<Instant> total(History.Total total) {
        return length(total).flatMap(length -> {
            List<Occurrence> passing = passing(total, total.filter(), Long.MAX_VALUE).stream()
                    .filter(event -> number(event, total).isPresent())
                    .toList();
            boolean grows = passing.stream()
                    .allMatch(event -> number(event, total).orElseThrow().signum() >= 0);
            return total.aggregate() == History.Aggregate.SUM && grows
                    ? shrinking(passing, total, length)
                    : oldest(passing, length);
        });
    }

    /** When a sum of numbers that are not negative falls to the other side. */
    private static Optional<Instant> shrinking(List<Occurrence> newest, History.Total total, Duration length) {
        BigDecimal sum = BigDecimal.ZERO;
        boolean reaching = total.operator() == Operator.AT_LEAST || total.operator() == Operator.LESS_THAN;
        Optional<Instant> equal = NEVER;
        for (Occurrence event : newest) {
            int before = sum.compareTo(total.than());
            sum = sum.add(number(event, total).orElseThrow());
            int after = sum.compareTo(total.than());
            if (before < 0 && after >= 0) {
                equal = Optional.of(event.time().plus(length));
            }
            if (reaching ? before < 0 && after >= 0 : before <= 0 && after > 0) {
                return Optional.of(event.time().plus(length));
            }
        }
        return total.operator() == Operator.EXACTLY ? equal : NEVER;
    }

    private static Optional<BigDecimal> number(Occurrence event, History.Total total) {
        return event.details().find(total.property()).flatMap(Decimals::of);
    }

    private static boolean isTold(Value value) {
        return value instanceof Value.Text
                || value instanceof Value.Flag
                || Decimals.of(value).isPresent();
    }

    private Optional<Instant> moment(History.Moment moment) {
        List<Occurrence> passing = passing(moment, moment.filter(), Long.MAX_VALUE);
        if (passing.isEmpty()) {
            return NEVER;
        }
        Occurrence which = moment.which() == History.Which.LAST ? passing.get(0) : passing.get(passing.size() - 1);
        Optional<Instant> leaves = length(moment).map(which.time()::plus);
        Optional<Instant> turns =
                moment.test().matchTime(new TimeTurn(Optional.of(which.time()), Optional.empty(), now));
        return earlier(leaves, turns);
    }

    /** Only an event that passes {@code first} can make a sequence; {@code then} may be of another kind, so it is not looked at. */
    private Optional<Instant> sequence(History.Sequence sequence) {
        List<Occurrence> firsts = passing(sequence, sequence.first(), Long.MAX_VALUE);
        Optional<Instant> leaves = length(sequence).flatMap(length -> oldest(firsts, length));
        if (sequence.followed()) {
            return leaves;
        }
        Optional<Instant> over = firsts.stream()
                .map(first -> first.time().plus(sequence.within()).plusMillis(1))
                .filter(now::isBefore)
                .min(Instant::compareTo);
        return earlier(leaves, over);
    }

    /** Of a condition of which a filter's test depends on now: each event of the filter's kind may matter at any of these. */
    Optional<Instant> anyChange(History condition, EventFilter filter) {
        Optional<Instant> change = NEVER;
        for (Occurrence event : events) {
            if (isIn(condition.window(), event)) {
                for (EventFilter.PropertyTest where : filter.where()) {
                    change = earlier(change, turn(where, event, now));
                }
                change = earlier(change, length(condition).map(event.time()::plus));
                change = earlier(change, turn(condition, event));
            }
        }
        return change;
    }

    private Optional<Instant> turn(History condition, Occurrence event) {
        if (condition instanceof History.Sequence sequence) {
            return Optional.of(event.time().plus(sequence.within()).plusMillis(1))
                    .filter(now::isBefore);
        }
        return condition instanceof History.Moment moment
                ? moment.test().matchTime(new TimeTurn(Optional.of(event.time()), Optional.empty(), now))
                : NEVER;
    }

    /** When a test of a property may change its answer. */
    static Optional<Instant> turn(EventFilter.PropertyTest where, Occurrence event, Instant now) {
        return where.test() instanceof TimeTest test
                        && event.details().find(where.property()).orElse(Value.NOTHING) instanceof Value.Text text
                ? TimeTurn.of(test, text.text(), now)
                : NEVER;
    }

    static Optional<Instant> earlier(Optional<Instant> one, Optional<Instant> other) {
        if (one.isEmpty() || other.isEmpty()) {
            return one.isPresent() ? one : other;
        }
        return one.get().isAfter(other.get()) ? other : one;
    }

    private static Optional<Instant> oldest(List<Occurrence> newest, Duration length) {
        return newest.isEmpty()
                ? NEVER
                : Optional.of(newest.get(newest.size() - 1).time().plus(length));
    }

    /** How long events stay in the window; empty if they never leave it. */
    private static Optional<Duration> length(History condition) {
        return condition.window() instanceof Window.Last last ? Optional.of(last.length()) : Optional.empty();
    }

    /** The newest events in the window that pass, at most so many. */
    private List<Occurrence> passing(History condition, EventFilter filter, long most) {
        List<Occurrence> passing = new ArrayList<>();
        for (int i = 0; i < events.size() && passing.size() < most; i++) {
            Occurrence event = events.get(i);
            if (isIn(condition.window(), event) && RuleEvaluator.passes(filter, event, now)) {
                passing.add(event);
            }
        }
        return passing;
    }

    private boolean isIn(Window window, Occurrence event) {
        if (window instanceof Window.Last last) {
            return event.time().isAfter(now.minus(last.length()));
        }
        return !(window instanceof Window.Between between)
                || (!event.time().isBefore(between.opens()) && event.time().isBefore(between.closes()));
    }
}
