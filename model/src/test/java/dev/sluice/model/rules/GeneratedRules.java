package dev.sluice.model.rules;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * Rule sets, conditions and observations without end, the same for the same seed and the same calls in the same order.
 * Not thread-safe.
 *
 * <p><b>How.</b> Rules and observations draw from the same small pools ({@link GeneratedPools}), so that each kind of
 * condition is true of 5 % to 95 % of the observations and edges are met: equal times, windows' ends and one millisecond
 * beside them, numbers equal by value, missing, null and mistyped values, both forms of a composed letter, changes of
 * clocks and leap days. A segment refers only to segments of an earlier third, and parents and groups stay within a
 * third: so there are no circles. How large a resolved tree can become is counted, so that no set is refused.
 */
public final class GeneratedRules {
    private static final int THIRDS = 3;
    private static final int MAX_FAMILY = 8;
    private static final int MAX_NODES = RuleLimits.MAX_RESOLVED_NODES * 3 / 4;

    private final GeneratedPools draw;
    private final GeneratedConditions conditions;
    private final GeneratedObservations observations;

    public GeneratedRules(long seed) {
        draw = new GeneratedPools(new SplittableRandom(seed));
        conditions = new GeneratedConditions(draw);
        observations = new GeneratedObservations(draw);
    }

    /** A valid tree of any kind that refers to no segment. */
    public Condition condition() {
        return conditions.tree(List.of());
    }

    /**
     * A valid rule set: segments {@code s0}, {@code s1}… of all kinds, with parents, groups and references.
     *
     * @param segments 1 to {@link RuleLimits#MAX_SEGMENTS}
     */
    public RuleSet ruleSet(int segments) {
        return new RuleSet("demo", 1 + draw.below(1_000), new Growing(segments).segments());
    }

    /**
     * Someone and what they have done, up to an event that is looked at; the time of evaluation is that event's. Of the
     * history's 1 to 40 events it is the last.
     */
    public Observation observation(RuleSet rules) {
        return observations.of(some(rules.segments()));
    }

    private Set<String> some(List<Segment> segments) {
        Set<String> some = new HashSet<>();
        if (segments.size() > 40) {
            for (int i = draw.below(16); i > 0; i--) {
                some.add(draw.one(segments).id());
            }
            return some;
        }
        for (Segment segment : segments) {
            if (draw.chance(40)) {
                some.add(segment.id());
            }
        }
        return some;
    }

    /** A rule set while it is made. */
    private final class Growing {
        private final int size;
        private final List<Segment> made = new ArrayList<>();
        /** Conditions in each one's tree, those of the segments that it refers to included. */
        private final List<Integer> nodes = new ArrayList<>();

        Growing(int size) {
            this.size = size;
        }

        List<Segment> segments() {
            for (int i = 0; i < size; i++) {
                add(i);
            }
            return made;
        }

        private void add(int i) {
            Condition when = conditions.tree(mayReferTo(startOfThird(i)));
            if (nodes(when) > MAX_NODES) {
                when = conditions.tree(List.of());
            }
            nodes.add(nodes(when));
            made.add(new Segment("s" + i, "S \"" + i + "\" é", kind(i), parent(i), when));
        }

        private List<String> mayReferTo(int before) {
            List<String> some = new ArrayList<>();
            for (int tries = before == 0 ? 0 : draw.below(4); tries > 0; tries--) {
                some.add(made.get(draw.below(before)).id());
            }
            return some;
        }

        private Segment.Kind kind(int i) {
            int which = draw.below(10);
            if (which < 5) {
                return new Segment.Live();
            }
            int rank = (i - startOfFamily(i)) * 3 % MAX_FAMILY;
            return which < 8 ? new Segment.Append() : new Segment.Overwrite("g" + startOfFamily(i), rank);
        }

        private Optional<String> parent(int i) {
            int family = startOfFamily(i);
            if (i == family || draw.chance(60)) {
                return Optional.empty();
            }
            Segment parent = made.get(family + draw.below(i - family));
            return parent.kind() instanceof Segment.Overwrite ? Optional.empty() : Optional.of(parent.id());
        }

        private int nodes(Condition condition) {
            int sum = 1;
            if (condition instanceof Condition.InSegment reference) {
                sum += nodesOfFamily(Integer.parseInt(reference.segment().substring(1)));
            } else if (condition instanceof Condition.CurrentEvent event) {
                sum += event.filter().where().size();
            } else if (condition instanceof History history) {
                for (EventFilter filter : history.filters()) {
                    sum += filter.where().size();
                }
            }
            for (Condition child : condition.children()) {
                sum += nodes(child);
            }
            return sum;
        }

        /** Whoever is in a segment may be so by any of its family, each of which may ask twice for all of its group. */
        private int nodesOfFamily(int i) {
            int family = startOfFamily(i);
            int sum = 0;
            int exclusive = 0;
            for (int j = family; j < Math.min(family + MAX_FAMILY, made.size()); j++) {
                sum += nodes.get(j) + 8;
                exclusive += made.get(j).kind() instanceof Segment.Overwrite ? 1 : 0;
            }
            return sum * (1 + 2 * exclusive);
        }

        private int startOfThird(int i) {
            int third = (int) ((long) i * THIRDS / size);
            return (int) (((long) third * size + THIRDS - 1) / THIRDS);
        }

        /** Parents and groups stay in short runs, so that what a segment stands for stays small. */
        private int startOfFamily(int i) {
            return i - (i - startOfThird(i)) % MAX_FAMILY;
        }
    }
}
