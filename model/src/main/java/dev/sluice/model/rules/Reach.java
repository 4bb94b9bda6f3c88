package dev.sluice.model.rules;

import java.time.Instant;
import java.util.List;

/**
 * How far back a condition on history looks, and at which events. Immutable.
 *
 * @param filters what it counts, without the tests that depend on the time of evaluation: those are taken for passed
 * @param most how many of the newest events it can tell apart
 * @param needsOldest whether the oldest is needed as well
 */
record Reach(Window window, List<EventFilter> filters, int most, boolean needsOldest) {

    static Reach of(History condition) {
        List<EventFilter> lasting =
                condition.filters().stream().map(Reach::lasting).toList();
        // No comparison of a count can tell that there are more; the others are bounded with all that is kept.
        int most = condition instanceof History.EventCount ? RuleLimits.MAX_COUNT + 1 : Integer.MAX_VALUE;
        boolean first = condition instanceof History.Moment moment && moment.which() == History.Which.FIRST;
        return new Reach(condition.window(), lasting, most, first);
    }

    /**
     * Marks those of a person's settled events that are needed from now on.
     *
     * @param from nothing before it is evaluated any more
     */
    void mark(List<Occurrence> settled, Instant from, boolean[] needed) {
        int found = 0;
        int oldest = -1;
        for (int i = settled.size() - 1; i >= 0 && (found < most || needsOldest); i--) {
            Occurrence event = settled.get(i);
            if (isPast(event.time(), from)) {
                break;
            }
            if (filters.stream().anyMatch(filter -> RuleEvaluator.passes(filter, event, event.time()))) {
                needed[i] |= found < most;
                found++;
                oldest = i;
            }
        }
        if (needsOldest && oldest >= 0) {
            needed[oldest] = true;
        }
    }

    /** Whether the window has left the time behind for good. */
    private boolean isPast(Instant time, Instant from) {
        if (window instanceof Window.Last last) {
            return !time.isAfter(from.minus(last.length()));
        }
        return window instanceof Window.Between between && time.isBefore(between.opens());
    }

    private static EventFilter lasting(EventFilter filter) {
        return new EventFilter(
                filter.type(),
                filter.name(),
                filter.where().stream()
                        .filter(where -> !dependsOnNow(where.test()))
                        .toList());
    }

    private static boolean dependsOnNow(ValueTest test) {
        return test instanceof TimeTest
                && !(test instanceof TimeTest.ComparesInstant)
                && !(test instanceof TimeTest.ComparesDate);
    }
}
