package dev.sluice.tracker.failover;

import dev.sluice.tracker.Counters;
import dev.sluice.tracker.EventSink;
import dev.sluice.tracker.Outcome;
import dev.sluice.tracker.SlotBatch;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;

/**
 * Puts batches into one sink, and of those that it stored one in so many into another as well: so the way that is taken
 * only in need is walked, and watched, every day. Nobody waits for the second put and nothing depends on it; while too
 * many are under way, none is added. Thread-safe.
 */
public final class SharingEventSink implements EventSink {
    /** Enough for a second sink that takes a second, at 16 shared batches a second. */
    private static final int MOST_UNDER_WAY = 16;

    private final EventSink sink;
    private final EventSink second;
    private final int oneIn;
    private final Counters counters;
    private final AtomicLong stored = new AtomicLong();
    private final AtomicInteger underWay = new AtomicInteger();

    /** @param oneIn one batch in so many is shared; 0 shares none */
    public SharingEventSink(EventSink sink, EventSink second, int oneIn, Counters counters) {
        this.sink = sink;
        this.second = second;
        this.oneIn = oneIn;
        this.counters = counters;
    }

    @Override
    public CompletableFuture<List<Outcome>> put(List<SlotBatch> batches) {
        return sink.put(batches).thenApply(outcomes -> {
            share(batches, outcomes);
            return outcomes;
        });
    }

    private void share(List<SlotBatch> batches, List<Outcome> outcomes) {
        List<SlotBatch> shared = IntStream.range(0, batches.size())
                .filter(i -> outcomes.get(i).stored() && isNext())
                .mapToObj(batches::get)
                .toList();
        if (shared.isEmpty()) {
            return;
        }
        if (underWay.incrementAndGet() > MOST_UNDER_WAY) {
            underWay.decrementAndGet();
            counters.addSharedBatchesFailed(shared.size());
            return;
        }
        var unused = putIntoSecond(shared).handle((done, failure) -> {
            underWay.decrementAndGet();
            long kept = done == null ? 0 : done.stream().filter(Outcome::stored).count();
            counters.addSharedBatches(kept);
            counters.addSharedBatchesFailed(shared.size() - kept);
            return null;
        });
    }

    /** Whatever goes wrong here: the batches are stored, and their requests must hear so. */
    private CompletableFuture<List<Outcome>> putIntoSecond(List<SlotBatch> shared) {
        try {
            return second.put(shared);
        } catch (Throwable e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    private boolean isNext() {
        return oneIn > 0 && stored.incrementAndGet() % oneIn == 0;
    }
}
