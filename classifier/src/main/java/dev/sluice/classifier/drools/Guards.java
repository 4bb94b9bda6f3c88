package dev.sluice.classifier.drools;

import dev.sluice.model.Value;
import dev.sluice.model.rules.Condition;
import dev.sluice.model.rules.EventFilter;
import dev.sluice.model.rules.History;
import dev.sluice.model.rules.Operator;
import dev.sluice.model.rules.ValueTest;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Chooses for each condition of a rule set the guard that the fewest events touch.
 *
 * <p>How many that are is guessed from the rule set itself: of a trait that rules compare with fifty values each has one
 * in fifty, and of an event's kind likewise; what is asked of history is touched by as many kept events as there are.
 * A wrong guess costs time and changes no answer.
 */
final class Guards {
    /** Kept events of a person, as a guess. */
    private static final double KEPT = 20;

    private static final Guard ALWAYS = new Guard.Always();

    private final Numbering numbering;
    /** The values that rules compare with, by what they compare. */
    private final Map<Object, Set<Value>> compared = new HashMap<>();

    /** @param conditions all of the rule set: they say what is rare */
    Guards(Numbering numbering, Collection<Condition> conditions) {
        this.numbering = numbering;
        conditions.forEach(this::collect);
    }

    /** The best guard of a condition. */
    Guard of(Condition condition) {
        return find(condition).orElse(ALWAYS);
    }

    private void collect(Condition condition) {
        candidates(condition).forEach(guard -> {
            Set<Value> values = compared.computeIfAbsent(subject(guard), any -> new HashSet<>());
            values.addAll(oneOf(guard));
        });
        condition.children().forEach(this::collect);
    }

    private Optional<Guard> find(Condition condition) {
        if (condition instanceof Condition.AllOf all) {
            return best(all.conditions().stream()
                    .flatMap(part -> find(part).stream())
                    .toList());
        }
        if (condition instanceof Condition.AnyOf any) {
            List<Guard> guards = new ArrayList<>();
            for (Condition part : any.conditions()) {
                Optional<Guard> guard = find(part);
                if (guard.isEmpty()) {
                    return Optional.empty();
                }
                guards.add(guard.get());
            }
            List<Guard> different = guards.stream().distinct().toList();
            return Optional.of(different.size() == 1 ? different.get(0) : new Guard.Any(different));
        }
        return best(candidates(condition));
    }

    private Optional<Guard> best(List<Guard> guards) {
        return guards.stream().min(Comparator.comparingDouble(this::touched));
    }

    /** How many of all events touch it, as a guess. */
    private double touched(Guard guard) {
        double values =
                Math.max(1, compared.getOrDefault(subject(guard), Set.of()).size());
        double share = Math.min(1, oneOf(guard).size() / values);
        double kinds = Math.max(1, numbering.kinds());
        return switch (guard) {
            case Guard.Always() -> 1;
            case Guard.OfType any -> 0.9;
            case Guard.OfKind any -> 1 / kinds;
            case Guard.HasProperty any -> share / kinds;
            case Guard.HasTrait any -> share;
            case Guard.HasStatistic any -> share;
            case Guard.WasIn any -> 0.1;
            case Guard.Did any -> Math.min(0.8, KEPT / kinds);
            case Guard.DidTimes(var slice, var count) -> Math.min(0.8, KEPT / kinds) / (1 + count);
            case Guard.DidWith(var kind, var property, var oneOf, var times) ->
                Math.min(0.7, share * KEPT / kinds) / times;
            case Guard.Any(var guards) ->
                Math.min(1, guards.stream().mapToDouble(this::touched).sum());
        };
    }

    private record Subject(String place, int kind, String name) {}

    private static Object subject(Guard guard) {
        return switch (guard) {
            case Guard.HasProperty(var kind, var property, var any) -> new Subject("property", kind, property);
            case Guard.DidWith(var kind, var property, var any, var times) -> new Subject("property", kind, property);
            case Guard.HasTrait(var name, var any) -> new Subject("trait", 0, name);
            case Guard.HasStatistic(var name, var any) -> new Subject("statistic", 0, name);
            case Guard.Always any -> any;
            case Guard.OfType any -> any;
            case Guard.OfKind any -> any;
            case Guard.WasIn any -> any;
            case Guard.Did any -> any;
            case Guard.DidTimes any -> any;
            case Guard.Any any -> any;
        };
    }

    private static Set<Value> oneOf(Guard guard) {
        return switch (guard) {
            case Guard.HasProperty(var kind, var property, var oneOf) -> oneOf;
            case Guard.DidWith(var kind, var property, var oneOf, var times) -> oneOf;
            case Guard.HasTrait(var name, var oneOf) -> oneOf;
            case Guard.HasStatistic(var name, var oneOf) -> oneOf;
            case Guard.Always any -> Set.of();
            case Guard.OfType any -> Set.of();
            case Guard.OfKind any -> Set.of();
            case Guard.WasIn any -> Set.of();
            case Guard.Did any -> Set.of();
            case Guard.DidTimes any -> Set.of();
            case Guard.Any any -> Set.of();
        };
    }

    /** What a leaf cannot be true without, each by itself; none of a node with children. */
    private List<Guard> candidates(Condition condition) {
        if (condition instanceof Condition.CurrentEvent event) {
            EventFilter filter = event.filter();
            return filter.name().isEmpty()
                    ? List.of(new Guard.OfType(filter.type()))
                    : guards(filter, Guard.OfKind::new, Guard.HasProperty::new);
        }
        if (condition instanceof Condition.Trait trait) {
            return plainValues(trait.test()).<Guard>map(values -> new Guard.HasTrait(trait.name(), values)).stream()
                    .toList();
        }
        if (condition instanceof Condition.Statistic statistic) {
            return plainValues(statistic.test())
                    .<Guard>map(values -> new Guard.HasStatistic(statistic.name(), values))
                    .stream()
                    .toList();
        }
        if (condition instanceof Condition.WasIn was) {
            return List.of(new Guard.WasIn(was.segment()));
        }
        if (condition instanceof History history && needsAnEvent(history)) {
            return history.filters().stream()
                    .limit(history instanceof History.Sequence sequence && sequence.followed() ? 2 : 1)
                    .filter(filter -> filter.name().isPresent())
                    .flatMap(filter -> kept(filter, history).stream())
                    .toList();
        }
        return List.of();
    }

    /** Whether a guard that is touched says that a demand of {@link RuleCompiler} is met. */
    static boolean implies(Guard guard, Object demand) {
        return switch (guard) {
            case Guard.HasProperty(var kind, var property, var oneOf) ->
                demand.equals(new Guard.OfKind(kind))
                        || (demand instanceof EventFilter.PropertyTest where
                                && where.property().equals(property)
                                && plainValues(where.test()).equals(Optional.of(oneOf)));
            case Guard.HasTrait(var name, var oneOf) ->
                demand instanceof Condition.Trait trait
                        && trait.name().equals(name)
                        && plainValues(trait.test()).equals(Optional.of(oneOf));
            case Guard.HasStatistic(var name, var oneOf) ->
                demand instanceof Condition.Statistic statistic
                        && statistic.name().equals(name)
                        && plainValues(statistic.test()).equals(Optional.of(oneOf));
            case Guard.WasIn(var segment) -> demand.equals(new Condition.WasIn(segment));
            case Guard.OfKind any -> demand.equals(guard);
            case Guard.OfType any -> demand.equals(guard);
            case Guard.Always any -> false;
            case Guard.Did any -> false;
            case Guard.DidTimes(var slice, var count) ->
                demand instanceof History.EventCount counted
                        && counted.operator() == Operator.AT_LEAST
                        && counted.count() == count
                        && isPlain(counted.filter())
                        && counted.filter().equals(slice.filter())
                        && counted.window().equals(slice.window());
            case Guard.DidWith any -> false;
            case Guard.Any any -> false;
        };
    }

    private interface WithProperty {
        Guard of(int kind, String property, Set<Value> oneOf);
    }

    private interface WithoutProperty {
        Guard of(int kind);
    }

    private List<Guard> guards(EventFilter filter, WithoutProperty without, WithProperty with) {
        int kind = numbering.kind(filter.type(), filter.name().orElseThrow());
        List<Guard> guards = new ArrayList<>();
        guards.add(without.of(kind));
        for (EventFilter.PropertyTest where : filter.where()) {
            plainValues(where.test()).ifPresent(values -> guards.add(with.of(kind, where.property(), values)));
        }
        return guards;
    }

    /** The values that a test takes, if those are all it takes. */
    private static Optional<Set<Value>> plainValues(ValueTest test) {
        return test instanceof ValueTest.OneOf oneOf && !oneOf.ignoreCase()
                ? Optional.of(Set.copyOf(oneOf.values()))
                : Optional.empty();
    }

    private List<Guard> kept(EventFilter filter, History history) {
        int times = history instanceof History.EventCount count ? least(count) : 1;
        if (history instanceof History.EventCount && isPlain(filter)) {
            return List.of(new Guard.DidTimes(numbering.slice(filter, history.window()), times));
        }
        return guards(
                filter,
                Guard.Did::new,
                (kind, property, values) -> new Guard.DidWith(kind, property, values, values.size() == 1 ? times : 1));
    }

    /** How many events a count needs that needs any. */
    private static int least(History.EventCount count) {
        return count.operator() == Operator.MORE_THAN ? count.count() + 1 : count.count();
    }

    private static boolean isPlain(EventFilter filter) {
        return filter.name().isPresent() && filter.where().isEmpty();
    }

    /** Whether it is false of a person of whom no event passes its first filter. */
    private static boolean needsAnEvent(History history) {
        if (history instanceof History.EventCount count) {
            return !holdsOfNone(count.operator(), count.count());
        }
        if (history instanceof History.Distinct distinct) {
            return !holdsOfNone(distinct.operator(), distinct.count());
        }
        if (history instanceof History.Days days) {
            return !holdsOfNone(days.operator(), days.count());
        }
        return !(history instanceof History.Total total
                && total.aggregate() == History.Aggregate.SUM
                && holdsOfNone(total.operator(), total.than().signum()));
    }

    private static boolean holdsOfNone(Operator operator, int than) {
        return Comparison.of(operator).holds(Integer.compare(0, than));
    }
}
