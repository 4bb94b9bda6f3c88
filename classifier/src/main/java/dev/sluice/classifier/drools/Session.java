package dev.sluice.classifier.drools;

import dev.sluice.model.rules.Observation;
import dev.sluice.model.rules.Occurrence;
import org.drools.core.common.InternalFactHandle;
import org.drools.core.common.InternalWorkingMemory;
import org.drools.core.common.PhreakPropagationContext;
import org.drools.core.common.PropagationContext;
import org.drools.core.impl.InternalRuleBase;
import org.drools.core.reteoo.EmptyObjectSinkAdapter;
import org.drools.core.reteoo.EntryPointNode;
import org.drools.core.reteoo.ObjectSinkPropagator;
import org.drools.core.reteoo.ObjectTypeNode;
import org.kie.api.KieBase;
import org.kie.api.runtime.KieSession;

/**
 * A Drools session with the one fact that it ever holds. For each guard that an observation touches the fact turns to
 * the guard and goes down the network of the fact's type, so that the rules behind the guard are asked. Used by one
 * thread.
 *
 * <p>The network is entered where a session would enter it for a fact that is told to have changed. A session keeps
 * books around that, several times as dear as the question, of matches and of facts that come and go; here no match is
 * ever kept ({@link RuleCompiler}), and the fact stays.
 */
final class Session {
    private final KieSession session;
    private final InternalWorkingMemory memory;
    private final InternalFactHandle handle;
    private final ObjectSinkPropagator network;
    private final PropagationContext entry = new PhreakPropagationContext();
    private final Touching touching;
    private final Affected affected;
    private final Touched touched;
    /** What a message may change. */
    private final Touched asked;

    private final Seen seen;

    Session(KieBase rules, DroolsMatcher.Compiled compiled) {
        session = rules.newKieSession();
        memory = (InternalWorkingMemory) session;
        touching = compiled.touching();
        affected = compiled.affected();
        touched = new Touched(touching.count(), touching.keptValues());
        asked = new Touched(touching.count(), 0);
        seen = new Seen(compiled.numbering(), compiled.questions(), compiled.segments());
        handle = (InternalFactHandle) session.insert(seen);
        memory.flushPropagations();
        network = network((InternalRuleBase) rules);
    }

    /** All below the node of the type {@link Seen}; nothing if there are no rules. */
    static ObjectSinkPropagator network(InternalRuleBase rules) {
        for (EntryPointNode point : rules.getRete().getEntryPointNodes().values()) {
            for (ObjectTypeNode type : point.getObjectTypeNodes().values()) {
                if (type.getObjectType().getClassName().equals(Seen.class.getName())) {
                    return type.getObjectSinkPropagator();
                }
            }
        }
        return EmptyObjectSinkAdapter.getInstance();
    }

    /** @param constraints how many were looked at */
    record Outcome(int[] matched, int constraints) {}

    Outcome evaluate(Observation observation) {
        seen.look(observation);
        try {
            touched.clear();
            touching.find(observation, seen, touched);
            for (int i = 0; i < touched.count(); i++) {
                ask(touched.get(i));
            }
            return new Outcome(seen.matched(), seen.constraints());
        } finally {
            seen.forget();
        }
    }

    /**
     * The numbers of segments that match, of those behind some guards.
     *
     * @param guards in order
     */
    record Part(int[] matched, int[] guards) {}

    /** Asks only what a message can change. */
    Part evaluate(Observation message, Occurrence before) {
        seen.look(message);
        try {
            asked.clear();
            affected.find(message.current(), before, asked);
            touched.clear();
            touching.findNow(message, seen, touched);
            for (int i = 0; i < asked.count(); i++) {
                int guard = asked.get(i);
                if (touched.contains(guard) || touching.isTouchedByKept(guard, seen.events())) {
                    ask(guard);
                }
            }
            return new Part(seen.matched(), asked.sorted());
        } finally {
            seen.forget();
        }
    }

    private void ask(int guard) {
        seen.turnTo(guard);
        network.propagateAssertObject(handle, entry, memory);
    }

    boolean keepsNothing() {
        return seen.isEmpty() && session.getFactCount() == 1 && !handle.hasMatches() && session.fireAllRules(1) == 0;
    }

    void close() {
        session.dispose();
    }
}
