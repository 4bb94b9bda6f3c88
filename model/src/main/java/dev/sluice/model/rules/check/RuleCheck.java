package dev.sluice.model.rules.check;

import dev.sluice.model.rules.Condition;
import dev.sluice.model.rules.History;
import dev.sluice.model.rules.RuleNeeds;
import dev.sluice.model.rules.RuleSet;
import dev.sluice.model.rules.Segment;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * What the author of a rule set probably did not mean. Every warning is proved from what rules mean ({@link Proof}); that
 * there is none proves nothing. Warnings never keep a rule set from being published. Stateless.
 *
 * <p>The cost is bounded: each proof gives up after some steps ({@link Effort}), and so do all together; whether segments overlap is asked only of those that test
 * the same trait, event or value ({@link Candidates}), and of so many pairs in all.
 */
public final class RuleCheck {
    private static final int STEPS_OF_ONE = 4_000;
    private static final int STEPS_OF_PAIR = 600;
    private static final int MAX_PAIRS = 200_000;
    /** Of all proofs: ten times what a set of 20,000 usual segments takes. */
    private static final long MAX_STEPS = 4_000_000;

    private static final int MAX_WARNINGS = 1_000;
    /** Of one segment: whoever is told of three that it lies in, looks. */
    private static final int MAX_CONTAINERS = 3;

    /** What is wrong. */
    public enum Kind {
        /** Nobody ever passes. */
        NEVER_MATCHES("neverMatches"),
        /** Everybody always passes. */
        ALWAYS_MATCHES("alwaysMatches"),
        /** One of the conditions changes nothing: it is never, or always, true. */
        NEEDLESS_PART("needlessPart"),
        /** True of the same people, always, as another segment. */
        SAME_AS("sameAs"),
        /** True only of people of whom another segment's condition is true. */
        CONTAINED_IN("containedIn"),
        /** Whoever passes also passes one of a higher rank of its group. */
        NEVER_WINS("neverWins"),
        /** Nobody passes both it and its parent: who is in it is in its parent all the same. */
        OUTSIDE_PARENT("outsideParent"),
        /** No event is an occasion to evaluate it, nor any other of its rule set. */
        NEVER_ASKED("neverAsked");

        private final String word;

        Kind(String word) {
            this.word = word;
        }

        /** As it is written in JSON. */
        public String word() {
            return word;
        }
    }

    /**
     * One warning.
     *
     * @param segment id of the segment that it is about
     * @param message a sentence for the segment's author
     * @param other id of the other segment that it speaks of
     */
    public record Warning(String segment, Kind kind, String message, Optional<String> other) {}

    private final Map<String, Condition> resolved;
    private final Map<String, Formula> formulas = new LinkedHashMap<>();
    private final Map<String, Formula> opposites = new HashMap<>();
    private final Map<String, Segment> byId;
    private final List<Warning> warnings = new ArrayList<>();
    private final Effort.Budget budget = new Effort.Budget(MAX_STEPS);
    private int pairs;

    private RuleCheck(RuleSet rules) {
        this.resolved = rules.resolved();
        this.byId = rules.byId();
    }

    /** At most {@value #MAX_WARNINGS} warnings, in the order of the segments; those on two segments come last. */
    public static List<Warning> of(RuleSet rules) {
        var check = new RuleCheck(rules);
        check.occasions(rules);
        check.each();
        check.parents();
        check.pairs();
        return List.copyOf(check.warnings.subList(0, Math.min(MAX_WARNINGS, check.warnings.size())));
    }

    private void occasions(RuleSet rules) {
        if (rules.segments().stream().noneMatch(segment -> hasOccasion(segment.when()))) {
            byId.keySet()
                    .forEach(id -> warn(
                            id,
                            Kind.NEVER_ASKED,
                            "nobody is ever asked: no segment of the rule set names an event or a trait"));
        }
    }

    /** As {@link RuleNeeds} says which events are occasions. */
    private static boolean hasOccasion(Condition condition) {
        boolean names = condition instanceof Condition.CurrentEvent
                || condition instanceof Condition.Trait
                || condition instanceof Condition.Consent
                || condition instanceof Condition.Near
                || condition instanceof History;
        boolean passes = condition instanceof Condition.Call call
                && call.arguments().stream().anyMatch(Condition.TraitOf.class::isInstance);
        return names || passes || condition.children().stream().anyMatch(RuleCheck::hasOccasion);
    }

    private void each() {
        resolved.forEach((id, condition) -> {
            if (isNever(condition)) {
                warn(id, Kind.NEVER_MATCHES, "nobody can ever pass: " + contradiction(condition));
            } else if (isAlways(condition)) {
                warn(id, Kind.ALWAYS_MATCHES, "everybody passes, always");
            } else {
                parts(id, condition);
                formulas.put(id, Formula.of(condition, true));
                opposites.put(id, Formula.of(condition, false));
            }
        });
    }

    private boolean isNever(Condition condition) {
        return Proof.impossible(List.of(Formula.of(condition, true)), STEPS_OF_ONE, budget);
    }

    private boolean isAlways(Condition condition) {
        return Proof.impossible(List.of(Formula.of(condition, false)), STEPS_OF_ONE, budget);
    }

    /** Which two parts contradict each other, if two do. */
    private String contradiction(Condition condition) {
        if (condition instanceof Condition.AllOf all) {
            List<Formula> parts = all.conditions().stream()
                    .map(part -> Formula.of(part, true))
                    .toList();
            for (int i = 0; i < parts.size(); i++) {
                for (int j = 0; j < i; j++) {
                    if (Proof.impossible(List.of(parts.get(j), parts.get(i)), STEPS_OF_PAIR, budget)) {
                        return "when.allOf[" + j + "] and when.allOf[" + i + "] contradict each other";
                    }
                }
            }
        }
        return "its conditions contradict each other";
    }

    private void parts(String id, Condition condition) {
        boolean all = condition instanceof Condition.AllOf;
        List<Condition> parts = condition.children();
        if (parts.size() < 2) {
            return;
        }
        Set<Formula> seen = new HashSet<>();
        for (int i = 0; i < parts.size(); i++) {
            String place = "when." + (all ? "allOf" : "anyOf") + "[" + i + "]";
            if (!seen.add(Formula.of(parts.get(i), true))) {
                warn(id, Kind.NEEDLESS_PART, place + " is there twice");
            } else if (all ? isAlways(parts.get(i)) : isNever(parts.get(i))) {
                warn(id, Kind.NEEDLESS_PART, place + " is " + (all ? "always" : "never") + " true");
            }
        }
    }

    private void parents() {
        byId.values()
                .forEach(segment -> segment.parent()
                        .filter(parent -> formulas.containsKey(segment.id()) && formulas.containsKey(parent))
                        .filter(parent -> Proof.impossible(
                                List.of(formula(segment.id()), formula(parent)), STEPS_OF_PAIR, budget))
                        .ifPresent(parent -> warn(
                                segment.id(),
                                Kind.OUTSIDE_PARENT,
                                "nobody passes both it and its parent " + parent
                                        + ", in which whoever is in it is as well",
                                parent)));
    }

    private void pairs() {
        Map<Formula, String> first = new HashMap<>();
        Map<String, Integer> different = new LinkedHashMap<>();
        formulas.forEach((id, formula) -> {
            String same = first.putIfAbsent(formula, id);
            if (same == null) {
                different.put(id, different.size());
            } else {
                overlap(id, same, true);
            }
        });
        var candidates = new Candidates();
        different.keySet().forEach(id -> candidates.add(id, formula(id)));
        Map<String, Integer> containers = new HashMap<>();
        for (String wide : different.keySet()) {
            for (String narrow : candidates.mayImply(formula(wide))) {
                if (!narrow.equals(wide) && implies(narrow, wide)) {
                    boolean same = implies(wide, narrow);
                    boolean told = same && different.getOrDefault(narrow, 0) < different.getOrDefault(wide, 0);
                    if (!told && containers.merge(narrow, 1, Integer::sum) <= MAX_CONTAINERS) {
                        overlap(narrow, wide, same);
                    }
                }
            }
            if (pairs > MAX_PAIRS || warnings.size() > MAX_WARNINGS) {
                return;
            }
        }
    }

    private Formula formula(String id) {
        return Objects.requireNonNull(formulas.get(id));
    }

    private boolean implies(String narrow, String wide) {
        pairs++;
        Formula not = Objects.requireNonNull(opposites.get(wide));
        return Proof.impossible(List.of(formula(narrow), not), STEPS_OF_PAIR, budget);
    }

    /** {@code narrow} is in {@code wide}, or the same. */
    private void overlap(String narrow, String wide, boolean same) {
        Segment one = Objects.requireNonNull(byId.get(narrow));
        Segment other = Objects.requireNonNull(byId.get(wide));
        if (one.kind() instanceof Segment.Overwrite a
                && other.kind() instanceof Segment.Overwrite b
                && a.group().equals(b.group())
                && a.rank() != b.rank()) {
            if (a.rank() < b.rank()) {
                warn(
                        narrow,
                        Kind.NEVER_WINS,
                        "whoever passes also passes segment " + wide + ", which has a higher rank in its group",
                        wide);
            } else if (same) {
                overlap(wide, narrow, true);
            }
            return;
        }
        if (same) {
            warn(narrow, Kind.SAME_AS, "the same people pass as pass segment " + wide, wide);
        } else if (!isMeant(one, wide)) {
            warn(narrow, Kind.CONTAINED_IN, "whoever passes also passes segment " + wide, wide);
        }
    }

    /** A child lies in its parents, and one that refers to a segment may be a part of it on purpose. */
    private boolean isMeant(Segment narrow, String wide) {
        Set<String> seen = new HashSet<>();
        Optional<String> at = narrow.parent();
        while (at.isPresent() && seen.add(at.get())) {
            if (at.get().equals(wide)) {
                return true;
            }
            at = Optional.ofNullable(byId.get(at.get())).flatMap(Segment::parent);
        }
        return refersTo(narrow.when(), wide);
    }

    private static boolean refersTo(Condition condition, String id) {
        return condition.equals(new Condition.InSegment(id))
                || condition.children().stream().anyMatch(child -> refersTo(child, id));
    }

    private void warn(String segment, Kind kind, String message) {
        warnings.add(new Warning(segment, kind, message, Optional.empty()));
    }

    private void warn(String segment, Kind kind, String message, String other) {
        warnings.add(new Warning(segment, kind, message, Optional.of(other)));
    }
}
