package dev.sluice.classifier.drools;

import dev.sluice.model.rules.Condition;
import dev.sluice.model.rules.EventFilter;
import dev.sluice.model.rules.RuleSet;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * A rule set's conditions as predicates of {@link Seen}: the classifier's own reading of the tree. Filters that
 * anything counts by are numbered, so that one observation looks each of them up once. Made once per rule set; the
 * predicates may be shared by threads.
 */
final class Questions implements Condition.Cases<Predicate<Seen>> {
    private final Map<EventFilter, CountedFilter> counted;

    Questions(RuleSet rules) {
        Map<EventFilter, Duration> longest = new LinkedHashMap<>();
        var windows = new Windows(longest);
        rules.segments().forEach(segment -> segment.when().match(windows));
        this.counted = new HashMap<>();
        longest.forEach((filter, last) ->
                counted.put(filter, new CountedFilter(counted.size(), ValuePredicates.of(filter), last)));
    }

    int filters() {
        return counted.size();
    }

    @Override
    public Predicate<Seen> allOf(Condition.AllOf all) {
        List<Predicate<Seen>> parts = of(all.conditions());
        return seen -> {
            for (Predicate<Seen> part : parts) {
                if (!part.test(seen)) {
                    return false;
                }
            }
            return true;
        };
    }

    @Override
    public Predicate<Seen> anyOf(Condition.AnyOf any) {
        List<Predicate<Seen>> parts = of(any.conditions());
        return seen -> {
            for (Predicate<Seen> part : parts) {
                if (part.test(seen)) {
                    return true;
                }
            }
            return false;
        };
    }

    @Override
    public Predicate<Seen> not(Condition.Not not) {
        return not.condition().match(this).negate();
    }

    @Override
    public Predicate<Seen> currentEvent(Condition.CurrentEvent event) {
        var passes = ValuePredicates.of(event.filter());
        return seen -> passes.test(seen.current());
    }

    @Override
    public Predicate<Seen> eventCount(Condition.EventCount count) {
        CountedFilter filter = counted.get(count.filter());
        if (filter == null) {
            throw new IllegalArgumentException("a condition of another rule set");
        }
        Duration last = count.last();
        int than = count.count();
        return switch (count.operator()) {
            case MORE_THAN -> seen -> seen.count(filter, last) > than;
            case AT_LEAST -> seen -> seen.count(filter, last) >= than;
            case AT_MOST -> seen -> seen.count(filter, last) <= than;
            case LESS_THAN -> seen -> seen.count(filter, last) < than;
            case EXACTLY -> seen -> seen.count(filter, last) == than;
        };
    }

    @Override
    public Predicate<Seen> trait(Condition.Trait trait) {
        var asked = ValuePredicates.of(trait.test());
        return seen -> asked.of(seen.trait(trait.name()));
    }

    @Override
    public Predicate<Seen> statistic(Condition.Statistic statistic) {
        var asked = ValuePredicates.of(statistic.test());
        return seen -> asked.of(seen.statistic(statistic.name()));
    }

    private List<Predicate<Seen>> of(List<Condition> conditions) {
        return conditions.stream().map(condition -> condition.match(this)).toList();
    }

    /** Finds the longest window of every filter that anything counts by. */
    private record Windows(Map<EventFilter, Duration> longest) implements Condition.Cases<Boolean> {
        @Override
        public Boolean allOf(Condition.AllOf all) {
            all.conditions().forEach(condition -> condition.match(this));
            return true;
        }

        @Override
        public Boolean anyOf(Condition.AnyOf any) {
            any.conditions().forEach(condition -> condition.match(this));
            return true;
        }

        @Override
        public Boolean not(Condition.Not not) {
            return not.condition().match(this);
        }

        @Override
        public Boolean currentEvent(Condition.CurrentEvent event) {
            return true;
        }

        @Override
        public Boolean eventCount(Condition.EventCount count) {
            longest.merge(count.filter(), count.last(), (a, b) -> a.compareTo(b) > 0 ? a : b);
            return true;
        }

        @Override
        public Boolean trait(Condition.Trait trait) {
            return true;
        }

        @Override
        public Boolean statistic(Condition.Statistic statistic) {
            return true;
        }
    }
}
