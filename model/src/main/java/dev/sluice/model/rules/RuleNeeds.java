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
 * <p>An event is needed if a filter of some rule covers its type and name; an {@code identify} if some rule asks for a trait
 * or one is shared; a row of the user table and statistics always: their newest version is stored whole, and a rule set to
 * come may ask for it, but counts only from its event on. Only what some rule asks for is an occasion to evaluate, and what
 * is kept for the rules does not depend on what is shared.
 */
public final class RuleNeeds {
    private final TestedProperties events = new TestedProperties();
    private final Set<String> traits = new HashSet<>();
    /** Those that no rule asks for. */
    private final Set<String> sharedTraits = new HashSet<>();

    private final Set<String> sharedProperties;
    private final Set<String> statistics = new HashSet<>();
    private final Set<String> propertiesOfAny = new HashSet<>();
    private final Reaches reaches = new Reaches();
    private final boolean isNone;

    public RuleNeeds(RuleSet rules) {
        isNone = rules.number() == 0;
        rules.segments().forEach(segment -> collect(segment.when()));
        sharedTraits.addAll(rules.share().sharedTraits());
        sharedTraits.removeAll(traits);
        sharedProperties = Set.copyOf(rules.share().properties());
    }

    /** Whether an event of this type and name must be looked at: it is an occasion to evaluate, or tells what is shared. */
    public boolean needs(EventType type, Optional<String> name) {
        return switch (type) {
            case USER_PROFILE, STATISTICS -> !isNone;
            case IDENTIFY -> isOccasion(type, name) || !sharedTraits.isEmpty();
            case TRACK, PAGE, SCREEN, GROUP, ALIAS -> isOccasion(type, name);
        };
    }

    /** Whether an event of this type and name is an occasion to evaluate. */
    public boolean isOccasion(EventType type, Optional<String> name) {
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
            case IDENTIFY -> traits(event.traits());
            case USER_PROFILE -> snapshot(event, traits(event.traits()));
            case STATISTICS -> snapshot(event, statistics(event.traits()));
            default -> some(event.properties(), properties(event), new BoundedValues());
        };
        return Optional.of(
                new Occurrence(event.id(), event.type(), event.name(), event.timestamp(), event.receivedAt(), details));
    }

    /** Of a person's traits those that rules test and those that are shared, as far as they are kept. */
    public Value.Fields traits(Value.Fields all) {
        Value.Fields tested = some(all, traits, new BoundedValues());
        if (sharedTraits.isEmpty()) {
            return tested;
        }
        Map<String, Value> both = new LinkedHashMap<>(tested.fields());
        both.putAll(some(all, sharedTraits, new BoundedValues(BoundedValues.MAX_SHARED))
                .fields());
        return new Value.Fields(both);
    }

    /** Of an event's properties those that are shared, as far as they would be kept. */
    public Value.Fields shared(Value.Fields properties) {
        return some(properties, sharedProperties, new BoundedValues(BoundedValues.MAX_SHARED));
    }

    /** Whether of a text that was kept something may be missing. */
    public static boolean mayBeCut(String kept) {
        return kept.length() >= BoundedValues.MAX_TEXT - 1;
    }

    /** Of a person's statistics those that rules test, as far as they are kept. */
    public Value.Fields statistics(Value.Fields all) {
        return some(all, statistics, new BoundedValues());
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

    private static Value.Fields some(Value.Fields all, Set<String> names, BoundedValues bounded) {
        Map<String, Value> some = new LinkedHashMap<>();
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
