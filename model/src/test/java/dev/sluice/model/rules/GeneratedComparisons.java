package dev.sluice.model.rules;

import dev.sluice.model.Value;
import dev.sluice.model.rules.GeneratedPools.Kind;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;

/** Any valid {@link ValueTest}, mostly one that fits what it is asked of. */
final class GeneratedComparisons {
    private static final List<Duration> SPANS = List.of(
            Duration.ofDays(7),
            Duration.ofDays(1),
            Duration.ofDays(30),
            Duration.ofHours(36),
            Duration.ofHours(1),
            Duration.ofMillis(1),
            Duration.ofDays(400),
            RuleLimits.MAX_AHEAD);

    private final GeneratedPools draw;

    GeneratedComparisons(GeneratedPools draw) {
        this.draw = draw;
    }

    ValueTest of(Kind kind) {
        if (draw.chance(6)) {
            return new ValueTest.Exists();
        }
        Kind asked = draw.chance(85) ? kind : draw.one(List.of(Kind.values()));
        return switch (asked) {
            case TEXT -> ofText(GeneratedPools.PIECES, asked);
            case EMAIL -> ofText(GeneratedPools.EMAIL_PIECES, asked);
            case NUMBER -> ofNumber();
            case TIME -> ofTime(draw.one(GeneratedPools.ZONES), draw.chance(50));
            case FLAG -> new ValueTest.OneOf(scalars(asked, 1), draw.chance(20));
            case LIST ->
                new ValueTest.ListContains(
                        draw.chance(60) ? ValueTest.Quantity.ANY : ValueTest.Quantity.ALL,
                        scalars(asked, 1 + draw.below(draw.chance(70) ? 2 : 4)),
                        draw.chance(40));
        };
    }

    private ValueTest ofText(List<String> pieces, Kind kind) {
        return switch (draw.below(4)) {
            case 0 -> new ValueTest.OneOf(scalars(kind, 1 + draw.below(4)), draw.chance(40));
            case 1 -> new ValueTest.Contains(draw.skewed(pieces), draw.chance(60));
            case 2 -> new ValueTest.StartsWith(draw.skewed(pieces), draw.chance(60));
            default -> new ValueTest.Matches(draw.one(GeneratedPools.PATTERNS));
        };
    }

    private ValueTest ofNumber() {
        switch (draw.below(4)) {
            case 0:
                return new ValueTest.OneOf(scalars(Kind.NUMBER, 1 + draw.below(3)), draw.chance(10));
            case 1:
                BigDecimal one = draw.skewed(GeneratedPools.NUMBERS);
                BigDecimal other = draw.one(GeneratedPools.NUMBERS);
                return new ValueTest.Between(one.min(other), one.max(other));
            default:
                Operator operator =
                        draw.one(List.of(Operator.MORE_THAN, Operator.AT_LEAST, Operator.AT_MOST, Operator.LESS_THAN));
                return new ValueTest.Compares(operator, draw.skewed(GeneratedPools.NUMBERS));
        }
    }

    /**
     * A test of a time.
     *
     * @param dates whether it may be one that no instant passes
     */
    TimeTest ofTime(ZoneId zone, boolean dates) {
        TimeTest.Side side = draw.chance(50) ? TimeTest.Side.BEFORE : TimeTest.Side.ON_OR_AFTER;
        return switch (draw.below(5)) {
            case 0 -> {
                Instant than = draw.one(GeneratedPools.MOMENTS);
                yield dates
                        ? new TimeTest.ComparesDate(side, Times.day(than, zone).plusDays(draw.below(3) - 1))
                        : new TimeTest.ComparesInstant(side, than.plusMillis(draw.below(3) - 1));
            }
            case 1 -> new TimeTest.AnniversaryWithinNext(draw.one(List.of(1, 7, 8, 30, 365)), zone);
            case 2 -> new TimeTest.AnniversaryThis(draw.chance(50) ? TimeTest.Span.WEEK : TimeTest.Span.MONTH, zone);
            default -> new TimeTest.Relative(draw.one(List.of(TimeTest.Direction.values())), draw.skewed(SPANS), zone);
        };
    }

    private List<Value> scalars(Kind kind, int count) {
        List<Value> scalars = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            scalars.add(draw.scalar(kind));
        }
        return scalars;
    }
}
