package dev.sluice.activators.delivery;

import dev.sluice.activators.Pause;
import dev.sluice.activators.Places;
import dev.sluice.activators.SetAside;
import dev.sluice.activators.UnreachableException;
import dev.sluice.activators.ledger.Ledger;
import dev.sluice.activators.ledger.RetrySchedule;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/**
 * All that telling partners needs, put together: what the stream, the schedule and an operator's commands do. Thread-safe.
 *
 * @param served the connections of one kind of partner, or of several
 * @param removals those that are no longer published
 * @param places for calls under way
 */
public record Activation(
        Served served,
        Removals removals,
        Ledger ledger,
        Flow flow,
        Places places,
        SetAside setAside,
        Clock clock,
        Chance chance) {
    /** The longest that ledgers of removed connections are gone through in one invocation. */
    private static final Duration RETIRING = Duration.ofSeconds(15);

    private static final System.Logger LOG = System.getLogger(Activation.class.getName());

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
                .activate(records, Budget.ofStream(clock.instant(), end));
    }

    /** Tells what is due. */
    public Map<Flow.Id, Tally> tellDue(Instant end) {
        return tellDue(end, Retries.LANES);
    }

    /** @param lanes of one connection, 1 or more */
    Map<Flow.Id, Tally> tellDue(Instant end, int lanes) {
        Instant soon = clock.instant().plus(RETIRING);
        List<Served.InAccount> removed;
        var retirement = new Retirement(removals, ledger, setAside, clock);
        try {
            removed = retirement.goOn(soon.isBefore(end) ? soon : end);
        } catch (UnreachableException e) {
            // Those that are published must not wait for that.
            LOG.log(System.Logger.Level.WARNING, "removed connections have to wait: " + e.getMessage());
            removed = List.of();
        }
        Map<Flow.Id, Tally> tallies =
                new Retries(served, ledger, flow, deliverer(), clock, lanes).tellDue(end, removed);
        retirement
                .tallies()
                .forEach((id, tally) ->
                        tallies.computeIfAbsent(id, any -> new Tally()).addAll(tally));
        return tallies;
    }

    private Deliverer deliverer() {
        var settler = new Settler(ledger, setAside, RetrySchedule.of(chance.random()), clock);
        return new Deliverer(ledger, new Deliverer.Way(flow, places), settler, chance.tokens(), clock, chance.pause());
    }
}
