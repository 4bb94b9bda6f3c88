package dev.sluice.model.rules;

import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * An immutable, numbered set of segments of one account: what the console publishes and the classifier runs.
 *
 * @param number 1 for an account's first, each next one higher; 0 is the empty set before anything was published
 * @param share what partners may be told of a person; it changes no segment
 */
public record RuleSet(String account, int number, List<Segment> segments, Shares share) {
    /** Of which nothing is shared. */
    public RuleSet(String account, int number, List<Segment> segments) {
        this(account, number, segments, Shares.NOTHING);
    }

    /**
     * @throws InvalidRuleException if ids repeat, a parent is missing, exclusive or its own descendant, ranks of a group
     *     tie, or a segment refers to one that is missing or depends on it
     */
    public RuleSet {
        if (number < 0) {
            throw new InvalidRuleException("a rule set's number must not be negative, is " + number);
        }
        if (segments.size() > RuleLimits.MAX_SEGMENTS) {
            throw new InvalidRuleException(
                    "a rule set may hold " + RuleLimits.MAX_SEGMENTS + " segments, holds " + segments.size());
        }
        segments = List.copyOf(segments);
        uniqueIds(segments);
        hierarchy(segments);
        parentsAreNotExclusive(segments);
        ranks(segments);
        SegmentReferences.check(segments);
    }

    /** What an account has before it publishes anything: nobody is in any segment. */
    public static RuleSet none(String account) {
        return new RuleSet(account, 0, List.of());
    }

    /** Segments by id, in their order. */
    public Map<String, Segment> byId() {
        Map<String, Segment> byId = new LinkedHashMap<>();
        segments.forEach(segment -> byId.put(segment.id(), segment));
        return byId;
    }

    /**
     * The segments' conditions by id, in their order, with the meaning of every {@link Condition.InSegment} in its place:
     * what engines run.
     */
    public Map<String, Condition> resolved() {
        return SegmentReferences.resolve(segments);
    }

    private static void uniqueIds(List<Segment> segments) {
        Set<String> seen = new HashSet<>();
        for (Segment segment : segments) {
            if (!seen.add(segment.id())) {
                throw new InvalidRuleException("segment id " + segment.id() + " is used twice");
            }
        }
    }

    private static void hierarchy(List<Segment> segments) {
        Map<String, Optional<String>> parents = new HashMap<>();
        segments.forEach(segment -> parents.put(segment.id(), segment.parent()));
        Set<String> rooted = new HashSet<>();
        for (Segment segment : segments) {
            Set<String> path = new HashSet<>();
            Optional<String> at = Optional.of(segment.id());
            while (at.isPresent() && !rooted.contains(at.get())) {
                if (!path.add(at.get())) {
                    throw new InvalidRuleException("segment " + segment.id() + " is among its own parents");
                }
                Optional<String> next = parents.get(at.get());
                if (next == null) {
                    throw new InvalidRuleException("segment " + segment.id() + " has the unknown parent "
                            + InvalidRuleException.shown(at.get()));
                }
                at = next;
            }
            rooted.addAll(path);
        }
    }

    /** Who is in two children would be in two of a group that allows one. */
    private static void parentsAreNotExclusive(List<Segment> segments) {
        Set<String> parents = new HashSet<>();
        segments.forEach(segment -> segment.parent().ifPresent(parents::add));
        for (Segment segment : segments) {
            if (segment.kind() instanceof Segment.Overwrite && parents.contains(segment.id())) {
                throw new InvalidRuleException("segment " + segment.id() + " of kind overwrite must not be a parent");
            }
        }
    }

    private static void ranks(List<Segment> segments) {
        Set<Segment.Overwrite> taken = new HashSet<>();
        for (Segment segment : segments) {
            if (segment.kind() instanceof Segment.Overwrite overwrite && !taken.add(overwrite)) {
                throw new InvalidRuleException("segment " + segment.id() + ": rank " + overwrite.rank()
                        + " is taken in group " + InvalidRuleException.shown(overwrite.group()));
            }
        }
    }
}
