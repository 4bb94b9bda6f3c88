package dev.sluice.model.rules;

import dev.sluice.model.Value;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
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
        return shapes.isEmpty() || hasNoCandidate(passed, failed) || prefixesDiffer(passed);
    }

    /** Whether every value that passes one test passes the other. */
    static boolean implies(ValueTest one, ValueTest other) {
        if (one.equals(other) || other instanceof ValueTest.Exists) {
            return true;
        }
        if (one instanceof ValueTest.OneOf oneOf) {
            return oneOf.values().stream().allMatch(value -> alwaysPasses(value, oneOf.ignoreCase(), other));
        }
        if (one instanceof TimeTest a && other instanceof TimeTest b) {
            return TimeSpan.implies(a, b);
        }
        if (one instanceof ValueTest.ListContains a && other instanceof ValueTest.ListContains b) {
            return listImplies(a, b);
        }
        if (one instanceof ValueTest.Contains a && other instanceof ValueTest.Contains b) {
            return a.ignoreCase() == b.ignoreCase()
                    && folded(a.text(), a.ignoreCase()).contains(folded(b.text(), b.ignoreCase()));
        }
        if (one instanceof ValueTest.StartsWith a && other instanceof ValueTest.StartsWith b) {
            return a.ignoreCase() == b.ignoreCase()
                    && folded(a.text(), a.ignoreCase()).startsWith(folded(b.text(), b.ignoreCase()));
        }
        if (one instanceof ValueTest.StartsWith a && other instanceof ValueTest.Contains b) {
            return a.ignoreCase() == b.ignoreCase()
                    && folded(a.text(), a.ignoreCase()).contains(folded(b.text(), b.ignoreCase()));
        }
        Optional<NumberRange> a = NumberRange.of(one).map(NumberRange.KNOWN::and);
        Optional<NumberRange> b = NumberRange.of(other);
        return a.isPresent() && b.isPresent() && a.get().isIn(b.get());
    }

    private static boolean listImplies(ValueTest.ListContains one, ValueTest.ListContains other) {
        if (one.ignoreCase() && !other.ignoreCase()) {
            return false;
        }
        Set<Value> has = elements(one, other.ignoreCase());
        Set<Value> asked = elements(other, other.ignoreCase());
        boolean all = one.quantity() == ValueTest.Quantity.ALL || has.size() == 1;
        boolean askedAll = other.quantity() == ValueTest.Quantity.ALL;
        if (all) {
            return askedAll ? has.containsAll(asked) : asked.stream().anyMatch(has::contains);
        }
        return (!askedAll || asked.size() == 1) && asked.containsAll(has);
    }

    private static Set<Value> elements(ValueTest.ListContains test, boolean fold) {
        Set<Value> elements = new HashSet<>();
        test.elements()
                .forEach(element -> elements.add(
                        element instanceof Value.Text text ? Value.of(folded(text.text(), fold)) : element));
        return elements;
    }

    /** Some test lists all that the value can be, and none of it is left. */
    private static boolean hasNoCandidate(List<ValueTest> passed, List<ValueTest> failed) {
        for (ValueTest test : passed) {
            if (test instanceof ValueTest.OneOf oneOf
                    && oneOf.values().stream()
                            .noneMatch(value -> passed.stream()
                                            .allMatch(other -> mayPass(value, oneOf.ignoreCase(), other))
                                    && failed.stream()
                                            .noneMatch(other -> alwaysPasses(value, oneOf.ignoreCase(), other)))) {
                return true;
            }
        }
        return false;
    }

    /** Whether a value, or any that is like it but for case, passes a test at every time. */
    private static boolean alwaysPasses(Value value, boolean anyCase, ValueTest test) {
        if (anyCase && value instanceof Value.Text text) {
            return ofFolded(CaseFold.fold(text.text()), test).orElse(test instanceof ValueTest.Exists);
        }
        return !dependsOnNow(test) && test.match(new Passing(value, Instant.EPOCH));
    }

    /** Whether a value, or one that is like it but for case, may pass a test at some time. */
    private static boolean mayPass(Value value, boolean anyCase, ValueTest test) {
        if (anyCase && value instanceof Value.Text text) {
            return ofFolded(CaseFold.fold(text.text()), test).orElse(true);
        }
        if (dependsOnNow(test)) {
            return value instanceof Value.Text text
                    && (Times.instant(text.text()).isPresent()
                            || Times.date(text.text()).isPresent());
        }
        return test.match(new Passing(value, Instant.EPOCH));
    }

    /** Whether texts that fold to this pass; empty if some may and some not. */
    private static Optional<Boolean> ofFolded(String folded, ValueTest test) {
        if (test instanceof ValueTest.OneOf oneOf && oneOf.ignoreCase()) {
            return Optional.of(oneOf.values().stream()
                    .anyMatch(value -> value instanceof Value.Text text
                            && CaseFold.fold(text.text()).equals(folded)));
        }
        if (test instanceof ValueTest.Contains contains && contains.ignoreCase()) {
            return Optional.of(folded.contains(CaseFold.fold(contains.text())));
        }
        if (test instanceof ValueTest.StartsWith starts && starts.ignoreCase()) {
            return Optional.of(folded.startsWith(CaseFold.fold(starts.text())));
        }
        return Optional.empty();
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
                    String first = folded(a.text(), a.ignoreCase());
                    String second = folded(b.text(), b.ignoreCase());
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

    private static boolean dependsOnNow(ValueTest test) {
        return test instanceof TimeTest
                && !(test instanceof TimeTest.ComparesInstant)
                && !(test instanceof TimeTest.ComparesDate);
    }

    private static String folded(String text, boolean fold) {
        return fold ? CaseFold.fold(text) : text;
    }
}
