package dev.sluice.activators.delivery;

import dev.sluice.activators.Pause;
import dev.sluice.activators.SetAside;
import dev.sluice.activators.ledger.Ledger;
import dev.sluice.activators.ledger.RetrySchedule;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/**
 * All that telling partners needs, put together: what the stream, the schedule and an operator's commands do. Thread-safe.
 *
 * @param served the connections of one kind of partner, or of several
 */
public record Activation(Served served, Ledger ledger, Flow flow, SetAside setAside, Clock clock, Chance chance) {
    /**
     * What is different each time.
     *
     * @param tokens gives names that no other has
     * @param random spreads retries
     * @param pause waits for leave to call
     */
    public record Chance(Supplier<String> tokens, RandomGenerator random, Pause pause) {}

    /** Takes in records of the stream. */
    public Activations activate(String function, List<ActivationBatch> records, Instant end) {
        return new Activator(function, served, deliverer(), setAside)
                .activate(records, Deliverer.Budget.ofStream(clock.instant(), end));
    }

    /** Tells what is due. */
    public Map<Flow.Id, Tally> tellDue(Instant end) {
        return new Retries(served, ledger, flow, deliverer(), clock, Retries.LANES).tellDue(end);
    }

    private Deliverer deliverer() {
        var settler = new Settler(ledger, setAside, RetrySchedule.of(chance.random()), clock);
        return new Deliverer(ledger, flow, settler, chance.tokens(), clock, chance.pause());
    }
}
