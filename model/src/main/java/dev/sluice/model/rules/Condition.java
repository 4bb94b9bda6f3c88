package dev.sluice.model.rules;

import dev.sluice.model.Value;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * One node of a rule's tree. Every node is either true or false of an {@link Observation}, never unknown: a leaf over
 * something missing is false. Immutable; a tree that breaks a limit cannot be made.
 */
public sealed interface Condition {

    /** Answers by the kind of node; who adds a kind is shown by the compiler what else must know it. */
    <R> R match(Cases<R> cases);

    /** One answer for each kind of condition. */
    interface Cases<R> {
        R allOf(AllOf all);

        R anyOf(AnyOf any);

        R not(Not not);

        R currentEvent(CurrentEvent event);

        R eventCount(EventCount count);

        R trait(Trait trait);

        R statistic(Statistic statistic);
    }

    /** True if every one of {@code conditions} is. */
    record AllOf(List<Condition> conditions) implements Condition {
        public AllOf {
            conditions = RuleLimits.bounded("allOf", conditions, RuleLimits.MAX_CHILDREN);
        }

        @Override
        public <R> R match(Cases<R> cases) {
            return cases.allOf(this);
        }
    }

    /** True if at least one of {@code conditions} is. */
    record AnyOf(List<Condition> conditions) implements Condition {
        public AnyOf {
            conditions = RuleLimits.bounded("anyOf", conditions, RuleLimits.MAX_CHILDREN);
        }

        @Override
        public <R> R match(Cases<R> cases) {
            return cases.anyOf(this);
        }
    }

    /** True if {@code condition} is not. */
    record Not(Condition condition) implements Condition {
        @Override
        public <R> R match(Cases<R> cases) {
            return cases.not(this);
        }
    }

    /** True if the event being looked at passes {@code filter}. */
    record CurrentEvent(EventFilter filter) implements Condition {
        @Override
        public <R> R match(Cases<R> cases) {
            return cases.currentEvent(this);
        }
    }

    /**
     * Compares how many of the person's events pass {@code filter} within the window {@code (t − last, t]}, t being the
     * event time of the current event, which counts itself.
     *
     * @param last the window's length: whole milliseconds, positive, at most {@link RuleLimits#MAX_WINDOW}
     * @param count 0 to {@value RuleLimits#MAX_COUNT}
     */
    record EventCount(EventFilter filter, Duration last, Operator operator, int count) implements Condition {
        public EventCount {
            RuleLimits.window(last);
            if (count < 0 || count > RuleLimits.MAX_COUNT) {
                throw new InvalidRuleException("a count must be 0 to " + RuleLimits.MAX_COUNT + ", is " + count);
            }
        }

        @Override
        public <R> R match(Cases<R> cases) {
            return cases.eventCount(this);
        }
    }

    /** True if the person has the trait and it passes {@code test}. */
    record Trait(String name, ValueTest test) implements Condition {
        public Trait {
            RuleLimits.name("trait", name);
        }

        @Override
        public <R> R match(Cases<R> cases) {
            return cases.trait(this);
        }
    }

    /** True if the batch jobs computed the statistic for the person and it passes {@code test}. */
    record Statistic(String name, ValueTest test) implements Condition {
        public Statistic {
            RuleLimits.name("statistic", name);
        }

        @Override
        public <R> R match(Cases<R> cases) {
            return cases.statistic(this);
        }
    }

    /** How a number is compared. */
    enum Operator {
        MORE_THAN("moreThan"),
        AT_LEAST("atLeast"),
        AT_MOST("atMost"),
        LESS_THAN("lessThan"),
        EXACTLY("exactly");

        private final String word;

        Operator(String word) {
            this.word = word;
        }

        /** As it is written in JSON. */
        public String word() {
            return word;
        }

        /** The operator with this word, spelt exactly. */
        public static Optional<Operator> ofWord(String word) {
            for (Operator operator : values()) {
                if (operator.word.equals(word)) {
                    return Optional.of(operator);
                }
            }
            return Optional.empty();
        }
    }

    /** What is asked of one value; over a value of another type every test is false. */
    sealed interface ValueTest {
        /** Answers by the kind of test. */
        <R> R match(TestCases<R> cases);
    }

    /** One answer for each kind of test. */
    interface TestCases<R> {
        R exists(Exists exists);

        R oneOf(OneOf oneOf);

        R contains(Contains contains);

        R compares(Compares compares);

        R listContains(ListContains listContains);
    }

    /** There is a value, and it is not JSON {@code null}. */
    record Exists() implements ValueTest {
        @Override
        public <R> R match(TestCases<R> cases) {
            return cases.exists(this);
        }
    }

    /**
     * The value equals one of {@code values}: text by code points, numbers by value, flags. A list of one is JSON's
     * {@code equals}.
     */
    record OneOf(List<Value> values) implements ValueTest {
        public OneOf {
            values = RuleLimits.bounded("oneOf", values, RuleLimits.MAX_LIST);
            values.forEach(RuleLimits::scalar);
        }

        @Override
        public <R> R match(TestCases<R> cases) {
            return cases.oneOf(this);
        }
    }

    /** The value is text and {@code text} stands in it, by code points. */
    record Contains(String text) implements ValueTest {
        public Contains {
            RuleLimits.text(text);
        }

        @Override
        public <R> R match(TestCases<R> cases) {
            return cases.contains(this);
        }
    }

    /** The value is a number and compares to {@code than} as {@code operator} says. */
    record Compares(Operator operator, BigDecimal than) implements ValueTest {
        public Compares {
            if (operator == Operator.EXACTLY) {
                throw new InvalidRuleException("exactly compares counts; for a value use equals");
            }
            than = than.signum() == 0 ? BigDecimal.ZERO : than.stripTrailingZeros();
        }

        @Override
        public <R> R match(TestCases<R> cases) {
            return cases.compares(this);
        }
    }

    /** The value is a list and one of its elements equals {@code element}. */
    record ListContains(Value element) implements ValueTest {
        public ListContains {
            RuleLimits.scalar(element);
        }

        @Override
        public <R> R match(TestCases<R> cases) {
            return cases.listContains(this);
        }
    }
}
