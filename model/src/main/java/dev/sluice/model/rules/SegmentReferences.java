package dev.sluice.model.rules;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * What "is in segment x" means, written with other conditions, so that no engine needs to know kinds and hierarchies.
 *
 * <p>In x directly is, for kind {@code live}: x's condition. For {@code append}: x's condition, or was in x. For {@code
 * overwrite}: x's condition and none of a higher rank of the group; or no condition of the group, and was in x. In x is:
 * in x directly, or in one of x's children. {@code docs/PROFILE.md} has the same in words.
 */
final class SegmentReferences {
    private final Map<String, Segment> byId = new LinkedHashMap<>();
    private final Map<String, List<String>> children = new HashMap<>();
    private final Map<String, List<Segment>> groups = new HashMap<>();
    private final Map<String, Condition> conditions = new HashMap<>();
    /** Segments whose resolution is under way, outermost first. */
    private final Set<String> path = new LinkedHashSet<>();

    private SegmentReferences(List<Segment> segments) {
        for (Segment segment : segments) {
            byId.put(segment.id(), segment);
            segment.parent()
                    .ifPresent(parent -> children.computeIfAbsent(parent, any -> new ArrayList<>())
                            .add(segment.id()));
            if (segment.kind() instanceof Segment.Overwrite overwrite) {
                groups.computeIfAbsent(overwrite.group(), any -> new ArrayList<>())
                        .add(segment);
            }
        }
    }

    /** Refuses references to what is not there, circles, and trees that become too large. */
    static void check(List<Segment> segments) {
        if (segments.stream().anyMatch(segment -> refers(segment.when()))) {
            resolve(segments);
        }
    }

    static Map<String, Condition> resolve(List<Segment> segments) {
        var references = new SegmentReferences(segments);
        Map<String, Condition> resolved = new LinkedHashMap<>();
        segments.forEach(segment -> resolved.put(segment.id(), references.condition(segment.id())));
        return resolved;
    }

    private static boolean refers(Condition condition) {
        return condition instanceof Condition.InSegment
                || condition.children().stream().anyMatch(SegmentReferences::refers);
    }

    /** A segment's own condition, resolved. */
    private Condition condition(String id) {
        Condition known = conditions.get(id);
        if (known != null) {
            return known;
        }
        if (!path.add(id)) {
            throw new InvalidRuleException(
                    "segments refer to each other in a circle: " + String.join(" → ", path) + " → " + id);
        }
        Segment segment = byId.get(id);
        if (segment == null) {
            throw new InvalidRuleException("there is no segment " + id + " to refer to");
        }
        Condition resolved;
        try {
            resolved = refers(segment.when()) ? resolved(segment.when()) : segment.when();
            RuleLimits.tree(resolved, RuleLimits.MAX_RESOLVED_DEPTH, RuleLimits.MAX_RESOLVED_NODES);
        } catch (InvalidRuleException e) {
            String message = String.valueOf(e.getMessage());
            throw message.startsWith("segment") ? e : new InvalidRuleException("segment " + id + ": " + message, e);
        }
        path.remove(id);
        conditions.put(id, resolved);
        return resolved;
    }

    private Condition resolved(Condition condition) {
        if (condition instanceof Condition.InSegment reference) {
            return isIn(reference.segment());
        }
        if (condition instanceof Condition.AllOf all) {
            return new Condition.AllOf(
                    all.conditions().stream().map(this::resolved).toList());
        }
        if (condition instanceof Condition.AnyOf any) {
            return new Condition.AnyOf(
                    any.conditions().stream().map(this::resolved).toList());
        }
        return condition instanceof Condition.Not not ? new Condition.Not(resolved(not.condition())) : condition;
    }

    private Condition isIn(String id) {
        List<Condition> ways = new ArrayList<>();
        ways.add(isDirectlyIn(id));
        children.getOrDefault(id, List.of()).forEach(child -> ways.add(isIn(child)));
        return anyOf(ways);
    }

    private Condition isDirectlyIn(String id) {
        Condition matches = condition(id);
        Segment segment = Objects.requireNonNull(byId.get(id));
        if (segment.kind() instanceof Segment.Append) {
            return new Condition.AnyOf(List.of(matches, new Condition.WasIn(id)));
        }
        if (segment.kind() instanceof Segment.Overwrite overwrite) {
            return holdsItsGroup(id, matches, overwrite);
        }
        return matches;
    }

    private Condition holdsItsGroup(String id, Condition matches, Segment.Overwrite overwrite) {
        List<Condition> all = new ArrayList<>();
        List<Condition> higher = new ArrayList<>();
        for (Segment other : groups.getOrDefault(overwrite.group(), List.of())) {
            Condition matchesOther = condition(other.id());
            all.add(matchesOther);
            if (other.kind() instanceof Segment.Overwrite of && of.rank() > overwrite.rank()) {
                higher.add(matchesOther);
            }
        }
        Condition wins =
                higher.isEmpty() ? matches : new Condition.AllOf(List.of(matches, new Condition.Not(anyOf(higher))));
        Condition stays = new Condition.AllOf(List.of(new Condition.WasIn(id), new Condition.Not(anyOf(all))));
        return new Condition.AnyOf(List.of(wins, stays));
    }

    /** As many as there are: nests where one node could not hold all. */
    private static Condition anyOf(List<Condition> conditions) {
        if (conditions.size() == 1) {
            return conditions.get(0);
        }
        if (conditions.size() <= RuleLimits.MAX_CHILDREN) {
            return new Condition.AnyOf(conditions);
        }
        int half = conditions.size() / 2;
        return new Condition.AnyOf(
                List.of(anyOf(conditions.subList(0, half)), anyOf(conditions.subList(half, conditions.size()))));
    }
}
