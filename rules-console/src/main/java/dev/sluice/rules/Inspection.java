package dev.sluice.rules;

import dev.sluice.model.JsonText;
import dev.sluice.model.MalformedException;
import dev.sluice.model.Value;
import dev.sluice.model.rules.InvalidRuleException;
import dev.sluice.model.rules.RuleLimits;
import dev.sluice.model.rules.RuleSet;
import dev.sluice.model.rules.RuleSetJson;
import dev.sluice.model.rules.Segment;
import dev.sluice.model.rules.Shares;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * All that is wrong with some segments, found in one look: each segment is read by itself, then they are looked at as a
 * set. The model has the last word: what it refuses is not published, whether found here before or not. Immutable.
 *
 * @param segments those that could be read; all of them if there are no problems
 * @param share what is shared; nothing if that could not be read
 * @param problems at most {@value #MAX_PROBLEMS} and one that says how many are left out; empty if it can be published
 */
public record Inspection(List<Segment> segments, Shares share, List<Problem> problems) {
    /** More would not be read. */
    public static final int MAX_PROBLEMS = 100;

    private static final String AND = "and ";

    public Inspection {
        segments = List.copyOf(segments);
        problems = bounded(problems);
    }

    /** Of which nothing is shared. */
    Inspection(List<Segment> segments, List<Problem> problems) {
        this(segments, Shares.NOTHING, problems);
    }

    /** What can be published if there are no problems, without an account and of number 0. */
    public RuleSet content() {
        return new RuleSet("", 0, segments, share);
    }

    /** Looks at the elements of an array {@code segments}. */
    public static Inspection of(List<Value> elements) {
        if (elements.size() > RuleLimits.MAX_SEGMENTS) {
            // Reading them all to say more would cost more than it helps.
            var problem = new Problem(
                    "segments",
                    "may hold " + RuleLimits.MAX_SEGMENTS + " segments, holds " + elements.size()
                            + "; merge or remove some");
            return new Inspection(List.of(), List.of(problem));
        }
        List<Segment> segments = new ArrayList<>();
        List<Problem> problems = new ArrayList<>();
        for (int i = 0; i < elements.size(); i++) {
            try {
                segments.add(segment(elements.get(i)));
            } catch (InvalidRuleException e) {
                problems.add(Problem.of(e).ofSegment(i));
            }
        }
        problems.addAll(SetProblems.of(elements));
        if (!problems.isEmpty()) {
            return new Inspection(segments, problems);
        }
        try {
            var rules = new RuleSet("", 0, segments);
            Publishable.check(rules);
            return new Inspection(rules.segments(), List.of());
        } catch (InvalidRuleException e) {
            return new Inspection(segments, List.of(Problem.of(e)));
        }
    }

    /**
     * What could be published and is probably not meant; none as long as there are problems. Looked for anew by each call,
     * because it takes longer than all else and only authors want it.
     */
    public List<Problem> warnings() {
        return problems.isEmpty() ? bounded(Warnings.of(new RuleSet("", 0, segments))) : List.of();
    }

    /** The same with one more problem, before the others. */
    Inspection with(Problem problem) {
        List<Problem> all = new ArrayList<>(List.of(problem));
        all.addAll(problems);
        return new Inspection(segments, share, all);
    }

    /** The same with what the field {@code share} of an object says. */
    Inspection sharing(Value.Fields json) {
        try {
            return new Inspection(segments, RuleSetJson.readShare(json), problems);
        } catch (InvalidRuleException e) {
            return with(Problem.of(e));
        }
    }

    private static Segment segment(Value element) {
        byte[] alone = JsonText.writeObject(json -> {
            json.writeArrayPropertyStart("segments");
            JsonText.write(json, SentenceConditions.read(element));
            json.writeEndArray();
        });
        try {
            return RuleSetJson.readSegments(alone).getFirst();
        } catch (MalformedException e) {
            throw new InvalidRuleException("segments[0]: " + e.getMessage(), e);
        }
    }

    private static List<Problem> bounded(List<Problem> problems) {
        Set<Problem> once = new HashSet<>();
        List<Problem> distinct = problems.stream().filter(once::add).toList();
        if (distinct.size() <= MAX_PROBLEMS || isCut(distinct)) {
            return distinct;
        }
        List<Problem> some = new ArrayList<>(distinct.subList(0, MAX_PROBLEMS));
        some.add(new Problem("", AND + (distinct.size() - MAX_PROBLEMS) + " more"));
        return List.copyOf(some);
    }

    private static boolean isCut(List<Problem> problems) {
        Problem last = problems.getLast();
        return problems.size() == MAX_PROBLEMS + 1
                && last.path().isEmpty()
                && last.message().startsWith(AND);
    }
}
