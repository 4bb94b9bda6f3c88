package dev.sluice.local.eventsource;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiFunction;

/**
 * A running event source mapping: one stream, one function. Made by {@link KinesisEventSourceMapping} or
 * {@link DynamoDbStreamsEventSourceMapping}; starts at the oldest record (TRIM_HORIZON) and keeps its checkpoints in
 * memory. Delivery is at least once, in order within a shard. Thread-safe.
 */
public final class EventSourceMapping implements AutoCloseable {
    /** Records of one read: several batches, as Lambda reads them, so that a backlog is not read ten records at a time. */
    private static final int MOST_READ_AHEAD = 500;

    private final Origin origin;
    private final EventSourceSettings settings;
    private final EventSourceTarget target;
    private final UUID id;
    private final EventSourceCounters.Live counters = new EventSourceCounters.Live();
    private final Map<String, BatchConsumer<?>> consumers = new ConcurrentHashMap<>();
    private final Clock clock = Clock.systemUTC();
    private final Stop stop = new Stop();
    private volatile Optional<ShardWorkers<?>> workers = Optional.empty();

    /** The stream's name in events and the field that describes a batch of it. */
    record Origin(String streamArn, String batchInfo) {}

    private EventSourceMapping(Origin origin, EventSourceSettings settings, EventSourceTarget target) {
        this.origin = origin;
        this.settings = settings;
        this.target = target;
        this.id = UUID.nameUUIDFromBytes(
                (origin.streamArn() + " " + target.functionArn()).getBytes(StandardCharsets.UTF_8));
    }

    /** How records are read and written as JSON: {@code encode} gets the shard's id and a record. */
    record Reading<R>(ShardSource<R> source, ReadPace pace, BiFunction<String, R, BatchItem> encode) {}

    static <R> EventSourceMapping start(
            Origin origin, EventSourceSettings settings, EventSourceTarget target, Reading<R> reading) {
        var mapping = new EventSourceMapping(origin, settings, target);
        mapping.workers = Optional.of(ShardWorkers.start(new ShardWorkers.Work<>(
                origin.streamArn(),
                reading.source(),
                reading.pace(),
                Math.max(settings.batchSize(), MOST_READ_AHEAD),
                shard -> mapping.consumer(shard.id(), reading))));
        return mapping;
    }

    private <R> ShardConsumer<R> consumer(String shardId, Reading<R> reading) {
        var consumer =
                new BatchConsumer<R>(this, shardId, it -> reading.encode().apply(shardId, it));
        consumers.put(shardId, consumer);
        return consumer;
    }

    EventSourceSettings settings() {
        return settings;
    }

    EventSourceTarget target() {
        return target;
    }

    EventSourceCounters.Live live() {
        return counters;
    }

    Clock clock() {
        return clock;
    }

    Stop stop() {
        return stop;
    }

    FailedBatch failedBatch(String shardId, ShardPolicy.GiveUp step) {
        var first = step.batch().getFirst();
        var last = step.batch().getLast();
        return new FailedBatch(
                id,
                target.functionArn(),
                origin.streamArn(),
                origin.batchInfo(),
                shardId,
                step.reason().condition(),
                step.failures(),
                clock.instant(),
                new FailedBatch.Records(
                        step.batch().size(),
                        first.sequenceNumber(),
                        last.sequenceNumber(),
                        first.arrived(),
                        last.arrived(),
                        BatchItem.event(step.batch())));
    }

    /** Reads at once: somebody knows that there is something. */
    public void look() {
        workers.ifPresent(ShardWorkers::look);
    }

    /** The mapping's id: the same for the same stream and function. */
    public UUID id() {
        return id;
    }

    public EventSourceCounters counters() {
        return counters.snapshot(clock.instant());
    }

    /** By shard, the last sequence number that is done or given up. */
    public Map<String, String> checkpoints() {
        Map<String, String> checkpoints = new ConcurrentHashMap<>();
        consumers.forEach((shard, consumer) -> consumer.checkpoint().ifPresent(it -> checkpoints.put(shard, it)));
        return Map.copyOf(checkpoints);
    }

    /** Stops reading, lets an invocation under way end for up to 10 s, and forgets what was not processed. */
    @Override
    public void close() {
        stop.now();
        workers.ifPresent(ShardWorkers::close);
    }
}
