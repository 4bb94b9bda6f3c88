package dev.sluice.model.rules;

import dev.sluice.model.Event;
import dev.sluice.model.EventType;
import dev.sluice.model.Value;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * What a rule set needs of the stream: which events, which of their properties, which traits, how far back. The
 * dispatcher forwards by it, the classifier keeps by it. Immutable, may be shared by threads.
 *
 * <p>An event is needed if a filter of some rule covers its type and name; an {@code identify} is needed if some rule
 * tests a trait. Only needed events are occasions to evaluate.
 */
public final class RuleNeeds {
    private final List<EventFilter> filters;
    private final Set<String> traits;
    private final List<Condition.EventCount> counts;

    public RuleNeeds(RuleSet rules) {
        var collect = new Collect(new ArrayList<>(), new HashSet<>(), new ArrayList<>());
        rules.segments().forEach(segment -> segment.when().match(collect));
        this.filters = List.copyOf(collect.filters());
        this.traits = Set.copyOf(collect.traits());
        this.counts = List.copyOf(collect.counts());
    }

    /** Whether an event of this type and name is an occasion to evaluate. */
    public boolean needs(EventType type, Optional<String> name) {
        return type == EventType.IDENTIFY
                ? !traits.isEmpty()
                : filters.stream().anyMatch(filter -> filter.covers(type, name));
    }

    /**
     * Which of a person's settled events later ones still need as history: of those that a count's filter lets pass and
     * its window can still reach, the newest {@link RuleLimits#MAX_COUNT} and one more. No comparison can tell that there
     * are others.
     *
     * @param settled in their order
     * @param from nothing before it is evaluated any more
     * @return some of them, in their order
     */
    public List<Occurrence> history(List<Occurrence> settled, Instant from) {
        var needed = new boolean[settled.size()];
        for (Condition.EventCount count : counts) {
            Instant opens = from.minus(count.last());
            int found = 0;
            for (int i = settled.size() - 1; i >= 0 && found <= RuleLimits.MAX_COUNT; i--) {
                Occurrence event = settled.get(i);
                if (!event.time().isAfter(opens)) {
                    break;
                }
                if (RuleEvaluator.passes(count.filter(), event)) {
                    needed[i] = true;
                    found++;
                }
            }
        }
        return IntStream.range(0, needed.length)
                .filter(i -> needed[i])
                .mapToObj(settled::get)
                .toList();
    }

    /** What is kept of an event; empty if no rule needs it. */
    public Optional<Occurrence> keep(Event event) {
        if (!needs(event.type(), event.name())) {
            return Optional.empty();
        }
        Value.Fields details = event.type() == EventType.IDENTIFY ? some(event.traits(), traits) : properties(event);
        return Optional.of(
                new Occurrence(event.id(), event.type(), event.name(), event.timestamp(), event.receivedAt(), details));
    }

    private Value.Fields properties(Event event) {
        Set<String> named = new HashSet<>();
        for (EventFilter filter : filters) {
            if (filter.covers(event.type(), event.name())) {
                filter.where().forEach(where -> named.add(where.property()));
            }
        }
        return some(event.properties(), named);
    }

    private static Value.Fields some(Value.Fields all, Set<String> names) {
        Map<String, Value> some = new LinkedHashMap<>();
        var bounded = new BoundedValues();
        all.fields().forEach((name, value) -> {
            if (names.contains(name)) {
                some.put(name, bounded.keep(value));
            }
        });
        return new Value.Fields(some);
    }

    private record Collect(List<EventFilter> filters, Set<String> traits, List<Condition.EventCount> counts)
            implements Condition.Cases<Boolean> {
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
            return filters.add(event.filter());
        }

        @Override
        public Boolean eventCount(Condition.EventCount count) {
            counts.add(count);
            return filters.add(count.filter());
        }

        @Override
        public Boolean trait(Condition.Trait trait) {
            return traits.add(trait.name());
        }

        @Override
        public Boolean statistic(Condition.Statistic statistic) {
            return true;
        }
    }
}
