package dev.sluice.tracker.failover;

import dev.sluice.tracker.Outcome;
import dev.sluice.tracker.SlotBatch;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Puts what is replayed into the stream at a rate, and tells the breaker how it went. Blocks; used by one thread. */
final class PacedPuts {
    private static final Logger LOG = LoggerFactory.getLogger(PacedPuts.class);

    /** A request's whole way takes two at most. */
    private static final Duration TOO_SLOW = Duration.ofSeconds(1);

    private final FailoverReplay.Ports ports;
    private final Pace pace;
    private long events;

    PacedPuts(FailoverReplay.Ports ports, long bytesPerSecond) {
        this.ports = ports;
        this.pace = new Pace(bytesPerSecond, ports.clock(), ports.pause());
    }

    /** Events put since the start. */
    long events() {
        return events;
    }

    /**
     * Puts rounds until one fails; the slots of which not everything was put. Asks the breaker only now, with something
     * to put: a probe that an unreadable object has used up would be missed by the next. Without traffic nobody else would
     * find out that the stream is back, so this probes like any call.
     */
    Set<Integer> put(List<List<SlotBatch>> rounds) throws InterruptedException {
        var failed = new HashSet<Integer>();
        for (List<SlotBatch> round : rounds) {
            if (!failed.isEmpty() || !ports.breaker().allows()) {
                round.forEach(batch -> failed.add(batch.slot()));
                continue;
            }
            pace.take(round.stream().mapToLong(batch -> batch.body().length).sum());
            Instant begun = ports.clock().instant();
            List<Outcome> outcomes = outcomes(round);
            note(outcomes, Duration.between(begun, ports.clock().instant()));
            for (int j = 0; j < round.size(); j++) {
                if (outcomes.get(j).stored()) {
                    events += round.get(j).events();
                    ports.counters().addReplayedEvents(round.get(j).events());
                } else {
                    failed.add(round.get(j).slot());
                }
            }
        }
        return failed;
    }

    /** Can be interrupted: nobody waits for it, so it may take long. */
    private List<Outcome> outcomes(List<SlotBatch> round) throws InterruptedException {
        try {
            return ports.stream().put(round).get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("a sink never completes exceptionally", e);
        }
    }

    /**
     * As for any put: one hot shard is not an outage. But a stream that took it too slowly for a request is none that
     * requests should be sent to.
     */
    private void note(List<Outcome> outcomes, Duration took) {
        if (outcomes.stream().noneMatch(Outcome::stored)) {
            ports.breaker().failed();
        } else if (took.compareTo(TOO_SLOW) < 0) {
            ports.breaker().succeeded();
        }
        for (Outcome outcome : outcomes) {
            if (outcome instanceof Outcome.NotStored(Outcome.Why why, String reason)) {
                ports.counters().addReplayFailures(1);
                LOG.warn("replay stopped, the stream failed: {}", reason);
                return;
            }
        }
    }
}
