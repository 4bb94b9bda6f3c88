package dev.sluice.model.rules.check;

import dev.sluice.model.rules.Condition;
import dev.sluice.model.rules.EventFilter;
import dev.sluice.model.rules.History;
import dev.sluice.model.rules.Operator;
import dev.sluice.model.rules.ValueTest;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The normal form of a condition, for {@link RuleCheck}: every "not" stands at a leaf, nested nodes of one kind are one,
 * order and repetition are gone. Conditions of equal normal form mean the same. Immutable.
 */
sealed interface Formula {
    /** That a leaf is true, or that it is not. */
    record Leaf(Condition atom, boolean holds) implements Formula {}

    record And(Set<Formula> parts) implements Formula {}

    record Or(Set<Formula> parts) implements Formula {}

    /** That a condition without {@link Condition.InSegment} is true, or that it is not. */
    static Formula of(Condition condition, boolean holds) {
        if (condition instanceof Condition.Not not) {
            return of(not.condition(), !holds);
        }
        if (condition instanceof Condition.AllOf all) {
            return node(all.conditions(), holds, holds);
        }
        if (condition instanceof Condition.AnyOf any) {
            return node(any.conditions(), holds, !holds);
        }
        return leaf(condition, holds);
    }

    private static Formula node(List<Condition> conditions, boolean holds, boolean and) {
        Set<Formula> parts = new LinkedHashSet<>();
        for (Condition condition : conditions) {
            Formula part = of(condition, holds);
            if (and && part instanceof And inner) {
                parts.addAll(inner.parts());
            } else if (!and && part instanceof Or inner) {
                parts.addAll(inner.parts());
            } else {
                parts.add(part);
            }
        }
        if (parts.size() == 1) {
            return parts.iterator().next();
        }
        return and ? new And(parts) : new Or(parts);
    }

    private static Formula leaf(Condition atom, boolean holds) {
        if (atom instanceof History.EventCount count) {
            return leaf(count, holds);
        }
        if (atom instanceof Condition.CurrentEvent event) {
            return new Leaf(new Condition.CurrentEvent(plain(event.filter())), holds);
        }
        if (atom instanceof Condition.Trait trait) {
            return new Leaf(new Condition.Trait(trait.name(), plain(trait.test())), holds);
        }
        if (atom instanceof Condition.Statistic statistic) {
            return new Leaf(new Condition.Statistic(statistic.name(), plain(statistic.test())), holds);
        }
        return new Leaf(atom, holds);
    }

    /** Counts are always known, so that "not at least 3" is "at most 2", and that is "less than 3". */
    private static Formula leaf(History.EventCount count, boolean holds) {
        EventFilter filter = plain(count.filter());
        if (count.operator() == Operator.EXACTLY) {
            return new Leaf(new History.EventCount(filter, count.window(), Operator.EXACTLY, count.count()), holds);
        }
        Operator operator = holds ? count.operator() : opposite(count.operator());
        int k = count.count();
        if (k > 0 && operator == Operator.AT_LEAST) {
            operator = Operator.MORE_THAN;
            k--;
        } else if (k > 0 && operator == Operator.LESS_THAN) {
            operator = Operator.AT_MOST;
            k--;
        }
        return new Leaf(new History.EventCount(filter, count.window(), operator, k), true);
    }

    static Operator opposite(Operator operator) {
        return switch (operator) {
            case MORE_THAN -> Operator.AT_MOST;
            case AT_LEAST -> Operator.LESS_THAN;
            case AT_MOST -> Operator.MORE_THAN;
            case LESS_THAN -> Operator.AT_LEAST;
            case EXACTLY -> throw new IllegalArgumentException("exactly has no opposite");
        };
    }

    private static EventFilter plain(EventFilter filter) {
        List<EventFilter.PropertyTest> where = filter.where().stream()
                .map(test -> new EventFilter.PropertyTest(test.property(), plain(test.test())))
                .distinct()
                .sorted((a, b) -> a.toString().compareTo(b.toString()))
                .collect(Collectors.toList());
        return new EventFilter(filter.type(), filter.name(), where);
    }

    private static ValueTest plain(ValueTest test) {
        if (test instanceof ValueTest.OneOf one && one.values().size() > 1) {
            return new ValueTest.OneOf(
                    one.values().stream()
                            .distinct()
                            .sorted((a, b) -> a.toString().compareTo(b.toString()))
                            .toList(),
                    one.ignoreCase());
        }
        if (test instanceof ValueTest.ListContains list && list.elements().size() > 1) {
            return new ValueTest.ListContains(
                    list.quantity(),
                    list.elements().stream()
                            .distinct()
                            .sorted((a, b) -> a.toString().compareTo(b.toString()))
                            .toList(),
                    list.ignoreCase());
        }
        return test;
    }
}
