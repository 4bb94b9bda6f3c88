package dev.sluice.model.rules;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;

/**
 * What "is in segment x" means, written with other conditions, so that no engine needs to know kinds and hierarchies.
 *
 * <p>In x directly is, for kind {@code live}: x's condition. For {@code append}: x's condition, or was in x. For {@code
 * overwrite}: x's condition and none of a higher rank of the group; or no condition of the group, and was in x and in
 * none of a higher rank. In x is: in x directly, or in one of x's children. {@code docs/PROFILE.md} has the same in words.
 *
 * <p>References multiply: fifty to a segment of fifty to a segment of fifty are 125,000 conditions. So trees are counted
 * while they grow and refused as soon as they are too large; what is built is never larger than the limit, is built once
 * for each segment, and is shared.
 */
final class SegmentReferences {
    private final Map<String, Segment> byId = new LinkedHashMap<>();
    private final Map<String, List<String>> children = new HashMap<>();
    private final Map<String, List<Segment>> groups = new HashMap<>();
    private final Map<String, Tree> conditions = new HashMap<>();
    private final Map<String, Tree> memberships = new HashMap<>();
    /** Segments whose resolution is under way, outermost first. */
    private final Set<String> path = new LinkedHashSet<>();

    /**
     * A resolved condition and how large it is.
     *
     * @param references the longest chain of segments that refer to segments in it
     */
    private record Tree(Condition condition, int nodes, int depth, int references) {
        static Tree leaf(Condition condition) {
            return new Tree(condition, RuleLimits.ownNodes(condition), 1, 0);
        }

        static Tree not(Tree tree) {
            return of(List.of(tree), conditions -> new Condition.Not(conditions.get(0)));
        }

        static Tree all(List<Tree> trees) {
            return of(trees, Condition.AllOf::new);
        }

        /** As many as there are: nests where one node could not hold all. */
        static Tree any(List<Tree> trees) {
            if (trees.size() == 1) {
                return trees.get(0);
            }
            if (trees.size() <= RuleLimits.MAX_CHILDREN) {
                return of(trees, Condition.AnyOf::new);
            }
            int half = trees.size() / 2;
            return any(List.of(any(trees.subList(0, half)), any(trees.subList(half, trees.size()))));
        }

        private static Tree of(List<Tree> trees, Function<List<Condition>, Condition> node) {
            int nodes = 1 + trees.stream().mapToInt(Tree::nodes).sum();
            int depth = 1 + trees.stream().mapToInt(Tree::depth).max().orElse(0);
            if (nodes > RuleLimits.MAX_RESOLVED_NODES) {
                throw tooLarge();
            }
            if (depth > RuleLimits.MAX_RESOLVED_DEPTH) {
                throw tooDeep();
            }
            int references = trees.stream().mapToInt(Tree::references).max().orElse(0);
            return new Tree(node.apply(trees.stream().map(Tree::condition).toList()), nodes, depth, references);
        }
    }

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
        } else {
            refuseTooMany(segments.stream()
                    .mapToLong(segment -> RuleLimits.nodes(segment.when()))
                    .sum());
        }
    }

    static Map<String, Condition> resolve(List<Segment> segments) {
        var references = new SegmentReferences(segments);
        Map<String, Condition> resolved = new LinkedHashMap<>();
        long nodes = 0;
        for (Segment segment : segments) {
            Tree tree = references.condition(segment.id());
            nodes += tree.nodes();
            refuseTooMany(nodes);
            resolved.put(segment.id(), tree.condition());
        }
        return resolved;
    }

    private static void refuseTooMany(long nodes) {
        if (nodes > RuleLimits.MAX_SET_NODES) {
            throw new InvalidRuleException("the segments of a rule set may have " + RuleLimits.MAX_SET_NODES
                    + " conditions in all, those of the segments that they refer to included");
        }
    }

    private static boolean refers(Condition condition) {
        return condition instanceof Condition.InSegment
                || condition.children().stream().anyMatch(SegmentReferences::refers);
    }

    /** A segment's own condition, resolved. */
    private Tree condition(String id) {
        Tree known = conditions.get(id);
        if (known != null) {
            return known;
        }
        Segment segment = byId.get(id);
        if (segment == null) {
            throw new InvalidRuleException("there is no segment " + InvalidRuleException.shown(id) + " to refer to");
        }
        if (!path.add(id)) {
            throw new InvalidRuleException(
                    "segments refer to each other in a circle: " + String.join(" → ", path) + " → " + id);
        }
        if (path.size() > RuleLimits.MAX_REFERENCES) {
            throw tooFar();
        }
        Tree resolved;
        try {
            Tree tree = resolved(segment.when());
            resolved = new Tree(tree.condition(), tree.nodes(), tree.depth(), tree.references() + 1);
            if (resolved.references() > RuleLimits.MAX_REFERENCES) {
                throw tooFar();
            }
        } catch (InvalidRuleException e) {
            String message = String.valueOf(e.getMessage());
            throw message.startsWith("segment") ? e : new InvalidRuleException("segment " + id + ": " + message, e);
        }
        path.remove(id);
        conditions.put(id, resolved);
        return resolved;
    }

    private Tree resolved(Condition condition) {
        if (condition instanceof Condition.InSegment reference) {
            return isIn(reference.segment(), 1);
        }
        if (condition.children().isEmpty()) {
            return Tree.leaf(condition);
        }
        var growing = new Growing();
        for (Condition child : condition.children()) {
            growing.add(resolved(child));
        }
        List<Tree> trees = growing.trees();
        if (condition instanceof Condition.Not) {
            return Tree.not(trees.get(0));
        }
        return condition instanceof Condition.AllOf ? Tree.all(trees) : Tree.of(trees, Condition.AnyOf::new);
    }

    private Tree isIn(String id, int generation) {
        Tree known = memberships.get(id);
        if (known != null) {
            return known;
        }
        if (generation > RuleLimits.MAX_RESOLVED_DEPTH) {
            throw tooDeep();
        }
        var ways = new Growing().add(isDirectlyIn(id));
        for (String child : children.getOrDefault(id, List.of())) {
            ways.add(isIn(child, generation + 1));
        }
        Tree isIn = Tree.any(ways.trees());
        memberships.put(id, isIn);
        return isIn;
    }

    private Tree isDirectlyIn(String id) {
        Tree matches = condition(id);
        Segment segment = Objects.requireNonNull(byId.get(id));
        if (segment.kind() instanceof Segment.Append) {
            return Tree.any(List.of(matches, Tree.leaf(new Condition.WasIn(id))));
        }
        if (segment.kind() instanceof Segment.Overwrite overwrite) {
            return holdsItsGroup(id, matches, overwrite);
        }
        return matches;
    }

    private Tree holdsItsGroup(String id, Tree matches, Segment.Overwrite overwrite) {
        var ends = new Growing();
        List<Tree> higher = new ArrayList<>();
        for (Segment other : groups.getOrDefault(overwrite.group(), List.of())) {
            Tree matchesOther = condition(other.id());
            ends.add(matchesOther);
            if (other.kind() instanceof Segment.Overwrite of && of.rank() > overwrite.rank()) {
                higher.add(matchesOther);
                // A person may come from a rule set in which the two were of no one group.
                ends.add(Tree.leaf(new Condition.WasIn(other.id())));
            }
        }
        Tree wins = higher.isEmpty() ? matches : Tree.all(List.of(matches, Tree.not(Tree.any(higher))));
        Tree stays = Tree.all(List.of(Tree.leaf(new Condition.WasIn(id)), Tree.not(Tree.any(ends.trees()))));
        return Tree.any(List.of(wins, stays));
    }

    /** Refuses as soon as there is too much: a segment may have thousands of children, each of a large group. */
    private static final class Growing {
        private final List<Tree> trees = new ArrayList<>();
        private int nodes;

        Growing add(Tree tree) {
            trees.add(tree);
            nodes += tree.nodes();
            if (nodes > RuleLimits.MAX_RESOLVED_NODES) {
                throw tooLarge();
            }
            return this;
        }

        List<Tree> trees() {
            return trees;
        }
    }

    private static InvalidRuleException tooLarge() {
        return new InvalidRuleException("with the segments that it refers to, a rule may have "
                + RuleLimits.MAX_RESOLVED_NODES + " conditions");
    }

    private static InvalidRuleException tooDeep() {
        return new InvalidRuleException(
                "with the segments that it refers to, conditions may nest " + RuleLimits.MAX_RESOLVED_DEPTH + " deep");
    }

    private static InvalidRuleException tooFar() {
        return new InvalidRuleException(
                "references from segment to segment may form a chain of " + RuleLimits.MAX_REFERENCES);
    }
}
