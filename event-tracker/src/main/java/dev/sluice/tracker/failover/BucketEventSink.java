package dev.sluice.tracker.failover;

import dev.sluice.tracker.EventSink;
import dev.sluice.tracker.LakeBucket;
import dev.sluice.tracker.LakeKeys;
import dev.sluice.tracker.Outcome;
import dev.sluice.tracker.SlotBatch;
import java.io.ByteArrayOutputStream;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * Keeps batches as objects of the lake until {@link FailoverReplay} brings them back: one object a call, its batches
 * end to end, all stored or none. The events inside say to which slot they belong.
 */
public final class BucketEventSink implements EventSink {
    private final LakeBucket bucket;
    private final LakeKeys keys;

    public BucketEventSink(LakeBucket bucket, LakeKeys keys) {
        this.bucket = bucket;
        this.keys = keys;
    }

    @Override
    public CompletableFuture<List<Outcome>> put(List<SlotBatch> batches) {
        if (batches.isEmpty()) {
            return CompletableFuture.completedFuture(List.of());
        }
        var body = new ByteArrayOutputStream();
        batches.forEach(batch -> body.writeBytes(batch.body()));
        byte[] bytes = body.toByteArray();
        return bucket.put(keys.failover(bytes), bytes).handle((done, failure) -> {
            Outcome outcome = failure == null
                    ? Outcome.STORED
                    : new Outcome.NotStored(Outcome.Why.FAILED, String.valueOf(failure));
            return Collections.nCopies(batches.size(), outcome);
        });
    }
}
