package dev.sluice.model.rules;

import dev.sluice.model.Value;
import java.math.BigDecimal;
import java.util.List;

/**
 * What is asked of one value. Over a value that is missing or of another type every test is false. Tests of text that
 * ignore case compare what {@link CaseFold} makes of both texts.
 */
public sealed interface ValueTest
        permits ValueTest.Exists,
                ValueTest.OneOf,
                ValueTest.Contains,
                ValueTest.StartsWith,
                ValueTest.Matches,
                ValueTest.Compares,
                ValueTest.Between,
                ValueTest.ListContains,
                TimeTest {
    /** Answers by the kind of test. */
    <R> R match(Cases<R> cases);

    /** One answer for each kind of test. */
    interface Cases<R> extends TimeTest.Cases<R> {
        R exists(Exists exists);

        R oneOf(OneOf oneOf);

        R contains(Contains contains);

        R startsWith(StartsWith startsWith);

        R matches(Matches matches);

        R compares(Compares compares);

        R between(Between between);

        R listContains(ListContains listContains);
    }

    /** There is a value, and it is not JSON {@code null}. */
    record Exists() implements ValueTest {
        @Override
        public <R> R match(Cases<R> cases) {
            return cases.exists(this);
        }
    }

    /**
     * The value equals one of {@code values}: text by code points, numbers by value, flags. A list of one is JSON's
     * {@code equals}.
     */
    record OneOf(List<Value> values, boolean ignoreCase) implements ValueTest {
        public OneOf {
            values = RuleLimits.bounded("oneOf", values, RuleLimits.MAX_LIST);
            values.forEach(RuleLimits::scalar);
        }

        @Override
        public <R> R match(Cases<R> cases) {
            return cases.oneOf(this);
        }
    }

    /** The value is text and {@code text} stands in it, by code points. */
    record Contains(String text, boolean ignoreCase) implements ValueTest {
        public Contains {
            RuleLimits.text(text);
        }

        @Override
        public <R> R match(Cases<R> cases) {
            return cases.contains(this);
        }
    }

    /** The value is text that begins with {@code text}, by code points. */
    record StartsWith(String text, boolean ignoreCase) implements ValueTest {
        public StartsWith {
            RuleLimits.text(text);
        }

        @Override
        public <R> R match(Cases<R> cases) {
            return cases.startsWith(this);
        }
    }

    /**
     * The value is text and the pattern matches somewhere in it. Patterns are those of RE2/J: time grows with the length
     * of the text times that of the pattern.
     */
    record Matches(String pattern) implements ValueTest {
        public Matches {
            RuleLimits.pattern(pattern);
        }

        @Override
        public <R> R match(Cases<R> cases) {
            return cases.matches(this);
        }
    }

    /** The value is a number and compares to {@code than} as {@code operator} says; never {@code EXACTLY}. */
    record Compares(Operator operator, BigDecimal than) implements ValueTest {
        public Compares {
            if (operator == Operator.EXACTLY) {
                throw new InvalidRuleException("exactly compares counts; for a value use equals");
            }
            than = RuleLimits.number(than);
        }

        @Override
        public <R> R match(Cases<R> cases) {
            return cases.compares(this);
        }
    }

    /** The value is a number from {@code low} to {@code high}, both included. */
    record Between(BigDecimal low, BigDecimal high) implements ValueTest {
        public Between {
            low = RuleLimits.number(low);
            high = RuleLimits.number(high);
            if (low.compareTo(high) > 0) {
                throw new InvalidRuleException(
                        "between " + low.toPlainString() + " and " + high.toPlainString() + " lies nothing");
            }
        }

        @Override
        public <R> R match(Cases<R> cases) {
            return cases.between(this);
        }
    }

    /** How many of several. */
    enum Quantity {
        ANY,
        ALL
    }

    /** The value is a list that has any or all of {@code elements}, equal as {@link OneOf} says. */
    record ListContains(Quantity quantity, List<Value> elements, boolean ignoreCase) implements ValueTest {
        public ListContains {
            elements = RuleLimits.bounded("listContains", elements, RuleLimits.MAX_LIST);
            elements.forEach(RuleLimits::scalar);
        }

        @Override
        public <R> R match(Cases<R> cases) {
            return cases.listContains(this);
        }
    }
}
