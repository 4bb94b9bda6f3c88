package dev.sluice.model.rules;

import dev.sluice.model.Value;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

/**
 * What rules mean, in plain Java: the text that {@code docs/RULES.md} says in words and that every engine is held to.
 * Immutable, may be shared by threads.
 */
public final class RuleEvaluator implements Matcher {
    private final RuleSet rules;

    public RuleEvaluator(RuleSet rules) {
        this.rules = rules;
    }

    @Override
    public Set<String> matching(Observation observation) {
        Set<String> matching = new LinkedHashSet<>();
        for (Segment segment : rules.segments()) {
            if (isTrue(segment.when(), observation)) {
                matching.add(segment.id());
            }
        }
        return matching;
    }

    /** Whether a condition is true of an observation. */
    public static boolean isTrue(Condition condition, Observation observation) {
        return condition.match(new Truth(observation));
    }

    private record Truth(Observation seen) implements Condition.Cases<Boolean> {
        @Override
        public Boolean allOf(Condition.AllOf all) {
            return all.conditions().stream().allMatch(condition -> condition.match(this));
        }

        @Override
        public Boolean anyOf(Condition.AnyOf any) {
            return any.conditions().stream().anyMatch(condition -> condition.match(this));
        }

        @Override
        public Boolean not(Condition.Not not) {
            return !not.condition().match(this);
        }

        @Override
        public Boolean currentEvent(Condition.CurrentEvent event) {
            return passes(event.filter(), seen.current());
        }

        @Override
        public Boolean eventCount(Condition.EventCount count) {
            Instant opens = seen.at().minus(count.last());
            long found = seen.history().stream()
                    .filter(event -> event.time().isAfter(opens))
                    .filter(event -> passes(count.filter(), event))
                    .count();
            return compares(Long.compare(found, count.count()), count.operator());
        }

        @Override
        public Boolean trait(Condition.Trait trait) {
            return passes(trait.test(), seen.traits().find(trait.name()));
        }

        @Override
        public Boolean statistic(Condition.Statistic statistic) {
            return passes(statistic.test(), seen.statistics().find(statistic.name()));
        }
    }

    static boolean passes(EventFilter filter, Occurrence event) {
        return filter.covers(event.type(), event.name())
                && filter.where().stream()
                        .allMatch(where -> passes(where.test(), event.details().find(where.property())));
    }

    private static boolean passes(Condition.ValueTest test, Optional<Value> value) {
        return value.isPresent() && test.match(new Pass(value.get()));
    }

    private record Pass(Value value) implements Condition.TestCases<Boolean> {
        @Override
        public Boolean exists(Condition.Exists exists) {
            return true;
        }

        @Override
        public Boolean oneOf(Condition.OneOf oneOf) {
            return oneOf.values().contains(value);
        }

        @Override
        public Boolean contains(Condition.Contains contains) {
            return value instanceof Value.Text text && text.text().contains(contains.text());
        }

        @Override
        public Boolean compares(Condition.Compares compares) {
            if (!(value instanceof Value.Decimal decimal)) {
                return false;
            }
            BigDecimal number = decimal.number();
            return RuleEvaluator.compares(number.compareTo(compares.than()), compares.operator());
        }

        @Override
        public Boolean listContains(Condition.ListContains listContains) {
            return value instanceof Value.Many many && many.values().contains(listContains.element());
        }
    }

    private static boolean compares(int order, Condition.Operator operator) {
        return switch (operator) {
            case MORE_THAN -> order > 0;
            case AT_LEAST -> order >= 0;
            case AT_MOST -> order <= 0;
            case LESS_THAN -> order < 0;
            case EXACTLY -> order == 0;
        };
    }
}
