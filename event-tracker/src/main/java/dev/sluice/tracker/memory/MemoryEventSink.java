package dev.sluice.tracker.memory;

import dev.sluice.tracker.EventSink;
import dev.sluice.tracker.Outcome;
import dev.sluice.tracker.SlotBatch;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;

/** Keeps batches in a list; refuses those that it is told to refuse. Thread-safe. */
public final class MemoryEventSink implements EventSink {
    private final List<SlotBatch> stored = new ArrayList<>();
    private Predicate<SlotBatch> refused = batch -> false;

    /** From now on batches that match are not stored. */
    public synchronized void refuse(Predicate<SlotBatch> batches) {
        refused = batches;
    }

    /** What was stored, in order. */
    public synchronized List<SlotBatch> stored() {
        return List.copyOf(stored);
    }

    @Override
    public synchronized CompletableFuture<List<Outcome>> put(List<SlotBatch> batches) {
        var outcomes = new ArrayList<Outcome>();
        for (SlotBatch batch : batches) {
            if (refused.test(batch)) {
                outcomes.add(new Outcome.NotStored(Outcome.Why.REFUSED, "refused"));
            } else {
                stored.add(batch);
                outcomes.add(Outcome.STORED);
            }
        }
        return CompletableFuture.completedFuture(outcomes);
    }
}
