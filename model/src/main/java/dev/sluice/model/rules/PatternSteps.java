package dev.sluice.model.rules;

import java.util.List;

/** What the patterns of a tree come to, by {@link RuleLimits#patternSteps}. Stateless. */
final class PatternSteps {
    private PatternSteps() {}

    /** Of all tests in the tree, those of properties included. */
    static long of(Condition condition) {
        long steps = own(condition);
        for (Condition child : condition.children()) {
            steps += of(child);
        }
        return steps;
    }

    private static long own(Condition condition) {
        if (condition instanceof Condition.Trait trait) {
            return of(trait.test());
        }
        if (condition instanceof Condition.Statistic statistic) {
            return of(statistic.test());
        }
        if (condition instanceof Condition.Call call) {
            return of(call.test());
        }
        if (condition instanceof Condition.CurrentEvent event) {
            return of(List.of(event.filter()));
        }
        return condition instanceof History history ? of(history.filters()) : 0;
    }

    private static long of(List<EventFilter> filters) {
        return filters.stream()
                .flatMap(filter -> filter.where().stream())
                .mapToLong(where -> of(where.test()))
                .sum();
    }

    private static long of(ValueTest test) {
        return test instanceof ValueTest.Matches matches ? RuleLimits.patternSteps(matches.pattern()) : 0;
    }
}
