package dev.sluice.tracker.failover;

import dev.sluice.tracker.Counters;
import dev.sluice.tracker.EventSink;
import dev.sluice.tracker.Outcome;
import dev.sluice.tracker.SlotBatch;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * First one sink; what it could not take, the other. Behind a {@link Breaker}, so that a sink that is down costs time
 * only now and then. Takes as long as both together.
 */
public final class FailoverEventSink implements EventSink {
    private static final Logger LOG = LoggerFactory.getLogger(FailoverEventSink.class);

    private static final Outcome KEPT_AWAY = new Outcome.NotStored(Outcome.Why.KEPT_AWAY, "the first sink fails");

    private final EventSink first;
    private final EventSink second;
    private final Breaker breaker;
    private final Counters counters;

    public FailoverEventSink(EventSink first, EventSink second, Breaker breaker, Counters counters) {
        this.first = first;
        this.second = second;
        this.breaker = breaker;
        this.counters = counters;
    }

    @Override
    public CompletableFuture<List<Outcome>> put(List<SlotBatch> batches) {
        if (!breaker.allows()) {
            return putSecond(batches, Collections.nCopies(batches.size(), KEPT_AWAY));
        }
        return first.put(batches).thenCompose(outcomes -> {
            report(outcomes);
            return putRest(batches, outcomes);
        });
    }

    /** One hot shard is not an outage: only a call of which nothing was stored counts as failed. */
    private void report(List<Outcome> outcomes) {
        if (outcomes.isEmpty() || outcomes.stream().anyMatch(Outcome::stored)) {
            breaker.succeeded();
            return;
        }
        boolean wasOpen = breaker.isOpen();
        breaker.failed();
        if (!wasOpen && breaker.isOpen()) {
            LOG.warn("the first sink fails, batches go to the second: {}", outcomes.getFirst());
        }
    }

    private CompletableFuture<List<Outcome>> putRest(List<SlotBatch> batches, List<Outcome> outcomes) {
        int[] rest = IntStream.range(0, outcomes.size())
                .filter(i -> !outcomes.get(i).stored())
                .toArray();
        if (rest.length == 0) {
            return CompletableFuture.completedFuture(outcomes);
        }
        List<Outcome> why = IntStream.of(rest).mapToObj(outcomes::get).toList();
        return putSecond(IntStream.of(rest).mapToObj(batches::get).toList(), why)
                .thenApply(second -> {
                    var merged = new ArrayList<>(outcomes);
                    for (int i = 0; i < rest.length; i++) {
                        merged.set(rest[i], second.get(i));
                    }
                    return merged;
                });
    }

    /** @param byFirst what became of the batches in the first */
    private CompletableFuture<List<Outcome>> putSecond(List<SlotBatch> batches, List<Outcome> byFirst) {
        return second.put(batches).thenApply(outcomes -> {
            for (int i = 0; i < outcomes.size(); i++) {
                if (outcomes.get(i).stored() && byFirst.get(i) instanceof Outcome.NotStored notStored) {
                    counters.addFailoverBatch(notStored.why());
                }
            }
            return outcomes;
        });
    }
}
