package dev.sluice.model.rules.sentence;

import dev.sluice.model.rules.Operator;
import dev.sluice.model.rules.TimeTest;
import dev.sluice.model.rules.ValueTest;
import dev.sluice.model.rules.ValueTest.Quantity;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Parses {@link ValueTest}s. Used for one sentence. */
record TestParser(Cursor cursor, TermParser terms, TimeTestParser times) {

    TestParser(Cursor cursor, TermParser terms) {
        this(cursor, terms, new TimeTestParser(cursor, terms));
    }

    /** A test, or its opposite, which is a condition but no test. */
    record Tested(ValueTest test, boolean negated) {}

    /** A test of which no opposite may stand. */
    ValueTest test() {
        return testOr(false).test();
    }

    /** A test of one value, or its opposite: "is not", "does not contain" and the like. */
    Tested testOrOpposite() {
        return testOr(true);
    }

    private Tested testOr(boolean opposite) {
        if (opposite && cursor.alsoOne("does not", "doesn't")) {
            return new Tested(withInfinitive(), true);
        }
        if (opposite && cursor.alsoOne("isn't", "wasn't")) {
            return new Tested(afterIs(), true);
        }
        if (cursor.accept("is") || cursor.also("was")) {
            boolean negated = opposite && cursor.also("not");
            return new Tested(afterIs(), negated);
        }
        return new Tested(withVerb(), false);
    }

    private ValueTest withVerb() {
        if (cursor.accept("contains")) {
            return contains();
        }
        if (cursor.accept("starts with")) {
            return startsWith();
        }
        if (cursor.accept("matches")) {
            return new ValueTest.Matches(terms.text(TermParser.TEXT));
        }
        if (cursor.also("equals")) {
            return new ValueTest.OneOf(List.of(terms.value()), ignoringCase());
        }
        if (cursor.accept("has its anniversary")) {
            return times.anniversary();
        }
        if (cursor.accept("has")) {
            return has();
        }
        if (cursor.accept("exists")) {
            return new ValueTest.Exists();
        }
        throw cursor.fail();
    }

    private ValueTest withInfinitive() {
        if (cursor.accept("contain")) {
            return contains();
        }
        if (cursor.accept("start with")) {
            return startsWith();
        }
        if (cursor.accept("match")) {
            return new ValueTest.Matches(terms.text(TermParser.TEXT));
        }
        if (cursor.accept("have")) {
            return has();
        }
        cursor.require("exist");
        return new ValueTest.Exists();
    }

    private ValueTest contains() {
        String text = terms.text(TermParser.TEXT);
        return new ValueTest.Contains(text, ignoringCase());
    }

    private ValueTest startsWith() {
        String text = terms.text(TermParser.TEXT);
        return new ValueTest.StartsWith(text, ignoringCase());
    }

    private ValueTest has() {
        var quantity = Quantity.ANY;
        if (cursor.accept("all of")) {
            quantity = Quantity.ALL;
        } else {
            cursor.accept("any of");
        }
        var elements = terms.values();
        return new ValueTest.ListContains(quantity, elements, ignoringCase());
    }

    private ValueTest afterIs() {
        if (cursor.accept("one of")) {
            var values = terms.values();
            return new ValueTest.OneOf(values, ignoringCase());
        }
        if (cursor.accept("between")) {
            var low = terms.number();
            cursor.require("and");
            return new ValueTest.Between(low, terms.number());
        }
        Optional<TimeTest> time = times.find();
        if (time.isPresent()) {
            return time.get();
        }
        Optional<Operator> operator = terms.operator("less than");
        if (operator.isPresent()) {
            return compares(operator.get());
        }
        cursor.also("equal to");
        var values = new ArrayList<>(List.of(terms.value()));
        while (terms.orValue()) {
            values.add(terms.value());
        }
        return new ValueTest.OneOf(values, ignoringCase());
    }

    private ValueTest compares(Operator operator) {
        if (operator == Operator.EXACTLY) {
            return new ValueTest.OneOf(List.of(terms.value()), ignoringCase());
        }
        if (!new DurationParser(cursor).stands()) {
            return new ValueTest.Compares(operator, terms.number());
        }
        if (operator == Operator.AT_LEAST || operator == Operator.LESS_THAN) {
            return times.fromNow(operator == Operator.AT_LEAST);
        }
        // Of dates, "more than 30 days ago" begins a day before what this language can say.
        cursor.expectKind(TermParser.NUMBER + " without a unit; of time say at least or less than");
        throw cursor.fail();
    }

    private boolean ignoringCase() {
        return cursor.accept("ignoring case");
    }
}
