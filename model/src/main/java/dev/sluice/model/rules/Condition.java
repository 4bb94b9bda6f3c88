package dev.sluice.model.rules;

import dev.sluice.model.Value;
import java.math.BigDecimal;
import java.util.List;

/**
 * One node of a rule's tree. Every node is either true or false of an {@link Observation}, never unknown: a leaf over
 * something missing is false. Immutable; a tree that breaks a limit cannot be made. {@code docs/RULES.md} says what each
 * means, {@link RuleEvaluator} is that text in Java.
 */
public sealed interface Condition
        permits Condition.AllOf,
                Condition.AnyOf,
                Condition.Not,
                Condition.CurrentEvent,
                Condition.Trait,
                Condition.Statistic,
                Condition.Consent,
                Condition.Near,
                Condition.InSegment,
                Condition.WasIn,
                Condition.Call,
                History {

    /** Answers by the kind of node; who adds a kind is shown by the compiler what else must know it. */
    <R> R match(Cases<R> cases);

    /** The conditions that this one is made of; none of a leaf. */
    default List<Condition> children() {
        return List.of();
    }

    /** One answer for each kind of condition. */
    interface Cases<R> extends History.Cases<R> {
        R allOf(AllOf all);

        R anyOf(AnyOf any);

        R not(Not not);

        R currentEvent(CurrentEvent event);

        R trait(Trait trait);

        R statistic(Statistic statistic);

        R consent(Consent consent);

        R near(Near near);

        R inSegment(InSegment inSegment);

        R wasIn(WasIn wasIn);

        R call(Call call);
    }

    /** True if every one of {@code conditions} is. */
    record AllOf(List<Condition> conditions) implements Condition {
        public AllOf {
            conditions = RuleLimits.bounded("allOf", conditions, RuleLimits.MAX_CHILDREN);
        }

        @Override
        public <R> R match(Condition.Cases<R> cases) {
            return cases.allOf(this);
        }

        @Override
        public List<Condition> children() {
            return conditions;
        }
    }

    /** True if at least one of {@code conditions} is. */
    record AnyOf(List<Condition> conditions) implements Condition {
        public AnyOf {
            conditions = RuleLimits.bounded("anyOf", conditions, RuleLimits.MAX_CHILDREN);
        }

        @Override
        public <R> R match(Condition.Cases<R> cases) {
            return cases.anyOf(this);
        }

        @Override
        public List<Condition> children() {
            return conditions;
        }
    }

    /** True if {@code condition} is not. */
    record Not(Condition condition) implements Condition {
        @Override
        public <R> R match(Condition.Cases<R> cases) {
            return cases.not(this);
        }

        @Override
        public List<Condition> children() {
            return List.of(condition);
        }
    }

    /** True if the event being looked at passes {@code filter}. */
    record CurrentEvent(EventFilter filter) implements Condition {
        @Override
        public <R> R match(Condition.Cases<R> cases) {
            return cases.currentEvent(this);
        }
    }

    /** True if the person has the trait and it passes {@code test}. */
    record Trait(String name, ValueTest test) implements Condition {
        public Trait {
            RuleLimits.name("trait", name);
        }

        @Override
        public <R> R match(Condition.Cases<R> cases) {
            return cases.trait(this);
        }
    }

    /** True if the batch jobs computed the statistic for the person and it passes {@code test}. */
    record Statistic(String name, ValueTest test) implements Condition {
        public Statistic {
            RuleLimits.name("statistic", name);
        }

        @Override
        public <R> R match(Condition.Cases<R> cases) {
            return cases.statistic(this);
        }
    }

    /**
     * True if the person has said yes ({@code granted}) or no (not {@code granted}) to being reached by a channel; of a
     * person who has said neither both are false.
     *
     * @param channel such as {@code sms}: a key of the trait {@value Traits#CONSENTS}
     */
    record Consent(String channel, boolean granted) implements Condition {
        public Consent {
            RuleLimits.name("channel", channel);
        }

        @Override
        public <R> R match(Condition.Cases<R> cases) {
            return cases.consent(this);
        }
    }

    /** True if the person lives no farther from {@code place} than {@code within}; see {@link Point#of(Value.Fields)}. */
    record Near(Place place, Distance within) implements Condition {
        @Override
        public <R> R match(Condition.Cases<R> cases) {
            return cases.near(this);
        }
    }

    /**
     * True if the person is in the segment, by whatever its kind and its children say, at the moment of the evaluation.
     * Engines never meet it: {@link RuleSet#resolved()} has put its meaning in its place.
     */
    record InSegment(String segment) implements Condition {
        public InSegment {
            RuleLimits.name("segment", segment);
        }

        @Override
        public <R> R match(Condition.Cases<R> cases) {
            return cases.inSegment(this);
        }
    }

    /**
     * True if the segment's own condition and kind had the person in it before the event being looked at. Made by
     * {@link RuleSet#resolved()} only; has no form in JSON or in words.
     */
    record WasIn(String segment) implements Condition {
        @Override
        public <R> R match(Condition.Cases<R> cases) {
            return cases.wasIn(this);
        }
    }

    /**
     * True if a {@link RuleFunction} gives a value for {@code arguments} and it passes {@code test}. If an argument is
     * missing or not of its parameter's type, there is no value.
     *
     * @param function name under which it is registered
     */
    record Call(String function, List<Argument> arguments, ValueTest test) implements Condition {
        public Call {
            RuleLimits.name("function", function);
            arguments = arguments.isEmpty()
                    ? List.of()
                    : RuleLimits.bounded("arguments", arguments, RuleLimits.MAX_ARGUMENTS);
        }

        @Override
        public <R> R match(Condition.Cases<R> cases) {
            return cases.call(this);
        }
    }

    /** Where a {@link Call} takes a value from. */
    sealed interface Argument {}

    /** The value itself: a text, number or flag. */
    record Constant(Value value) implements Argument {
        public Constant {
            RuleLimits.scalar(value);
        }
    }

    /** A trait of the person. */
    record TraitOf(String name) implements Argument {
        public TraitOf {
            RuleLimits.name("trait", name);
        }
    }

    /** A statistic of the person. */
    record StatisticOf(String name) implements Argument {
        public StatisticOf {
            RuleLimits.name("statistic", name);
        }
    }

    /** A property of the event being looked at, whatever event it is. */
    record PropertyOf(String name) implements Argument {
        public PropertyOf {
            RuleLimits.name("property", name);
        }
    }

    /**
     * How far.
     *
     * @param amount over 0
     */
    record Distance(BigDecimal amount, Unit unit) {
        /** What distances are told in. */
        public enum Unit {
            /** International miles of 1,609.344 m. */
            MILES("1609.344"),
            KILOMETERS("1000");

            private final BigDecimal meters;

            Unit(String meters) {
                this.meters = new BigDecimal(meters);
            }
        }

        public Distance {
            amount = RuleLimits.number(amount);
            if (amount.signum() <= 0) {
                throw new InvalidRuleException("a distance must be over 0, is " + amount.toPlainString());
            }
            if (amount.multiply(unit.meters).compareTo(RuleLimits.MAX_DISTANCE_METERS) > 0) {
                throw new InvalidRuleException("a distance must be at most half the Earth's circumference, "
                        + RuleLimits.MAX_DISTANCE_METERS.toPlainString() + " m");
            }
        }

        /** In metres. */
        public BigDecimal meters() {
            return amount.multiply(unit.meters);
        }
    }
}
