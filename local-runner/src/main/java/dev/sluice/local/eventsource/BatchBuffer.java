package dev.sluice.local.eventsource;

import dev.sluice.local.lambda.Invocable;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * Collects one shard's records into batches: a batch is due when it is full, when it reaches Lambda's payload limit, or
 * when its first record has waited for the window. Bounded by its caller, which takes before it adds again. One thread.
 */
final class BatchBuffer {
    private static final int MAX_BYTES = Invocable.MAX_PAYLOAD_BYTES - BatchItem.ENVELOPE_BYTES;

    private final int batchSize;
    private final Duration window;
    private final Deque<Waiting> waiting = new ArrayDeque<>();
    private long bytes;

    private record Waiting(BatchItem item, Instant since) {}

    BatchBuffer(EventSourceSettings settings) {
        this.batchSize = settings.batchSize();
        this.window = settings.batchingWindow();
    }

    void add(List<BatchItem> items, Instant now) {
        for (BatchItem item : items) {
            waiting.add(new Waiting(item, now));
            bytes += item.bytes();
        }
    }

    /** The next batch if one is due, in order; otherwise empty. */
    List<BatchItem> take(Instant now) {
        return due(now) ? first() : List.of();
    }

    /** How long until a batch is due if nothing more comes. */
    Duration patience(Instant now) {
        Waiting oldest = waiting.peek();
        if (oldest == null) {
            return ShardConsumer.ANY;
        }
        Duration left = Duration.between(now, oldest.since().plus(window));
        return left.isNegative() ? Duration.ZERO : left;
    }

    /** When the oldest waiting record arrived in the stream. */
    Optional<Instant> oldestArrived() {
        return Optional.ofNullable(waiting.peek()).map(oldest -> oldest.item().arrived());
    }

    private boolean due(Instant now) {
        Waiting oldest = waiting.peek();
        return oldest != null
                && (waiting.size() >= batchSize
                        || bytes >= MAX_BYTES
                        || !now.isBefore(oldest.since().plus(window)));
    }

    /** At least one record, even if it alone is over the payload limit. */
    private List<BatchItem> first() {
        List<BatchItem> batch = new ArrayList<>();
        long taken = 0;
        while (batch.size() < batchSize) {
            Waiting head = waiting.peek();
            if (head == null || (!batch.isEmpty() && taken + head.item().bytes() > MAX_BYTES)) {
                break;
            }
            waiting.remove();
            batch.add(head.item());
            taken += head.item().bytes();
        }
        bytes -= taken;
        return batch;
    }
}
