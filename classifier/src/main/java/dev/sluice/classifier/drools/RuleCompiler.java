package dev.sluice.classifier.drools;

import static org.drools.model.DSL.declarationOf;
import static org.drools.model.DSL.on;
import static org.drools.model.PatternDSL.alphaIndexedBy;
import static org.drools.model.PatternDSL.pattern;
import static org.drools.model.PatternDSL.rule;

import dev.sluice.model.rules.Condition;
import dev.sluice.model.rules.EventFilter;
import dev.sluice.model.rules.RuleSet;
import dev.sluice.model.rules.Segment;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.drools.model.Index;
import org.drools.model.Model;
import org.drools.model.PatternDSL.PatternDef;
import org.drools.model.Rule;
import org.drools.model.Variable;
import org.drools.model.functions.Predicate1;
import org.drools.model.impl.ModelImpl;

/**
 * Writes a rule set as Drools' canonical model: one rule a segment, one pattern a rule.
 *
 * <p><b>How the network stays small.</b> What a segment demands at the top is taken apart into constraints: first which
 * event it is (indexed, so that segments of other events cost nothing), then tests of its properties, of traits and
 * statistics, then everything composed, then counts. Drools shares the node of a constraint between all rules that
 * begin alike, and knows a constraint by its id; so ids are given out by equality of the demand itself, and no text of
 * a rule's author ever becomes part of one.
 */
final class RuleCompiler {
    private static final int BY_OCCASION = 0;
    private static final int BY_TYPE = 1;

    private final Questions questions;
    private final Map<Object, String> ids = new HashMap<>();

    RuleCompiler(Questions questions) {
        this.questions = questions;
    }

    Model compile(RuleSet rules) {
        var model = new ModelImpl("rules-" + rules.account() + "-" + rules.number());
        for (Segment segment : rules.segments()) {
            model.addRule(compile(segment));
        }
        return model;
    }

    private Rule compile(Segment segment) {
        Variable<Seen> seen = declarationOf(Seen.class, "seen");
        PatternDef<Seen> pattern = pattern(seen);
        List<Demand> demands = new ArrayList<>();
        segment.when().match(new Taker(demands));
        demands.stream().sorted((a, b) -> a.order().compareTo(b.order())).forEach(demand -> demand.addTo(pattern));
        String id = segment.id();
        return rule("dev.sluice.rules", id).build(pattern, on(seen).execute(matching -> matching.matched(id)));
    }

    /** The parts of which a segment's condition is made, in the order in which they are asked. */
    private enum Order {
        WHICH_EVENT,
        PROPERTY,
        PERSON,
        COMPOSED,
        COUNT
    }

    private record Demand(Order order, String id, Predicate1<Seen> holds, Optional<Key> key) {
        void addTo(PatternDef<Seen> pattern) {
            if (key.isPresent() && key.get().place() == BY_OCCASION) {
                pattern.expr(
                        id,
                        holds,
                        alphaIndexedBy(
                                String.class,
                                Index.ConstraintType.EQUAL,
                                BY_OCCASION,
                                Seen::occasion,
                                key.get().text()));
            } else if (key.isPresent()) {
                pattern.expr(
                        id,
                        holds,
                        alphaIndexedBy(
                                String.class,
                                Index.ConstraintType.EQUAL,
                                BY_TYPE,
                                Seen::type,
                                key.get().text()));
            } else {
                pattern.expr(id, holds);
            }
        }
    }

    /** What an indexed constraint compares with. */
    private record Key(int place, String text) {}

    private String idOf(Object demand) {
        return ids.computeIfAbsent(demand, any -> "c" + ids.size());
    }

    /** Takes a condition apart as far as it is one conjunction. */
    private final class Taker implements Condition.Cases<Boolean> {
        private final List<Demand> demands;

        Taker(List<Demand> demands) {
            this.demands = demands;
        }

        @Override
        public Boolean allOf(Condition.AllOf all) {
            all.conditions().forEach(condition -> condition.match(this));
            return true;
        }

        @Override
        public Boolean anyOf(Condition.AnyOf any) {
            return add(Order.COMPOSED, any);
        }

        @Override
        public Boolean not(Condition.Not not) {
            return add(Order.COMPOSED, not);
        }

        @Override
        public Boolean currentEvent(Condition.CurrentEvent event) {
            EventFilter filter = event.filter();
            String type = filter.type().word();
            if (filter.name().isPresent()) {
                String occasion = Seen.occasion(type, filter.name());
                key(new Key(BY_OCCASION, occasion), seen -> occasion.equals(seen.occasion()));
            } else {
                key(new Key(BY_TYPE, type), seen -> type.equals(seen.type()));
            }
            for (EventFilter.PropertyTest where : filter.where()) {
                var passes = ValuePredicates.of(where);
                demands.add(
                        new Demand(Order.PROPERTY, idOf(where), seen -> passes.test(seen.current()), Optional.empty()));
            }
            return true;
        }

        @Override
        public Boolean eventCount(Condition.EventCount count) {
            return add(Order.COUNT, count);
        }

        @Override
        public Boolean trait(Condition.Trait trait) {
            return add(Order.PERSON, trait);
        }

        @Override
        public Boolean statistic(Condition.Statistic statistic) {
            return add(Order.PERSON, statistic);
        }

        private void key(Key key, Predicate1<Seen> holds) {
            demands.add(new Demand(Order.WHICH_EVENT, idOf(key), holds, Optional.of(key)));
        }

        private boolean add(Order order, Condition condition) {
            Predicate<Seen> holds = condition.match(questions);
            return demands.add(new Demand(order, idOf(condition), holds::test, Optional.empty()));
        }
    }
}
