package dev.sluice.classifier.drools;

import dev.sluice.model.rules.InvalidRuleException;
import dev.sluice.model.rules.Matcher;
import dev.sluice.model.rules.Observation;
import dev.sluice.model.rules.RuleFunctions;
import dev.sluice.model.rules.RuleSet;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import org.drools.modelcompiler.KieBaseBuilder;
import org.kie.api.KieBase;
import org.kie.api.runtime.KieSession;
import org.kie.api.runtime.rule.FactHandle;

/**
 * A rule set that Drools runs. Immutable but for its idle sessions; may be shared by threads.
 *
 * <p>A session is used by one thread for one observation at a time: the one fact goes in, the rules fire, it comes out
 * again. Sessions are used over and over, since a new one for each event costs more than the matching does; one in which
 * anything went wrong is thrown away, so nothing of one person is ever left for the next.
 */
public final class DroolsMatcher implements Matcher {
    /** Sessions kept idle: more threads than this are rare, and one too many is only made and thrown away. */
    private static final int MAX_IDLE = 16;

    private final KieBase rules;
    private final Catalog catalog;
    private final int questions;
    private final int segments;
    private final BlockingQueue<Place> idle = new ArrayBlockingQueue<>(MAX_IDLE);

    private DroolsMatcher(KieBase rules, Catalog catalog, int questions, int segments) {
        this.rules = rules;
        this.catalog = catalog;
        this.questions = questions;
        this.segments = segments;
    }

    /** Compiles a rule set with the functions that are installed; takes tens of milliseconds for a thousand segments. */
    public static DroolsMatcher of(RuleSet rules) {
        return of(rules, RuleFunctions.installed());
    }

    /** @throws InvalidRuleException if the rules call a function that is not there */
    public static DroolsMatcher of(RuleSet rules, RuleFunctions functions) {
        functions.check(rules);
        var catalog = new Catalog();
        var questions = new Questions(functions, catalog);
        var model = new RuleCompiler(catalog, questions).compile(rules);
        KieBase compiled = KieBaseBuilder.createKieBaseFromModel(model);
        return new DroolsMatcher(
                compiled, catalog, questions.count(), rules.segments().size());
    }

    /** A session and the fact that goes in and out of it. */
    private record Place(KieSession session, Seen seen) {}

    @Override
    public Set<String> matching(Observation observation) {
        Place waiting = idle.poll();
        Place place = waiting == null ? new Place(rules.newKieSession(), new Seen(catalog, questions)) : waiting;
        KieSession session = place.session();
        boolean clean = false;
        try {
            place.seen().look(observation);
            FactHandle handle = session.insert(place.seen());
            // No rule changes a fact, so each fires once at most.
            session.fireAllRules(segments);
            session.delete(handle);
            clean = session.getFactCount() == 0;
            return place.seen().forget();
        } finally {
            if (!clean || !idle.offer(place)) {
                session.dispose();
            }
        }
    }

    /** Facts that idle sessions still hold: none, or something of a person was left behind. */
    long factsLeftBehind() {
        return idle.stream().mapToLong(place -> place.session().getFactCount()).sum();
    }
}
