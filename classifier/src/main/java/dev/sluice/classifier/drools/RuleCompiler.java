package dev.sluice.classifier.drools;

import static org.drools.model.DSL.declarationOf;
import static org.drools.model.DSL.on;
import static org.drools.model.PatternDSL.alphaIndexedBy;
import static org.drools.model.PatternDSL.pattern;
import static org.drools.model.PatternDSL.rule;

import dev.sluice.model.rules.Condition;
import dev.sluice.model.rules.EventFilter;
import dev.sluice.model.rules.History;
import dev.sluice.model.rules.RuleSet;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
    private static final int BY_KIND = 0;
    private static final int BY_TYPE = 1;

    private final Catalog catalog;
    private final Questions questions;
    private final Map<Object, String> ids = new HashMap<>();

    RuleCompiler(Catalog catalog, Questions questions) {
        this.catalog = catalog;
        this.questions = questions;
    }

    Model compile(RuleSet rules) {
        var model = new ModelImpl("rules-" + rules.account() + "-" + rules.number());
        rules.resolved().forEach((id, when) -> model.addRule(compile(id, when)));
        return model;
    }

    private Rule compile(String id, Condition when) {
        Variable<Seen> seen = declarationOf(Seen.class, "seen");
        PatternDef<Seen> pattern = pattern(seen);
        List<Demand> demands = new ArrayList<>();
        take(when, demands);
        demands.stream().sorted((a, b) -> a.order().compareTo(b.order())).forEach(demand -> demand.addTo(pattern));
        return rule("dev.sluice.rules", id).build(pattern, on(seen).execute(matching -> matching.matched(id)));
    }

    /** The parts of which a segment's condition is made, in the order in which they are asked. */
    private enum Order {
        WHICH_EVENT,
        PROPERTY,
        PERSON,
        COMPOSED,
        HISTORY
    }

    private record Demand(Order order, String id, Predicate1<Seen> holds, Optional<Key> key) {
        void addTo(PatternDef<Seen> pattern) {
            if (key.isPresent()) {
                int place = key.get().place();
                pattern.expr(
                        id,
                        holds,
                        alphaIndexedBy(
                                Integer.class,
                                Index.ConstraintType.EQUAL,
                                place,
                                place == BY_KIND ? Seen::kind : Seen::type,
                                key.get().number()));
            } else {
                pattern.expr(id, holds);
            }
        }
    }

    /** What an indexed constraint compares with. */
    private record Key(int place, int number) {}

    private String idOf(Object demand) {
        return ids.computeIfAbsent(demand, any -> "c" + ids.size());
    }

    /** Takes a condition apart as far as it is one conjunction. */
    private void take(Condition condition, List<Demand> demands) {
        if (condition instanceof Condition.AllOf all) {
            all.conditions().forEach(part -> take(part, demands));
        } else if (condition instanceof Condition.CurrentEvent event) {
            take(event.filter(), demands);
        } else {
            Question question = questions.of(condition);
            demands.add(new Demand(orderOf(condition), idOf(condition), question::holds, Optional.empty()));
        }
    }

    private static Order orderOf(Condition condition) {
        if (!condition.children().isEmpty()) {
            return Order.COMPOSED;
        }
        return condition instanceof History ? Order.HISTORY : Order.PERSON;
    }

    private void take(EventFilter filter, List<Demand> demands) {
        if (filter.name().isPresent()) {
            int kind = catalog.kind(filter.type(), filter.name().get());
            key(new Key(BY_KIND, kind), seen -> seen.kind() == kind, demands);
        } else {
            int type = filter.type().ordinal();
            key(new Key(BY_TYPE, type), seen -> seen.type() == type, demands);
        }
        for (EventFilter.PropertyTest where : filter.where()) {
            var asked = new Catalog.Where(where.property(), ValuePredicates.of(where.test()));
            demands.add(new Demand(
                    Order.PROPERTY, idOf(where), seen -> asked.passes(seen.current(), seen.now()), Optional.empty()));
        }
    }

    private void key(Key key, Predicate1<Seen> holds, List<Demand> demands) {
        demands.add(new Demand(Order.WHICH_EVENT, idOf(key), holds, Optional.of(key)));
    }
}
