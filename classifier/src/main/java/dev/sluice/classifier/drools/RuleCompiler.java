package dev.sluice.classifier.drools;

import static org.drools.model.DSL.declarationOf;
import static org.drools.model.DSL.on;
import static org.drools.model.PatternDSL.alphaIndexedBy;
import static org.drools.model.PatternDSL.pattern;

import dev.sluice.model.rules.Condition;
import dev.sluice.model.rules.EventFilter;
import dev.sluice.model.rules.History;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.drools.model.Index;
import org.drools.model.Model;
import org.drools.model.PatternDSL;
import org.drools.model.PatternDSL.PatternDef;
import org.drools.model.Rule;
import org.drools.model.Variable;
import org.drools.model.functions.Predicate1;
import org.drools.model.impl.ModelImpl;

/**
 * Writes conditions as Drools' canonical model: one rule for each different condition, one pattern a rule.
 *
 * <p><b>How the network stays small.</b> A condition is taken apart into constraints as far as it is one conjunction.
 * The first is its {@link Guard}, indexed, so that rules whose guard an event does not touch cost nothing; then come
 * tests of the event's properties, of the person, of history, and what is composed; of those alike, the ones that most
 * rules have come first. Drools shares the node of a constraint between all rules that begin alike, and knows a
 * constraint by its id; so ids are given out by equality of the demand itself, operator and values included, and no text
 * of a rule's author ever becomes part of one.
 *
 * <p><b>Why no rule fires.</b> The last constraint of each rule notes the segments and lets nothing pass. A match that
 * reached the agenda would cost some 0.25 µs for what Drools keeps about it, and a person is in many segments; nothing
 * here follows from a match, so that there is nothing to keep.
 */
final class RuleCompiler {
    private static final String PACKAGE = "dev.sluice.rules";
    private static final int BY_GUARD = 0;

    private final Numbering numbering;
    private final Questions questions;
    private final Touching touching;
    private final Map<Object, String> ids = new HashMap<>();
    private final Map<Object, Predicate1<Seen>> constraints = new HashMap<>();
    private final Map<Object, Integer> uses = new HashMap<>();
    private int[] guardsOfSegments = {};

    RuleCompiler(Numbering numbering, Questions questions, Touching touching) {
        this.numbering = numbering;
        this.questions = questions;
        this.touching = touching;
    }

    /** @param segments conditions of segments, whose places in the list are their numbers */
    Model compile(List<Condition> segments) {
        Map<Condition, List<Integer>> different = new LinkedHashMap<>();
        for (int i = 0; i < segments.size(); i++) {
            different.computeIfAbsent(segments.get(i), any -> new ArrayList<>()).add(i);
        }
        var guards = new Guards(numbering, different.keySet());
        Map<Condition, List<Demand>> demands = new HashMap<>();
        different.keySet().forEach(when -> {
            List<Demand> parts = demands(when);
            demands.put(when, parts);
            parts.forEach(demand -> uses.merge(demand.what(), 1, Integer::sum));
        });
        var model = new ModelImpl(PACKAGE);
        guardsOfSegments = new int[segments.size()];
        different.forEach((when, numbers) -> {
            Guard guard = guards.of(when);
            List<Demand> rest = demands.getOrDefault(when, List.of()).stream()
                    .filter(demand -> !Guards.implies(guard, demand.what()))
                    .sorted(Comparator.comparing(Demand::order)
                            .thenComparing(demand -> -uses.getOrDefault(demand.what(), 0)))
                    .toList();
            numbers.forEach(number -> guardsOfSegments[number] = touching.number(guard));
            model.addRule(rule(
                    touching.number(guard),
                    rest,
                    numbers.stream().mapToInt(Integer::intValue).toArray()));
        });
        return model;
    }

    /** The number of each segment's guard, once compiled. */
    int[] guardsOfSegments() {
        return guardsOfSegments;
    }

    private Rule rule(int guard, List<Demand> demands, int[] segments) {
        Variable<Seen> seen = declarationOf(Seen.class, "seen");
        PatternDef<Seen> pattern = pattern(seen);
        pattern.expr(
                "g" + guard,
                fact -> fact.guard() == guard,
                alphaIndexedBy(Integer.class, Index.ConstraintType.EQUAL, BY_GUARD, Seen::guard, guard));
        for (Demand demand : demands) {
            pattern.expr(idOf(demand.what()), constraint(demand));
        }
        String name = "s" + segments[0];
        pattern.expr(name, (Predicate1<Seen>) fact -> {
            fact.matched(segments);
            return false;
        });
        return PatternDSL.rule(PACKAGE, name).build(pattern, on(seen).execute(fact -> {}));
    }

    /** One for equal demands: the fewer objects, the more of them are in the processor's cache. */
    private Predicate1<Seen> constraint(Demand demand) {
        Question question = demand.question();
        return constraints.computeIfAbsent(demand.what(), any -> fact -> {
            fact.constraint();
            return question.holds(fact);
        });
    }

    private String idOf(Object what) {
        return ids.computeIfAbsent(what, any -> "c" + ids.size());
    }

    /** The parts of which a segment's condition is made, in the order in which they are asked. */
    private enum Order {
        WHICH_EVENT,
        PROPERTY,
        PERSON,
        HISTORY,
        COMPOSED
    }

    /** @param what is demanded: if it equals another's, both are one */
    private record Demand(Order order, Object what, Question question) {
        @Override
        public boolean equals(Object other) {
            return other instanceof Demand demand && demand.what.equals(what);
        }

        @Override
        public int hashCode() {
            return what.hashCode();
        }
    }

    private List<Demand> demands(Condition when) {
        List<Demand> demands = new ArrayList<>();
        take(when, demands);
        return demands.stream().distinct().toList();
    }

    /** Takes a condition apart as far as it is one conjunction. */
    private void take(Condition condition, List<Demand> demands) {
        if (condition instanceof Condition.AllOf all) {
            all.conditions().forEach(part -> take(part, demands));
        } else if (condition instanceof Condition.CurrentEvent event) {
            take(event.filter(), demands);
        } else {
            demands.add(new Demand(orderOf(condition), condition, questions.of(condition)));
        }
    }

    private static Order orderOf(Condition condition) {
        if (!condition.children().isEmpty()) {
            return Order.COMPOSED;
        }
        return condition instanceof History ? Order.HISTORY : Order.PERSON;
    }

    private void take(EventFilter filter, List<Demand> demands) {
        int kind =
                filter.name().map(name -> numbering.kind(filter.type(), name)).orElse(Numbering.UNKNOWN);
        Guard which = kind == Numbering.UNKNOWN ? new Guard.OfType(filter.type()) : new Guard.OfKind(kind);
        demands.add(new Demand(Order.WHICH_EVENT, which, questions.which(filter)));
        for (EventFilter.PropertyTest where : filter.where()) {
            demands.add(new Demand(Order.PROPERTY, where, questions.of(where)));
        }
    }
}
