package dev.sluice.local.eventsource;

import dev.sluice.local.lambda.Invocable;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Carries one shard's records to the function as {@link BatchBuffer} and {@link ShardPolicy} decide. */
final class BatchConsumer<R> implements ShardConsumer<R> {
    private static final Logger LOG = LoggerFactory.getLogger(BatchConsumer.class);

    private final EventSourceMapping mapping;
    private final String shardId;
    private final Function<R, BatchItem> encode;
    private final BatchBuffer buffer;
    private final ShardPolicy policy;
    private volatile Optional<String> checkpoint = Optional.empty();

    BatchConsumer(EventSourceMapping mapping, String shardId, Function<R, BatchItem> encode) {
        this.mapping = mapping;
        this.shardId = shardId;
        this.encode = encode;
        this.buffer = new BatchBuffer(mapping.settings());
        this.policy = new ShardPolicy(mapping.settings());
    }

    Optional<String> checkpoint() {
        return checkpoint;
    }

    @Override
    public void accept(ShardReader.Page<R> page) throws InterruptedException {
        List<BatchItem> items = encoded(page);
        mapping.live().recordsRead.add(items.size());
        buffer.add(items, now());
        noteAge(page.behind());
        // A closed shard has nothing more to wait for: its window is over.
        while (true) {
            List<BatchItem> batch = buffer.take(page.ended() ? Instant.MAX : now());
            if (batch.isEmpty()) {
                break;
            }
            policy.accept(batch);
            if (!finish()) {
                return;
            }
        }
        noteAge(page.behind());
    }

    /** Before anything else is done with the page, so that the page can come again. */
    private List<BatchItem> encoded(ShardReader.Page<R> page) {
        try {
            return page.records().stream().map(encode).toList();
        } catch (RuntimeException unexpected) {
            mapping.live().failedInvocations.increment();
            throw unexpected;
        }
    }

    @Override
    public Duration patience() {
        return buffer.patience(now());
    }

    private void noteAge(Duration behind) {
        Optional<Instant> oldest = buffer.oldestArrived();
        if (oldest.isPresent()) {
            mapping.live().oldest(shardId, oldest.get());
        } else if (behind.isPositive()) {
            mapping.live().oldest(shardId, now().minus(behind));
        } else {
            mapping.live().caughtUp(shardId);
        }
    }

    /** Works until nothing is left of the batch; false if everything stops before. */
    private boolean finish() throws InterruptedException {
        while (true) {
            policy.oldest().ifPresent(arrived -> mapping.live().oldest(shardId, arrived));
            switch (policy.next(now())) {
                case ShardPolicy.Rest rest -> {
                    return true;
                }
                case ShardPolicy.Invoke invoke -> {
                    if (mapping.stop().within(invoke.after())) {
                        return false;
                    }
                    invoke(invoke);
                }
                case ShardPolicy.GiveUp step -> {
                    if (!giveUp(step)) {
                        return false;
                    }
                }
            }
            checkpoint = policy.checkpoint();
        }
    }

    private void invoke(ShardPolicy.Invoke step) {
        List<BatchItem> batch = step.batch();
        BatchOutcome outcome = outcome(batch);
        mapping.live().invocations.increment();
        if (step.retry()) {
            mapping.live().retries.increment();
        }
        mapping.live().recordsDone.add(done(outcome, batch.size()));
        if (!(outcome instanceof BatchOutcome.Done)) {
            mapping.live().failedInvocations.increment();
        }
        policy.outcome(outcome);
    }

    private BatchOutcome outcome(List<BatchItem> batch) {
        byte[] event = BatchItem.event(batch);
        if (event.length > Invocable.MAX_PAYLOAD_BYTES) {
            return new BatchOutcome.Failed("one record alone is over the payload limit");
        }
        BatchOutcome outcome = invoke(event, batch);
        if (outcome instanceof BatchOutcome.Failed failed) {
            LOG.warn(
                    "{} failed on {} records of {}: {}",
                    mapping.target().functionArn(),
                    batch.size(),
                    shardId,
                    failed.why());
        }
        return outcome;
    }

    /** What breaks on our side fails the batch too: it comes again, or is given up in the end, and the shard goes on. */
    private BatchOutcome invoke(byte[] event, List<BatchItem> batch) {
        try {
            var result = mapping.target().function().invoke(event);
            return BatchOutcome.of(result, batch, mapping.settings().reportBatchItemFailures());
        } catch (RuntimeException unexpected) {
            LOG.error(
                    "{} could not be invoked with records of {}",
                    mapping.target().functionArn(),
                    shardId,
                    unexpected);
            return new BatchOutcome.Failed(unexpected.getClass().getSimpleName());
        }
    }

    private static int done(BatchOutcome outcome, int size) {
        return switch (outcome) {
            case BatchOutcome.Done all -> size;
            case BatchOutcome.FailedFrom from -> from.index();
            case BatchOutcome.Failed none -> 0;
        };
    }

    /** Tries until the destination has it: a batch is never forgotten because the destination is down. */
    private boolean giveUp(ShardPolicy.GiveUp step) throws InterruptedException {
        FailedBatch batch = mapping.failedBatch(shardId, step);
        int failures = 0;
        while (true) {
            try {
                mapping.target().failures().keep(batch);
                break;
            } catch (RuntimeException down) {
                failures++;
                LOG.warn("a given-up batch of {} cannot be kept, try {}: {}", shardId, failures, down.getMessage());
                if (mapping.stop().within(ShardWorkers.pause(failures))) {
                    return false;
                }
            }
        }
        mapping.live().recordsGivenUp.add(step.batch().size());
        policy.givenUp();
        return true;
    }

    private Instant now() {
        return mapping.clock().instant();
    }
}
