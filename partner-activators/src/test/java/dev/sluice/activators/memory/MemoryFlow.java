package dev.sluice.activators.memory;

import dev.sluice.activators.PartnerLimits;
import dev.sluice.activators.delivery.Flow;
import dev.sluice.activators.delivery.FlowLimits;
import dev.sluice.activators.delivery.FlowState;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/** How fast connections may be told, in memory: one object is all functions together. */
public final class MemoryFlow implements Flow {
    private final Clock clock;
    private final Map<Id, FlowState> states = new HashMap<>();

    public MemoryFlow(Clock clock) {
        this.clock = clock;
    }

    @Override
    public synchronized Permit permit(Id connection, PartnerLimits limits, int calls, Instant ready, Instant until) {
        FlowState.Given given = state(connection)
                .ask(FlowState.Question.of(limits, calls, ready, until, clock.instant()), FlowLimits.DEFAULT);
        states.put(connection, given.state());
        return given.permit();
    }

    @Override
    public synchronized void report(Id connection, PartnerLimits limits, Report report) {
        states.put(connection, state(connection).hear(report, limits, FlowLimits.DEFAULT, clock.instant(), 1));
    }

    @Override
    public synchronized boolean isSlow(Id connection) {
        return state(connection).isSlow(FlowLimits.DEFAULT);
    }

    @Override
    public synchronized Standing standing(Id connection, PartnerLimits limits) {
        return state(connection).standing(limits, clock.instant());
    }

    @Override
    public synchronized boolean resume(Id connection, String audience) {
        FlowState before = state(connection);
        states.put(connection, before.resume(audience));
        return before.parked().containsKey(audience);
    }

    private FlowState state(Id connection) {
        return states.getOrDefault(connection, FlowState.START);
    }
}
