package dev.sluice.local.eventsource;

import java.time.Duration;

/** What is done with one shard's records; called by one thread, in order. */
public interface ShardConsumer<R> {
    /**
     * Takes what a read gave, also when that is nothing; returns when it is ready for more. If it throws a
     * {@link RuntimeException} it is given the same page again after a pause.
     */
    void accept(ShardReader.Page<R> page) throws InterruptedException;

    /** A {@link #patience} without a wish. */
    Duration ANY = Duration.ofDays(1);

    /** The longest that it may wait until it is called again. */
    Duration patience();
}
