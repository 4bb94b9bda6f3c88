package dev.sluice.benchmarks;

import static org.drools.model.DSL.declarationOf;
import static org.drools.model.DSL.on;
import static org.drools.model.PatternDSL.pattern;
import static org.drools.model.PatternDSL.rule;

import dev.sluice.model.rules.Matcher;
import dev.sluice.model.rules.Observation;
import dev.sluice.model.rules.RuleEvaluator;
import dev.sluice.model.rules.RuleFunctions;
import dev.sluice.model.rules.RuleSet;
import java.util.HashSet;
import java.util.Set;
import org.drools.model.Variable;
import org.drools.model.impl.ModelImpl;
import org.drools.modelcompiler.KieBaseBuilder;
import org.kie.api.runtime.KieSession;
import org.kie.api.runtime.rule.FactHandle;

/**
 * Drools without thought: one rule for each segment, each with its whole condition as one opaque predicate, which nothing
 * can be shared or indexed of. What {@code DroolsMatcher} is compared with. Used by one thread.
 */
final class NaiveDrools implements Matcher {
    private final KieSession session;
    private final int segments;

    NaiveDrools(RuleSet rules) {
        var functions = RuleFunctions.installed();
        var model = new ModelImpl("naive");
        rules.resolved().forEach((id, when) -> {
            Variable<Asked> asked = declarationOf(Asked.class, "asked");
            model.addRule(rule("naive", id)
                    .build(
                            pattern(asked).expr(id, fact -> RuleEvaluator.isTrue(when, fact.observation(), functions)),
                            on(asked).execute(fact -> fact.matching().add(id))));
        });
        session = KieBaseBuilder.createKieBaseFromModel(model).newKieSession();
        segments = rules.segments().size();
    }

    /** The fact. */
    public record Asked(Observation observation, Set<String> matching) {}

    @Override
    public Set<String> matching(Observation observation) {
        var asked = new Asked(observation, new HashSet<>());
        FactHandle handle = session.insert(asked);
        session.fireAllRules(segments);
        session.delete(handle);
        return asked.matching();
    }
}
