package dev.sluice.tracker;

import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * The part of an object store that the tracker needs. Thread-safe; nothing blocks. A future completes exceptionally
 * with {@link java.io.IOException} if the store could not be reached, refused or took longer than the adapter's stated
 * time; then what was asked may or may not have happened. Adapters do their own bounded retries.
 */
public interface LakeBucket {
    /**
     * An object as a listing shows it.
     *
     * @param key its whole name
     * @param bytes its size
     * @param storedAt when
     */
    record Entry(String key, long bytes, Instant storedAt) {}

    /** Stores an object whole, replacing one of the same key; completes when it is durable. */
    CompletableFuture<Void> put(String key, byte[] body);

    /** The first objects whose keys begin with {@code prefix}, by key. */
    default CompletableFuture<List<Entry>> list(String prefix, int most) {
        return list(prefix, "", most);
    }

    /**
     * The first objects whose keys begin with {@code prefix} and come after another, by key.
     *
     * @param after need not exist; empty for the first of all
     * @param most up to 1,000
     */
    CompletableFuture<List<Entry>> list(String prefix, String after, int most);

    /** The bytes of an object; fails with {@link java.nio.file.NoSuchFileException} if there is none. */
    CompletableFuture<byte[]> fetch(String key);

    /** Removes an object; nothing happens if there is none. */
    CompletableFuture<Void> delete(String key);
}
