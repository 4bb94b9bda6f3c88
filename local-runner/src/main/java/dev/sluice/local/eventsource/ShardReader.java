package dev.sluice.local.eventsource;

import java.time.Duration;
import java.util.List;

/** A place in one shard. After an exception it is where it was, so a read can be tried again. One thread. */
@FunctionalInterface
public interface ShardReader<R> {
    /**
     * Reads on from the last record that was returned, with one request.
     *
     * @param limit most records wanted; at least 1
     */
    Page<R> read(int limit);

    /**
     * What one read gave.
     *
     * @param records in order; may be empty although more follows
     * @param behind how far this reader is behind the end of the shard
     * @param more whether there is more to read at once
     * @param ended whether the shard is closed and wholly read
     */
    record Page<R>(List<R> records, Duration behind, boolean more, boolean ended) {
        public Page {
            records = List.copyOf(records);
        }
    }
}
