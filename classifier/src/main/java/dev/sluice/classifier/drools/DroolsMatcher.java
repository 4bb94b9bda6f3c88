package dev.sluice.classifier.drools;

import dev.sluice.model.rules.Answers;
import dev.sluice.model.rules.Condition;
import dev.sluice.model.rules.InvalidRuleException;
import dev.sluice.model.rules.Matcher;
import dev.sluice.model.rules.Observation;
import dev.sluice.model.rules.Occurrence;
import dev.sluice.model.rules.RuleFunctions;
import dev.sluice.model.rules.RuleSet;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.drools.modelcompiler.KieBaseBuilder;
import org.jspecify.annotations.Nullable;
import org.kie.api.KieBase;

/**
 * A rule set that Drools runs. Immutable but for its idle sessions; may be shared by threads.
 *
 * <p><b>What an event costs.</b> {@link Touching} finds the guards that an observation touches by looking its values up;
 * only the rules behind those are asked, each constraint that they share once ({@link RuleCompiler}), and what
 * conditions share is looked up or measured once ({@link Numbering}). So the cost grows with what an event can touch and
 * not with the rule set.
 *
 * <p>A session is used by one thread for one observation at a time. Sessions are used over and over, since a new one for
 * each event costs more than the matching does; one in which anything went wrong is thrown away, and an idle one holds
 * nothing of the last person.
 */
public final class DroolsMatcher implements Matcher {
    /** Sessions kept idle: more threads than this are rare, and one too many is only made and thrown away. */
    private static final int MAX_IDLE = 16;

    private final KieBase rules;
    private final Compiled compiled;
    private final SegmentIds ids;
    private final BlockingQueue<Session> idle = new ArrayBlockingQueue<>(MAX_IDLE);

    private DroolsMatcher(KieBase rules, Compiled compiled, SegmentIds ids) {
        this.rules = rules;
        this.compiled = compiled;
        this.ids = ids;
    }

    /** Compiles a rule set with the functions that are installed; takes tens of milliseconds for a thousand segments. */
    public static DroolsMatcher of(RuleSet rules) {
        return of(rules, RuleFunctions.installed());
    }

    /** @throws InvalidRuleException if the rules call a function that is not there */
    public static DroolsMatcher of(RuleSet rules, RuleFunctions functions) {
        functions.check(rules);
        Map<String, Condition> segments = rules.resolved();
        var together = new AskedTogether(rules.segments());
        return compile(List.copyOf(segments.keySet()), List.copyOf(segments.values()), together, functions);
    }

    private static DroolsMatcher compile(
            List<String> ids, List<Condition> conditions, AskedTogether together, RuleFunctions functions) {
        var numbering = new Numbering();
        var questions = new Questions(functions, numbering);
        var touching = new Touching();
        var compiler = new RuleCompiler(numbering, questions, touching);
        KieBase base = KieBaseBuilder.createKieBaseFromModel(compiler.compile(conditions));
        int[] guards = compiler.guardsOfSegments();
        var affected = new Affected(numbering);
        int[][] closed = together.closed(guards, touching.count());
        for (int i = 0; i < guards.length; i++) {
            affected.add(conditions.get(i), closed[guards[i]]);
        }
        var compiled = new Compiled(numbering, touching, affected, guards, questions.count(), conditions.size());
        return new DroolsMatcher(base, compiled, new SegmentIds(ids));
    }

    /** Compiles resolved conditions, whose ids are their places in the list. */
    static DroolsMatcher compile(List<Condition> conditions) {
        List<String> ids =
                IntStream.range(0, conditions.size()).mapToObj(String::valueOf).toList();
        return compile(ids, conditions, new AskedTogether(List.of()), RuleFunctions.installed());
    }

    /**
     * What a session needs to know of the rule set.
     *
     * @param guards the number of each segment's
     */
    record Compiled(
            Numbering numbering, Touching touching, Affected affected, int[] guards, int questions, int segments) {}

    @Override
    public Set<String> matching(Observation observation) {
        return ids.of(evaluate(observation).matched());
    }

    @Override
    public Answers after(Observation message, Occurrence before) {
        return new Some(inSession(session -> session.evaluate(message, before)));
    }

    /** Answers of the segments behind some guards. */
    private final class Some implements Answers {
        private final Session.Part part;

        Some(Session.Part part) {
            this.part = part;
        }

        @Override
        public Set<String> matching() {
            return ids.of(part.matched());
        }

        @Override
        public boolean asked(String segment) {
            @Nullable Integer number = ids.number(segment);
            return number == null || Arrays.binarySearch(part.guards(), compiled.guards()[number]) >= 0;
        }
    }

    /** How many constraints the network looks at for an observation. */
    int constraints(Observation observation) {
        return evaluate(observation).constraints();
    }

    private Session.Outcome evaluate(Observation observation) {
        return inSession(session -> session.evaluate(observation));
    }

    private <T> T inSession(Function<Session, T> asking) {
        Session waiting = idle.poll();
        Session session = waiting == null ? new Session(rules, compiled) : waiting;
        boolean clean = false;
        try {
            T outcome = asking.apply(session);
            clean = true;
            return outcome;
        } finally {
            if (!clean || !idle.offer(session)) {
                session.close();
            }
        }
    }

    /** Whether the idle sessions hold nothing of a person, and Drools nothing of a match. */
    boolean keepsNothing() {
        return idle.stream().allMatch(Session::keepsNothing);
    }

    /** The rules as Drools has them, for tests to look at. */
    KieBase network() {
        return rules;
    }
}
