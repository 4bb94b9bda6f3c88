package dev.sluice.model.rules.check;

import dev.sluice.model.rules.Operator;
import dev.sluice.model.rules.ValueTest;
import java.math.BigDecimal;
import java.util.Optional;

/**
 * A stretch of numbers, for {@link RuleCheck}. Immutable.
 *
 * @param low nothing is below; empty if there is no end
 * @param lowOpen whether {@code low} itself is outside
 */
record NumberRange(Optional<BigDecimal> low, boolean lowOpen, Optional<BigDecimal> high, boolean highOpen) {
    static final NumberRange ALL = new NumberRange(Optional.empty(), true, Optional.empty(), true);

    private static final BigDecimal LARGEST = new BigDecimal("999999999999999999.999999999");
    /** Of the numbers that rules know. */
    static final NumberRange KNOWN = between(LARGEST.negate(), LARGEST);

    static NumberRange between(BigDecimal low, BigDecimal high) {
        return new NumberRange(Optional.of(low), false, Optional.of(high), false);
    }

    static NumberRange of(Operator operator, BigDecimal than) {
        return switch (operator) {
            case MORE_THAN -> new NumberRange(Optional.of(than), true, Optional.empty(), true);
            case AT_LEAST -> new NumberRange(Optional.of(than), false, Optional.empty(), true);
            case AT_MOST -> new NumberRange(Optional.empty(), true, Optional.of(than), false);
            case LESS_THAN -> new NumberRange(Optional.empty(), true, Optional.of(than), true);
            case EXACTLY -> between(than, than);
        };
    }

    /** The range of a test of numbers; empty if it is none, or more than a range. */
    static Optional<NumberRange> of(ValueTest test) {
        if (test instanceof ValueTest.Compares compares) {
            return Optional.of(of(compares.operator(), compares.than()));
        }
        return test instanceof ValueTest.Between between
                ? Optional.of(between(between.low(), between.high()))
                : Optional.empty();
    }

    NumberRange and(NumberRange other) {
        boolean lower = startsAfter(other);
        boolean higher = endsBefore(other);
        return new NumberRange(
                lower ? low : other.low,
                lower ? lowOpen : other.lowOpen,
                higher ? high : other.high,
                higher ? highOpen : other.highOpen);
    }

    boolean isEmpty() {
        if (low.isEmpty() || high.isEmpty()) {
            return false;
        }
        int order = low.get().compareTo(high.get());
        return order > 0 || (order == 0 && (lowOpen || highOpen));
    }

    boolean isIn(NumberRange other) {
        return isEmpty() || (startsAfter(other) && endsBefore(other));
    }

    /** Whether this begins no earlier than another. */
    private boolean startsAfter(NumberRange other) {
        if (other.low.isEmpty() || low.isEmpty()) {
            return other.low.isEmpty();
        }
        int order = low.get().compareTo(other.low.get());
        return order > 0 || (order == 0 && (lowOpen || !other.lowOpen));
    }

    private boolean endsBefore(NumberRange other) {
        if (other.high.isEmpty() || high.isEmpty()) {
            return other.high.isEmpty();
        }
        int order = high.get().compareTo(other.high.get());
        return order < 0 || (order == 0 && (highOpen || !other.highOpen));
    }
}
