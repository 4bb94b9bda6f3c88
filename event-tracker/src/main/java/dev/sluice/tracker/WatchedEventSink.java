package dev.sluice.tracker;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * A sink that remembers whether it works, from what its calls come to; it makes none of its own. Thread-safe. A call of
 * which anything was stored worked: one full shard is no outage.
 */
public final class WatchedEventSink implements EventSink {
    private final EventSink sink;
    private final InstantSource clock;
    // Guarded by this; null while it works.
    private @Nullable Instant firstFailure;
    private @Nullable Instant lastFailure;

    public WatchedEventSink(EventSink sink, InstantSource clock) {
        this.sink = sink;
        this.clock = clock;
    }

    @Override
    public CompletableFuture<List<Outcome>> put(List<SlotBatch> batches) {
        return sink.put(batches).whenComplete((outcomes, failure) -> {
            if (failure != null || !outcomes.isEmpty() && outcomes.stream().noneMatch(Outcome::stored)) {
                failed();
            } else if (!outcomes.isEmpty()) {
                worked();
            }
        });
    }

    private synchronized void worked() {
        firstFailure = null;
        lastFailure = null;
    }

    private synchronized void failed() {
        lastFailure = clock.instant();
        if (firstFailure == null) {
            firstFailure = lastFailure;
        }
    }

    /**
     * For how long every call has failed; zero if the last one worked or there was none.
     *
     * @param memory after this time without any call a failure is no longer believed: who sends no traffic because of it
     *     would otherwise never learn that the sink is back
     */
    public synchronized Duration failingFor(Duration memory) {
        Instant now = clock.instant();
        if (firstFailure == null
                || lastFailure == null
                || lastFailure.plus(memory).isBefore(now)) {
            return Duration.ZERO;
        }
        Duration failing = Duration.between(firstFailure, now);
        // The first failure counts at once, even within the clock's own grain.
        return failing.isPositive() ? failing : Duration.ofNanos(1);
    }
}
