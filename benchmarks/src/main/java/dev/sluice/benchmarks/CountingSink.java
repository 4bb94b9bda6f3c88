package dev.sluice.benchmarks;

import dev.sluice.tracker.EventSink;
import dev.sluice.tracker.Outcome;
import dev.sluice.tracker.SlotBatch;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.LongAdder;

/** Takes everything at once, and only counts it. Thread-safe. */
final class CountingSink implements EventSink {
    private final LongAdder batches = new LongAdder();
    private final LongAdder events = new LongAdder();
    private final LongAdder bytes = new LongAdder();

    @Override
    public CompletableFuture<List<Outcome>> put(List<SlotBatch> some) {
        for (SlotBatch batch : some) {
            batches.increment();
            events.add(batch.events());
            bytes.add(batch.body().length);
        }
        return CompletableFuture.completedFuture(Collections.nCopies(some.size(), Outcome.STORED));
    }

    /** Batches, events and compressed bytes so far, in one line. */
    String line() {
        return batches.sum() + " " + events.sum() + " " + bytes.sum();
    }
}
