package dev.sluice.model.rules.check;

import dev.sluice.model.rules.Operator;
import dev.sluice.model.rules.TimeTest;
import java.math.BigDecimal;

/** Where from now a relative test lets a time be, for {@link RuleCheck}. Stateless. */
final class TimeSpan {
    private TimeSpan() {}

    /** Of an instant, in milliseconds from now. */
    static NumberRange ofInstant(TimeTest.Relative relative) {
        BigDecimal by = BigDecimal.valueOf(relative.by().toMillis());
        return switch (relative.direction()) {
            case WITHIN_LAST ->
                NumberRange.of(Operator.MORE_THAN, by.negate()).and(NumberRange.of(Operator.AT_MOST, BigDecimal.ZERO));
            case WITHIN_NEXT ->
                NumberRange.of(Operator.AT_LEAST, BigDecimal.ZERO).and(NumberRange.of(Operator.LESS_THAN, by));
            case LONGER_AGO -> NumberRange.of(Operator.AT_MOST, by.negate());
            case FURTHER_AHEAD -> NumberRange.of(Operator.AT_LEAST, by);
        };
    }

    /** Of a date, in days from today; a range between two days that has no whole day in it is empty. */
    static NumberRange ofDate(TimeTest.Relative relative) {
        BigDecimal by = BigDecimal.valueOf(relative.by().toDays());
        BigDecimal most = by.subtract(BigDecimal.ONE);
        return switch (relative.direction()) {
            case WITHIN_LAST -> NumberRange.between(most.negate(), BigDecimal.ZERO);
            case WITHIN_NEXT -> NumberRange.between(BigDecimal.ZERO, most);
            case LONGER_AGO -> NumberRange.of(Operator.AT_MOST, by.negate());
            case FURTHER_AHEAD -> NumberRange.of(Operator.AT_LEAST, by);
        };
    }

    /** Whether whatever passes one test passes the other. */
    static boolean implies(TimeTest one, TimeTest other) {
        if (one instanceof TimeTest.Relative a && other instanceof TimeTest.Relative b) {
            return a.zone().equals(b.zone())
                    && ofInstant(a).isIn(ofInstant(b))
                    && ofDate(a).isIn(ofDate(b));
        }
        if (one instanceof TimeTest.ComparesInstant a && other instanceof TimeTest.ComparesInstant b) {
            return a.side() == b.side() && isNarrower(a.side(), a.than().compareTo(b.than()));
        }
        if (one instanceof TimeTest.ComparesDate a && other instanceof TimeTest.ComparesDate b) {
            return a.side() == b.side() && isNarrower(a.side(), a.than().compareTo(b.than()));
        }
        return one instanceof TimeTest.AnniversaryWithinNext a
                && other instanceof TimeTest.AnniversaryWithinNext b
                && a.zone().equals(b.zone())
                && a.days() <= b.days();
    }

    private static boolean isNarrower(TimeTest.Side side, int order) {
        return side == TimeTest.Side.BEFORE ? order <= 0 : order >= 0;
    }
}
