package dev.sluice.classifier.redis;

import io.lettuce.core.RedisChannelHandler;
import io.lettuce.core.RedisConnectionStateListener;
import io.lettuce.core.api.StatefulRedisConnection;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A connection to a node, and whether it is known which server is at its other end. It is not after a disconnection, and
 * not for ever: a server that is emptied stays connected. Thread-safe.
 */
final class Guard {
    private static final long NEVER = -1;

    private final StatefulRedisConnection<byte[], byte[]> connection;
    private final long trustedNanos;
    private final AtomicLong disconnections = new AtomicLong();
    private @Nullable CompletableFuture<Void> checking;
    private volatile long checkedAt;
    private volatile long checkedAfter = NEVER;

    /** @param trusted for how long it is enough to have asked who is there */
    Guard(StatefulRedisConnection<byte[], byte[]> connection, Duration trusted) {
        this.connection = connection;
        this.trustedNanos = trusted.toNanos();
        connection.addListener(new RedisConnectionStateListener() {
            @Override
            public void onRedisDisconnected(RedisChannelHandler<?, ?> handler) {
                disconnections.incrementAndGet();
            }
        });
    }

    StatefulRedisConnection<byte[], byte[]> connection() {
        return connection;
    }

    /** Which of the unbroken stretches of this connection it is. */
    long stretch() {
        return disconnections.get();
    }

    /** Asks who is there unless that is known; several calls at once are one. */
    CompletableFuture<Void> trusted(Supplier<CompletableFuture<Void>> check) {
        return isChecked() ? CompletableFuture.completedFuture(null) : checked(check);
    }

    /** What was known is not to be relied on any more. */
    void doubt() {
        checkedAfter = NEVER;
    }

    private boolean isChecked() {
        return checkedAfter == stretch() && System.nanoTime() - checkedAt < trustedNanos;
    }

    private synchronized CompletableFuture<Void> checked(Supplier<CompletableFuture<Void>> check) {
        var current = checking;
        if (current == null || current.isDone()) {
            long stretch = stretch();
            current = check.get().thenRun(() -> {
                checkedAt = System.nanoTime();
                checkedAfter = stretch;
            });
            checking = current;
        }
        return current;
    }
}
