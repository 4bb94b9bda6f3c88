package dev.sluice.model.rules.check;

import dev.sluice.model.Value;
import dev.sluice.model.rules.CaseFold;
import dev.sluice.model.rules.TimeTest;
import dev.sluice.model.rules.ValueTest;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Which values there are that pass some tests and fail others, for {@link RuleCheck}. Whatever is said here is proved;
 * what is hard is left open. Stateless.
 */
final class ValueDomain {
    /** What a value can be; a text is an instant, a date, or neither. */
    private enum Shape {
        INSTANT,
        DATE,
        OTHER_TEXT,
        NUMBER,
        FLAG,
        LIST,
        OTHER
    }

    private ValueDomain() {}

    /** Whether no value, and not its absence either, passes all of the one and none of the other tests. */
    static boolean isEmpty(List<ValueTest> passed, List<ValueTest> failed) {
        if (passed.isEmpty()) {
            // A value that is missing fails every test.
            return false;
        }
        if (passed.stream().anyMatch(one -> failed.stream().anyMatch(other -> implies(one, other)))) {
            return true;
        }
        Set<Shape> shapes = EnumSet.allOf(Shape.class);
        passed.forEach(test -> shapes.retainAll(shapes(test)));
        if (hasNoNumber(passed, failed)) {
            shapes.remove(Shape.NUMBER);
        }
        if (hasNoInstant(passed)) {
            shapes.remove(Shape.INSTANT);
        }
        if (hasNoDate(passed)) {
            shapes.remove(Shape.DATE);
        }
        return shapes.isEmpty() || ListDomain.hasNoCandidate(passed, failed) || prefixesDiffer(passed);
    }

    /** Whether every value that passes one test passes the other. */
    static boolean implies(ValueTest one, ValueTest other) {
        if (one.equals(other) || other instanceof ValueTest.Exists) {
            return true;
        }
        if (one instanceof ValueTest.OneOf oneOf) {
            return ListDomain.implies(oneOf, other);
        }
        if (one instanceof TimeTest a && other instanceof TimeTest b) {
            return TimeSpan.implies(a, b);
        }
        if (one instanceof ValueTest.ListContains a && other instanceof ValueTest.ListContains b) {
            return ListDomain.implies(a, b);
        }
        if (one instanceof ValueTest.Contains a && other instanceof ValueTest.Contains b) {
            return a.ignoreCase() == b.ignoreCase()
                    && CaseFold.fold(a.text(), a.ignoreCase()).contains(CaseFold.fold(b.text(), b.ignoreCase()));
        }
        if (one instanceof ValueTest.StartsWith a && other instanceof ValueTest.StartsWith b) {
            return a.ignoreCase() == b.ignoreCase()
                    && CaseFold.fold(a.text(), a.ignoreCase()).startsWith(CaseFold.fold(b.text(), b.ignoreCase()));
        }
        if (one instanceof ValueTest.StartsWith a && other instanceof ValueTest.Contains b) {
            return a.ignoreCase() == b.ignoreCase()
                    && CaseFold.fold(a.text(), a.ignoreCase()).contains(CaseFold.fold(b.text(), b.ignoreCase()));
        }
        Optional<NumberRange> a = NumberRange.of(one).map(NumberRange.KNOWN::and);
        Optional<NumberRange> b = NumberRange.of(other);
        return a.isPresent() && b.isPresent() && a.get().isIn(b.get());
    }

    private static boolean hasNoNumber(List<ValueTest> passed, List<ValueTest> failed) {
        NumberRange range = NumberRange.KNOWN;
        for (ValueTest test : passed) {
            range = NumberRange.of(test).map(range::and).orElse(range);
        }
        for (ValueTest test : failed) {
            if (test instanceof ValueTest.Compares compares) {
                range = range.and(NumberRange.of(Formula.opposite(compares.operator()), compares.than()));
            }
        }
        if (range.isEmpty()) {
            return true;
        }
        NumberRange all = range;
        return failed.stream().flatMap(test -> NumberRange.of(test).stream()).anyMatch(all::isIn);
    }

    private static boolean hasNoInstant(List<ValueTest> passed) {
        Instant from = Instant.MIN;
        Instant before = Instant.MAX;
        NumberRange fromNow = NumberRange.ALL;
        for (ValueTest test : passed) {
            if (test instanceof TimeTest.ComparesInstant compares) {
                boolean starts = compares.side() == TimeTest.Side.ON_OR_AFTER;
                from = starts && compares.than().isAfter(from) ? compares.than() : from;
                before = !starts && compares.than().isBefore(before) ? compares.than() : before;
            } else if (test instanceof TimeTest.Relative relative) {
                fromNow = fromNow.and(TimeSpan.ofInstant(relative));
            }
        }
        return !from.isBefore(before) || fromNow.isEmpty();
    }

    private static boolean hasNoDate(List<ValueTest> passed) {
        LocalDate from = LocalDate.MIN;
        LocalDate before = LocalDate.MAX;
        Map<ZoneId, NumberRange> fromToday = new HashMap<>();
        for (ValueTest test : passed) {
            if (test instanceof TimeTest.ComparesDate compares) {
                boolean starts = compares.side() == TimeTest.Side.ON_OR_AFTER;
                from = starts && compares.than().isAfter(from) ? compares.than() : from;
                before = !starts && compares.than().isBefore(before) ? compares.than() : before;
            } else if (test instanceof TimeTest.Relative relative) {
                fromToday.merge(relative.zone(), TimeSpan.ofDate(relative), NumberRange::and);
            }
        }
        return !from.isBefore(before) || fromToday.values().stream().anyMatch(NumberRange::isEmpty);
    }

    private static boolean prefixesDiffer(List<ValueTest> passed) {
        for (ValueTest one : passed) {
            for (ValueTest other : passed) {
                if (one instanceof ValueTest.StartsWith a
                        && other instanceof ValueTest.StartsWith b
                        && a.ignoreCase() == b.ignoreCase()) {
                    String first = CaseFold.fold(a.text(), a.ignoreCase());
                    String second = CaseFold.fold(b.text(), b.ignoreCase());
                    if (!first.startsWith(second) && !second.startsWith(first)) {
                        return true;
                    }
                }
            }
        }
        return false;
    }

    private static Set<Shape> shapes(ValueTest test) {
        if (test instanceof ValueTest.Exists) {
            return EnumSet.allOf(Shape.class);
        }
        if (test instanceof ValueTest.OneOf oneOf) {
            Set<Shape> shapes = EnumSet.noneOf(Shape.class);
            for (Value value : oneOf.values()) {
                shapes.addAll(
                        value instanceof Value.Text
                                ? EnumSet.of(Shape.INSTANT, Shape.DATE, Shape.OTHER_TEXT)
                                : EnumSet.of(value instanceof Value.Flag ? Shape.FLAG : Shape.NUMBER));
            }
            return shapes;
        }
        if (test instanceof ValueTest.Compares || test instanceof ValueTest.Between) {
            return EnumSet.of(Shape.NUMBER);
        }
        if (test instanceof ValueTest.ListContains) {
            return EnumSet.of(Shape.LIST);
        }
        if (test instanceof TimeTest.ComparesInstant) {
            return EnumSet.of(Shape.INSTANT);
        }
        if (test instanceof TimeTest.ComparesDate) {
            return EnumSet.of(Shape.DATE);
        }
        return test instanceof TimeTest
                ? EnumSet.of(Shape.INSTANT, Shape.DATE)
                : EnumSet.of(Shape.INSTANT, Shape.DATE, Shape.OTHER_TEXT);
    }
}
