package dev.sluice.model.rules;

import com.google.re2j.Pattern;
import dev.sluice.model.Value;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What rules mean, in plain Java: the text that {@code docs/RULES.md} says in words and that every engine is held to.
 * What is asked of history stands in {@link Past}, of one value in {@link Passing}. Immutable, may be shared by threads.
 */
public final class RuleEvaluator implements Matcher {
    private final Map<String, Condition> segments;
    private final RuleFunctions functions;

    /** With the functions that are installed. */
    public RuleEvaluator(RuleSet rules) {
        this(rules, RuleFunctions.installed());
    }

    /** @throws InvalidRuleException if the rules call a function that is not there */
    public RuleEvaluator(RuleSet rules, RuleFunctions functions) {
        functions.check(rules);
        this.segments = rules.resolved();
        this.functions = functions;
    }

    @Override
    public Set<String> matching(Observation observation) {
        Set<String> matching = new LinkedHashSet<>();
        segments.forEach((id, when) -> {
            if (isTrue(when, observation, functions)) {
                matching.add(id);
            }
        });
        return matching;
    }

    /** Whether a condition without {@link Condition.InSegment} is true of an observation. */
    public static boolean isTrue(Condition condition, Observation observation, RuleFunctions functions) {
        return condition.match(new Truth(observation, new Past(observation), functions));
    }

    private record Truth(Observation seen, Past past, RuleFunctions functions) implements Condition.Cases<Boolean> {
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
            return passes(event.filter(), seen.current(), seen.at());
        }

        @Override
        public Boolean trait(Condition.Trait trait) {
            return passes(trait.test(), seen.traits().find(trait.name()), seen.at());
        }

        @Override
        public Boolean statistic(Condition.Statistic statistic) {
            return passes(statistic.test(), seen.statistics().find(statistic.name()), seen.at());
        }

        @Override
        public Boolean consent(Condition.Consent consent) {
            return seen.traits().find(Traits.CONSENTS).orElse(Value.NOTHING) instanceof Value.Fields channels
                    && channels.find(consent.channel()).equals(Optional.of(Value.of(consent.granted())));
        }

        @Override
        public Boolean near(Condition.Near near) {
            long reach = Point.chordSquared(near.within().meters());
            return Point.of(seen.traits())
                    .filter(home -> home.chordSquaredTo(near.place().point()) <= reach)
                    .isPresent();
        }

        @Override
        public Boolean inSegment(Condition.InSegment inSegment) {
            throw new IllegalArgumentException("segment " + inSegment.segment() + " is not resolved");
        }

        @Override
        public Boolean wasIn(Condition.WasIn wasIn) {
            return seen.before().contains(wasIn.segment());
        }

        @Override
        public Boolean call(Condition.Call call) {
            return passes(call.test(), RuleEvaluator.value(call, seen, functions), seen.at());
        }

        @Override
        public Boolean eventCount(History.EventCount count) {
            return compares(
                    Long.compare(past.events(count.window(), count.filter()).size(), count.count()), count.operator());
        }

        @Override
        public Boolean total(History.Total total) {
            List<BigDecimal> numbers = past.numbers(total);
            BigDecimal sum = numbers.stream().reduce(BigDecimal.ZERO, BigDecimal::add);
            return switch (total.aggregate()) {
                case SUM -> compares(sum.compareTo(total.than()), total.operator());
                case AVERAGE ->
                    !numbers.isEmpty()
                            && compares(
                                    sum.compareTo(total.than().multiply(BigDecimal.valueOf(numbers.size()))),
                                    total.operator());
                case MINIMUM ->
                    numbers.stream()
                            .min(BigDecimal::compareTo)
                            .filter(least -> compares(least.compareTo(total.than()), total.operator()))
                            .isPresent();
                case MAXIMUM ->
                    numbers.stream()
                            .max(BigDecimal::compareTo)
                            .filter(most -> compares(most.compareTo(total.than()), total.operator()))
                            .isPresent();
            };
        }

        @Override
        public Boolean distinct(History.Distinct distinct) {
            return compares(Long.compare(past.differentValues(distinct), distinct.count()), distinct.operator());
        }

        @Override
        public Boolean days(History.Days days) {
            long found = past.events(days.window(), days.filter()).stream()
                    .map(event -> Times.day(event.time(), days.zone()))
                    .distinct()
                    .count();
            return compares(Long.compare(found, days.count()), days.operator());
        }

        @Override
        public Boolean moment(History.Moment moment) {
            List<Occurrence> events = past.events(moment.window(), moment.filter());
            if (events.isEmpty()) {
                return false;
            }
            int which = moment.which() == History.Which.FIRST ? 0 : events.size() - 1;
            Instant time = events.get(which).time();
            return moment.test().matchTime(new PassingTime(Optional.of(time), Optional.empty(), seen.at()));
        }

        @Override
        public Boolean sequence(History.Sequence sequence) {
            return past.holds(sequence);
        }
    }

    /** The value of a function; empty if an argument is missing or not of its parameter's type. */
    static Optional<Value> value(Condition.Call call, Observation seen, RuleFunctions functions) {
        RuleFunction function = functions.of(call);
        List<Value> arguments = new ArrayList<>();
        for (int i = 0; i < function.parameters().size(); i++) {
            Optional<Value> value = value(call.arguments().get(i), seen);
            if (value.isEmpty() || !function.parameters().get(i).has(value.get())) {
                return Optional.empty();
            }
            arguments.add(value.get());
        }
        return function.apply(arguments).filter(function.result()::has);
    }

    private static Optional<Value> value(Condition.Argument argument, Observation seen) {
        if (argument instanceof Condition.TraitOf trait) {
            return seen.traits().find(trait.name());
        }
        if (argument instanceof Condition.StatisticOf statistic) {
            return seen.statistics().find(statistic.name());
        }
        if (argument instanceof Condition.PropertyOf property) {
            return seen.current().type().tellsWhoSomeoneIs()
                    ? Optional.empty()
                    : seen.current().details().find(property.name());
        }
        return Optional.of(((Condition.Constant) argument).value());
    }

    static boolean passes(EventFilter filter, Occurrence event, Instant now) {
        if (!filter.covers(event.type(), event.name())) {
            return false;
        }
        // By its places: an iterator for each filter and event was 9 % of what an event allocated.
        List<EventFilter.PropertyTest> tests = filter.where();
        for (int i = 0; i < tests.size(); i++) {
            EventFilter.PropertyTest where = tests.get(i);
            if (!passes(where.test(), event.details().find(where.property()), now)) {
                return false;
            }
        }
        return true;
    }

    /** Whether a value that is there passes a test at this moment. */
    public static boolean passes(ValueTest test, Value value, Instant now) {
        return test.match(new Passing(value, now));
    }

    private static boolean passes(ValueTest test, Optional<Value> value, Instant now) {
        return value.isPresent() && passes(test, value.get(), now);
    }

    static boolean matches(String pattern, String text) {
        return Pattern.compile(pattern).matcher(text).find();
    }

    static boolean compares(int order, Operator operator) {
        return switch (operator) {
            case MORE_THAN -> order > 0;
            case AT_LEAST -> order >= 0;
            case AT_MOST -> order <= 0;
            case LESS_THAN -> order < 0;
            case EXACTLY -> order == 0;
        };
    }
}
