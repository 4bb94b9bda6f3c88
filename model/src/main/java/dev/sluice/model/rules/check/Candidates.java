package dev.sluice.model.rules.check;

import dev.sluice.model.Value;
import dev.sluice.model.rules.CaseFold;
import dev.sluice.model.rules.Condition;
import dev.sluice.model.rules.EventFilter;
import dev.sluice.model.rules.History;
import dev.sluice.model.rules.ValueTest;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Which segments may lie in another, for {@link RuleCheck}: those that test a trait, a value or an event that it tests. So
 * of thousands of segments few pairs are compared. Not thread-safe.
 */
final class Candidates {
    /** Of one segment: what all test tells nothing. */
    private static final int MOST = 200;

    private static final int MOST_VALUES = 20;

    private final Map<String, List<String>> byKey = new HashMap<>();

    void add(String id, Formula formula) {
        Set<String> keys = new HashSet<>();
        collect(formula, keys);
        keys.forEach(key -> byKey.computeIfAbsent(key, any -> new ArrayList<>()).add(id));
    }

    /** Some that may imply it, first added first. */
    List<String> mayImply(Formula formula) {
        Set<String> ids = new LinkedHashSet<>();
        for (String key : needed(formula)) {
            of(key).stream().limit(MOST).forEach(ids::add);
        }
        return ids.stream().limit(MOST).toList();
    }

    private List<String> of(String key) {
        return byKey.getOrDefault(key, List.of());
    }

    /** Whatever implies the formula has one of these keys; of an "and" those of its rarest part. */
    private Set<String> needed(Formula formula) {
        if (formula instanceof Formula.And and) {
            return and.parts().stream()
                    .map(this::needed)
                    .min(Comparator.comparingInt(keys ->
                            keys.stream().mapToInt(key -> of(key).size()).sum()))
                    .orElse(Set.of());
        }
        Set<String> keys = new LinkedHashSet<>();
        if (formula instanceof Formula.Or or) {
            or.parts().forEach(part -> keys.addAll(needed(part)));
        } else {
            Formula.Leaf leaf = (Formula.Leaf) formula;
            List<String> values = values(leaf);
            keys.addAll(values.isEmpty() || values.size() > MOST_VALUES ? own(leaf) : values);
        }
        return keys;
    }

    private static void collect(Formula formula, Set<String> keys) {
        if (formula instanceof Formula.And and) {
            and.parts().forEach(part -> collect(part, keys));
        } else if (formula instanceof Formula.Or or) {
            or.parts().forEach(part -> collect(part, keys));
        } else {
            Formula.Leaf leaf = (Formula.Leaf) formula;
            keys.addAll(own(leaf));
            keys.addAll(values(leaf));
            filters(leaf.atom())
                    .forEach(filter -> keys.add("event " + filter.type().word()));
        }
    }

    private static List<String> own(Formula.Leaf leaf) {
        Condition atom = leaf.atom();
        if (atom instanceof Condition.Trait trait) {
            return List.of("trait " + trait.name());
        }
        if (atom instanceof Condition.Statistic statistic) {
            return List.of("statistic " + statistic.name());
        }
        if (atom instanceof Condition.Consent consent) {
            return List.of("consent " + consent.channel());
        }
        if (atom instanceof Condition.Call call) {
            return List.of("call " + call.function());
        }
        if (atom instanceof Condition.WasIn wasIn) {
            return List.of("was in " + wasIn.segment());
        }
        return atom instanceof Condition.Near
                ? List.of("near")
                : filters(atom)
                        .map(filter -> "event " + filter.type().word()
                                + filter.name().map(name -> " " + name).orElse(""))
                        .toList();
    }

    private static Stream<EventFilter> filters(Condition atom) {
        if (atom instanceof Condition.CurrentEvent event) {
            return Stream.of(event.filter());
        }
        return atom instanceof History history ? history.filters().stream() : Stream.of();
    }

    private static List<String> values(Formula.Leaf leaf) {
        if (leaf.holds()
                && leaf.atom() instanceof Condition.Trait trait
                && trait.test() instanceof ValueTest.OneOf one) {
            return one.values().stream()
                    .limit(MOST_VALUES + 1)
                    .map(value -> "trait " + trait.name() + " = " + folded(value))
                    .toList();
        }
        return List.of();
    }

    private static String folded(Value value) {
        return value instanceof Value.Text text ? "'" + CaseFold.fold(text.text()) : value.toString();
    }
}
