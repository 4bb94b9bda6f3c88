package dev.sluice.model.rules.check;

import dev.sluice.model.rules.EventFilter;
import dev.sluice.model.rules.RuleLimits;
import dev.sluice.model.rules.ValueTest;
import dev.sluice.model.rules.Window;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Which events filters and windows let pass, for {@link RuleCheck}; what is said is proved. Stateless. */
final class FilterDomain {
    private FilterDomain() {}

    /** Whether no event passes: its tests of some property contradict each other. */
    static boolean isEmpty(EventFilter filter) {
        Map<String, List<ValueTest>> byProperty = new HashMap<>();
        filter.where()
                .forEach(where -> byProperty
                        .computeIfAbsent(where.property(), any -> new ArrayList<>())
                        .add(where.test()));
        return byProperty.values().stream().anyMatch(tests -> ValueDomain.isEmpty(tests, List.of()));
    }

    /** Whether every event that passes one passes the other. */
    static boolean implies(EventFilter one, EventFilter other) {
        return one.type() == other.type()
                && (other.name().isEmpty() || other.name().equals(one.name()))
                && other.where().stream()
                        .allMatch(asked -> one.where().stream()
                                .anyMatch(has -> has.property().equals(asked.property())
                                        && ValueDomain.implies(has.test(), asked.test())));
    }

    /** The filter of events that pass both; empty if their types or names already say that there are none. */
    static Optional<EventFilter> both(EventFilter one, EventFilter other) {
        boolean names =
                one.name().isEmpty() || other.name().isEmpty() || one.name().equals(other.name());
        if (one.type() != other.type() || !names) {
            return Optional.empty();
        }
        List<EventFilter.PropertyTest> where = new ArrayList<>(one.where());
        other.where().stream().filter(test -> !where.contains(test)).forEach(where::add);
        // Longer than a rule may write is still right with the first ones only: fewer tests let more pass.
        List<EventFilter.PropertyTest> some = where.subList(0, Math.min(where.size(), RuleLimits.MAX_CHILDREN));
        return Optional.of(new EventFilter(one.type(), one.name().or(other::name), some));
    }

    /** Whether one window lies in the other at every time. */
    static boolean isIn(Window one, Window other) {
        if (one.equals(other) || other instanceof Window.Ever) {
            return true;
        }
        if (one instanceof Window.Last a && other instanceof Window.Last b) {
            return a.length().compareTo(b.length()) <= 0;
        }
        return one instanceof Window.Between a
                && other instanceof Window.Between b
                && !a.opens().isBefore(b.opens())
                && !a.closes().isAfter(b.closes());
    }

    /** Days of the calendar that a window can have parts of, if there is a bound. */
    static Optional<Long> mostDays(Window window) {
        if (window instanceof Window.Between between) {
            return Optional.of(ChronoUnit.DAYS.between(between.from(), between.to()) + 1);
        }
        // The shortest day has 16 hours: clocks of Antarctica were put forward by 8; the first and last may be in it in
        // part.
        return window instanceof Window.Last last ? Optional.of(last.length().toHours() / 16 + 2) : Optional.empty();
    }
}
