package dev.sluice.model.rules;

import dev.sluice.model.Event;
import dev.sluice.model.EventType;
import dev.sluice.model.Value;
import java.time.Instant;
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
 * <p>An event is needed if a filter of some rule covers its type and name; an {@code identify} or a row of the
 * user table if some rule asks for a trait, statistics if some rule asks for one. Only needed events are occasions to evaluate.
 */
public final class RuleNeeds {
    private final TestedProperties events = new TestedProperties();
    private final Set<String> traits = new HashSet<>();
    private final Set<String> statistics = new HashSet<>();
    private final Set<String> propertiesOfAny = new HashSet<>();
    private final Reaches reaches = new Reaches();

    public RuleNeeds(RuleSet rules) {
        rules.segments().forEach(segment -> collect(segment.when()));
    }

    /** Whether an event of this type and name is an occasion to evaluate. */
    public boolean needs(EventType type, Optional<String> name) {
        if (type == EventType.IDENTIFY || type == EventType.USER_PROFILE) {
            return !traits.isEmpty();
        }
        return type == EventType.STATISTICS ? !statistics.isEmpty() : events.covers(type, name);
    }

    /**
     * Which of a person's settled events later ones still need as history: of those whose type and name
     * a condition names and that its window can still reach, the newest that it can tell apart.
     *
     * @param settled in their order
     * @param from nothing before it is evaluated any more
     * @return some of them, in their order
     */
    public List<Occurrence> history(List<Occurrence> settled, Instant from) {
        var needed = new boolean[settled.size()];
        reaches.mark(settled, from, needed);
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
        Value.Fields details = switch (event.type()) {
            case IDENTIFY -> some(event.traits(), traits);
            case USER_PROFILE -> snapshot(event, traits(event.traits()));
            case STATISTICS -> snapshot(event, statistics(event.traits()));
            default -> some(event.properties(), properties(event));
        };
        return Optional.of(
                new Occurrence(event.id(), event.type(), event.name(), event.timestamp(), event.receivedAt(), details));
    }

    /** Of a person's traits those that rules test, as far as they are kept. */
    public Value.Fields traits(Value.Fields all) {
        return some(all, traits);
    }

    /** Of a person's statistics those that rules test, as far as they are kept. */
    public Value.Fields statistics(Value.Fields all) {
        return some(all, statistics);
    }

    private static Value.Fields snapshot(Event event, Value.Fields values) {
        return new Value.Fields(Map.of(
                Occurrence.VERSION,
                event.properties().find(Occurrence.VERSION).orElse(Value.of(0)),
                Occurrence.VALUES,
                values));
    }

    private Set<String> properties(Event event) {
        Set<String> properties = events.of(event.type(), event.name());
        properties.addAll(propertiesOfAny);
        return properties;
    }

    private static Value.Fields some(Value.Fields all, Set<String> names) {
        Map<String, Value> some = new LinkedHashMap<>();
        var bounded = new BoundedValues();
        all.fields().forEach((name, value) -> {
            if (names.contains(name)) {
                some.put(
                        name,
                        name.equals(Traits.CONSENTS) ? bounded.keepFlags(value) : TraitChange.kept(value, bounded));
            }
        });
        return new Value.Fields(some);
    }

    private void collect(Condition condition) {
        if (condition instanceof Condition.CurrentEvent event) {
            events.add(event.filter(), List.of());
        } else if (condition instanceof Condition.Trait trait) {
            traits.add(trait.name());
        } else if (condition instanceof Condition.Statistic statistic) {
            statistics.add(statistic.name());
        } else if (condition instanceof Condition.Consent) {
            traits.add(Traits.CONSENTS);
        } else if (condition instanceof Condition.Near) {
            traits.addAll(List.of(Traits.LATITUDE, Traits.LONGITUDE, Traits.POSTAL_CODE));
        } else if (condition instanceof Condition.Call call) {
            call.arguments().forEach(this::collect);
        } else if (condition instanceof History history) {
            reaches.addAll(Reach.of(history));
            history.filters().forEach(filter -> events.add(filter, properties(history)));
        }
        condition.children().forEach(this::collect);
    }

    private void collect(Condition.Argument argument) {
        if (argument instanceof Condition.TraitOf trait) {
            traits.add(trait.name());
        } else if (argument instanceof Condition.StatisticOf statistic) {
            statistics.add(statistic.name());
        } else if (argument instanceof Condition.PropertyOf property) {
            propertiesOfAny.add(property.name());
        }
    }

    private static List<String> properties(History condition) {
        if (condition instanceof History.Total total) {
            return List.of(total.property());
        }
        return condition instanceof History.Distinct distinct ? List.of(distinct.property()) : List.of();
    }
}
