package dev.sluice.classifier.drools;

import dev.sluice.model.rules.Matcher;
import dev.sluice.model.rules.Observation;
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
    private final int filters;
    private final int segments;
    private final BlockingQueue<KieSession> idle = new ArrayBlockingQueue<>(MAX_IDLE);

    private DroolsMatcher(KieBase rules, int filters, int segments) {
        this.rules = rules;
        this.filters = filters;
        this.segments = segments;
    }

    /** Compiles a rule set; takes tens of milliseconds for a hundred segments. */
    public static DroolsMatcher of(RuleSet rules) {
        var questions = new Questions(rules);
        var model = new RuleCompiler(questions).compile(rules);
        KieBase compiled = KieBaseBuilder.createKieBaseFromModel(model);
        return new DroolsMatcher(compiled, questions.filters(), rules.segments().size());
    }

    @Override
    public Set<String> matching(Observation observation) {
        KieSession waiting = idle.poll();
        KieSession session = waiting == null ? rules.newKieSession() : waiting;
        boolean clean = false;
        try {
            var seen = new Seen(observation, filters);
            FactHandle handle = session.insert(seen);
            // No rule changes a fact, so each fires once at most.
            session.fireAllRules(segments);
            session.delete(handle);
            clean = session.getFactCount() == 0;
            return seen.matched();
        } finally {
            if (!clean || !idle.offer(session)) {
                session.dispose();
            }
        }
    }

    /** Facts that idle sessions still hold: none, or something of a person was left behind. */
    long factsLeftBehind() {
        return idle.stream().mapToLong(KieSession::getFactCount).sum();
    }
}
