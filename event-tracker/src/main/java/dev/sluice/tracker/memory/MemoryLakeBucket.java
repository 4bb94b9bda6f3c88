package dev.sluice.tracker.memory;

import dev.sluice.tracker.LakeBucket;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** Objects in a map; can be down, as a whole or for some keys. Thread-safe. */
public final class MemoryLakeBucket implements LakeBucket {
    private record Stored(byte[] body, Instant at) {}

    private final InstantSource clock;
    private final TreeMap<String, Stored> objects = new TreeMap<>();
    private boolean down;
    private Predicate<String> refused = key -> false;

    public MemoryLakeBucket(InstantSource clock) {
        this.clock = clock;
    }

    /** From now on everything fails, or works again. */
    public synchronized void down(boolean isDown) {
        down = isDown;
    }

    /** From now on every call for such a key fails; listings still show it. */
    public synchronized void refuse(Predicate<String> keys) {
        refused = keys;
    }

    @Override
    public CompletableFuture<Void> put(String key, byte[] body) {
        return answer(key, () -> {
            objects.put(key, new Stored(body.clone(), clock.instant()));
            return CompletableFuture.completedFuture(null);
        });
    }

    @Override
    public CompletableFuture<List<Entry>> list(String prefix, String after, int most) {
        boolean fromPrefix = after.compareTo(prefix) < 0;
        var rest = fromPrefix ? objects.tailMap(prefix, true) : objects.tailMap(after, false);
        return answer(() -> CompletableFuture.completedFuture(rest.entrySet().stream()
                .takeWhile(entry -> entry.getKey().startsWith(prefix))
                .limit(most)
                .map(entry -> new Entry(
                        entry.getKey(),
                        entry.getValue().body().length,
                        entry.getValue().at()))
                .toList()));
    }

    @Override
    public CompletableFuture<byte[]> fetch(String key) {
        return answer(key, () -> {
            Stored stored = objects.get(key);
            return stored == null
                    ? CompletableFuture.failedFuture(new NoSuchFileException(key))
                    : CompletableFuture.completedFuture(stored.body().clone());
        });
    }

    @Override
    public CompletableFuture<Void> delete(String key) {
        return answer(key, () -> {
            objects.remove(key);
            return CompletableFuture.completedFuture(null);
        });
    }

    private synchronized <T> CompletableFuture<T> answer(String key, Supplier<CompletableFuture<T>> work) {
        return refused.test(key)
                ? CompletableFuture.failedFuture(new IOException("the bucket refuses " + key))
                : answer(work);
    }

    private synchronized <T> CompletableFuture<T> answer(Supplier<CompletableFuture<T>> work) {
        return down ? CompletableFuture.failedFuture(new IOException("the bucket is down")) : work.get();
    }
}
