package dev.sluice.tracker;

import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * Where batches become durable. Thread-safe; {@code put} does not block.
 *
 * <p>At least once: a batch that is reported as not stored may still be there, and putting it again is harmless. Batches
 * of one slot are stored in the order of the calls as far as the sink can; nothing relies on it. The sink does its own
 * bounded retries; the caller does none.
 */
@FunctionalInterface
public interface EventSink {
    /**
     * Stores batches.
     *
     * @return one outcome for each batch, in the same order, within the sink's own stated time; never completes
     *     exceptionally
     */
    CompletableFuture<List<Outcome>> put(List<SlotBatch> batches);
}
