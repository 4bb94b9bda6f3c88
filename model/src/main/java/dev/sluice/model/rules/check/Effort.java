package dev.sluice.model.rules.check;

import dev.sluice.model.Value;
import dev.sluice.model.rules.Condition;
import dev.sluice.model.rules.EventFilter;
import dev.sluice.model.rules.History;
import dev.sluice.model.rules.ValueTest;
import java.util.Collection;
import java.util.List;

/**
 * What a step of a {@link Proof} may cost, known before it is made: a leaf is compared with every other, and a list with
 * each test of the other leaves. Stateless.
 */
final class Effort {
    /** Comparisons of two texts or numbers that are as cheap as what a step costs anyway. */
    private static final int COMPARISONS = 64;
    /** Of a pattern, which is compiled to be tried. */
    private static final int PATTERN = 256;
    /** Of every so many characters of a text, ... */
    private static final int LONG = 16;
    /** ... which cost so much where case is ignored. */
    private static final int FOLD = 32;

    private Effort() {}

    /** What is left for all questions about a rule set. Not thread-safe. */
    static final class Budget {
        private long left;

        Budget(long left) {
            this.left = left;
        }

        int atMost(int steps) {
            return (int) Math.max(0, Math.min(steps, left));
        }

        void spend(long steps) {
            left -= steps;
        }
    }

    /** Of comparing the leaves with each other, and looking for them among the choices. */
    static long step(Collection<Formula.Leaf> leaves, Collection<Formula.Or> choices) {
        long tests = 0;
        long elements = 0;
        for (Formula.Leaf leaf : leaves) {
            tests += tests(leaf.atom());
            elements += elements(leaf.atom());
        }
        long offered = 0;
        for (Formula.Or choice : choices) {
            offered += elements(choice);
        }
        return 1 + leaves.size() + (tests * elements + offered) / COMPARISONS;
    }

    private static long tests(Condition atom) {
        return 1
                + filters(atom).stream()
                        .mapToLong(filter -> filter.where().size())
                        .sum();
    }

    private static long elements(Formula formula) {
        if (formula instanceof Formula.And and) {
            return and.parts().stream().mapToLong(Effort::elements).sum();
        }
        if (formula instanceof Formula.Or or) {
            return or.parts().stream().mapToLong(Effort::elements).sum();
        }
        return elements(((Formula.Leaf) formula).atom());
    }

    private static long elements(Condition atom) {
        if (atom instanceof Condition.Trait trait) {
            return elements(trait.test());
        }
        if (atom instanceof Condition.Statistic statistic) {
            return elements(statistic.test());
        }
        if (atom instanceof Condition.Call call) {
            return elements(call.test());
        }
        long elements = 1;
        for (EventFilter filter : filters(atom)) {
            for (EventFilter.PropertyTest where : filter.where()) {
                elements += elements(where.test());
            }
        }
        return elements;
    }

    private static long elements(ValueTest test) {
        if (test instanceof ValueTest.OneOf oneOf) {
            return elements(oneOf.values());
        }
        if (test instanceof ValueTest.ListContains list) {
            return elements(list.elements());
        }
        if (test instanceof ValueTest.Contains contains) {
            return elements(contains.text());
        }
        if (test instanceof ValueTest.StartsWith starts) {
            return elements(starts.text());
        }
        return test instanceof ValueTest.Matches ? PATTERN : 1;
    }

    private static long elements(List<Value> values) {
        return values.stream()
                .mapToLong(value -> value instanceof Value.Text text ? elements(text.text()) : 1)
                .sum();
    }

    private static long elements(String text) {
        return 1L + text.length() / LONG * FOLD;
    }

    private static List<EventFilter> filters(Condition atom) {
        if (atom instanceof Condition.CurrentEvent event) {
            return List.of(event.filter());
        }
        return atom instanceof History history ? history.filters() : List.of();
    }
}
