package dev.sluice.model.rules.check;

import dev.sluice.model.Value;
import dev.sluice.model.rules.CaseFold;
import dev.sluice.model.rules.RuleEvaluator;
import dev.sluice.model.rules.RuleLimits;
import dev.sluice.model.rules.TimeTest;
import dev.sluice.model.rules.Times;
import dev.sluice.model.rules.ValueTest;
import java.time.Instant;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What follows from lists of values, for {@link ValueDomain}: each value of a short list is tried. Whatever is said is
 * proved. Stateless.
 */
final class ListDomain {
    /** Of longer lists only other lists are asked, and what kinds of values they have. */
    private static final int MOST_VALUES = 20;
    /** Patterns are tried on lists no longer than this, ... */
    private static final int MOST_TRIES = 5;
    /** ... and if the pattern's steps times the text's length come to no more than this. */
    private static final int CHEAP_TRY = 512;

    private ListDomain() {}

    /** Whether every value of a list passes the other test. */
    static boolean implies(ValueTest.OneOf one, ValueTest other) {
        if (other instanceof ValueTest.OneOf of) {
            return (of.ignoreCase() || !one.ignoreCase())
                    && folded(of.values(), of.ignoreCase()).containsAll(folded(one.values(), of.ignoreCase()));
        }
        return one.values().size() <= MOST_VALUES
                && one.values().stream().allMatch(value -> alwaysPasses(value, one, other));
    }

    /** Whether every list that has the one's elements has the other's. */
    static boolean implies(ValueTest.ListContains one, ValueTest.ListContains other) {
        if (one.ignoreCase() && !other.ignoreCase()) {
            return false;
        }
        Set<Value> has = folded(one.elements(), other.ignoreCase());
        Set<Value> asked = folded(other.elements(), other.ignoreCase());
        boolean all = one.quantity() == ValueTest.Quantity.ALL || has.size() == 1;
        boolean askedAll = other.quantity() == ValueTest.Quantity.ALL;
        if (all) {
            return askedAll ? has.containsAll(asked) : asked.stream().anyMatch(has::contains);
        }
        return (!askedAll || asked.size() == 1) && asked.containsAll(has);
    }

    private static Set<Value> folded(List<Value> values, boolean fold) {
        Set<Value> folded = new HashSet<>();
        values.forEach(value ->
                folded.add(value instanceof Value.Text text ? Value.of(CaseFold.fold(text.text(), fold)) : value));
        return folded;
    }

    /** Some test lists all that the value can be, and none of it is left. */
    static boolean hasNoCandidate(List<ValueTest> passed, List<ValueTest> failed) {
        for (ValueTest test : passed) {
            if (test instanceof ValueTest.OneOf one
                    && (one.values().size() > MOST_VALUES
                            ? isDisjoint(one, passed)
                            : one.values().stream().noneMatch(value -> isCandidate(value, one, passed, failed)))) {
                return true;
            }
        }
        return false;
    }

    private static boolean isCandidate(
            Value value, ValueTest.OneOf of, List<ValueTest> passed, List<ValueTest> failed) {
        return passed.stream().allMatch(test -> mayPass(value, of, test))
                && failed.stream().noneMatch(test -> alwaysPasses(value, of, test));
    }

    /** Whether another list has none of the values, not even in another case if that is ignored. */
    private static boolean isDisjoint(ValueTest.OneOf one, List<ValueTest> passed) {
        return passed.stream().anyMatch(test -> test instanceof ValueTest.OneOf other && isDisjoint(one, other));
    }

    private static boolean isDisjoint(ValueTest.OneOf one, ValueTest.OneOf other) {
        boolean fold = one.ignoreCase() || other.ignoreCase();
        return !one.equals(other) && Collections.disjoint(folded(one.values(), fold), folded(other.values(), fold));
    }

    /** Whether a value of the list, or any that is like it but for case, passes a test at every time. */
    private static boolean alwaysPasses(Value value, ValueTest.OneOf of, ValueTest test) {
        if (of.ignoreCase() && value instanceof Value.Text text) {
            return ofFolded(CaseFold.fold(text.text()), test).orElse(test instanceof ValueTest.Exists);
        }
        return !TimeTest.dependsOnNow(test)
                && isCheap(value, of, test)
                && RuleEvaluator.passes(test, value, Instant.EPOCH);
    }

    /** Whether a value of the list, or one that is like it but for case, may pass a test at some time. */
    private static boolean mayPass(Value value, ValueTest.OneOf of, ValueTest test) {
        if (of.ignoreCase() && value instanceof Value.Text text) {
            return ofFolded(CaseFold.fold(text.text()), test).orElse(true);
        }
        if (TimeTest.dependsOnNow(test)) {
            return value instanceof Value.Text text
                    && (Times.instant(text.text()).isPresent()
                            || Times.date(text.text()).isPresent());
        }
        return !isCheap(value, of, test) || RuleEvaluator.passes(test, value, Instant.EPOCH);
    }

    /** Patterns are compiled each time, and cost as much as they are long: few and short ones are tried. */
    private static boolean isCheap(Value value, ValueTest.OneOf of, ValueTest test) {
        return !(test instanceof ValueTest.Matches matches && value instanceof Value.Text text)
                || (of.values().size() <= MOST_TRIES
                        && RuleLimits.patternSteps(matches.pattern())
                                        * text.text().length()
                                <= CHEAP_TRY);
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
}
