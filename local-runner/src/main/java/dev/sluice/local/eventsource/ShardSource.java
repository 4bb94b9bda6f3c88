package dev.sluice.local.eventsource;

import java.util.List;

/**
 * A stream that can be read shard by shard from its oldest record. Thread-safe; its methods throw the SDK's exceptions,
 * and the caller retries.
 *
 * @param <R> a record as the stream's client gives it
 */
public interface ShardSource<R> {
    /** Every shard that the stream still knows, ended ones included. */
    List<Shard> shards();

    /** A reader that begins at the oldest record of a shard; one thread may use it. */
    ShardReader<R> open(String shardId);
}
