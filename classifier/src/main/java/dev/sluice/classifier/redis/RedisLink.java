package dev.sluice.classifier.redis;

import dev.sluice.classifier.Classifier;
import dev.sluice.classifier.ClassifierSettings;
import io.lettuce.core.ClientOptions;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisException;
import io.lettuce.core.RedisURI;
import io.lettuce.core.SocketOptions;
import io.lettuce.core.TimeoutOptions;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.async.RedisAsyncCommands;
import io.lettuce.core.codec.ByteArrayCodec;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One connection to Redis, made when it is first needed, so that a classifier starts while Redis is away. Once made,
 * Lettuce keeps it: it reconnects by itself, and refuses commands at once while it is disconnected. Thread-safe.
 */
final class RedisLink implements AutoCloseable {
    /** Commands under way: one for each person of a round trip of as many classifications as there may be at once. */
    private static final int MAX_QUEUED = Classifier.PEOPLE_AT_ONCE * ClassifierSettings.MAX_CONCURRENT;

    /** While Redis is away, requests must not queue up to find that out one after the other. */
    private static final long RETRY_NANOS = Duration.ofSeconds(1).toNanos();

    private final RedisClient client;
    private volatile @Nullable StatefulRedisConnection<byte[], byte[]> connection;
    private long lastFailure;
    private boolean failed;

    RedisLink(RedisURI uri, Duration timeout) {
        uri.setTimeout(timeout);
        this.client = RedisClient.create(uri);
        client.setOptions(ClientOptions.builder()
                .requestQueueSize(MAX_QUEUED)
                .disconnectedBehavior(ClientOptions.DisconnectedBehavior.REJECT_COMMANDS)
                .timeoutOptions(TimeoutOptions.enabled(timeout))
                .socketOptions(SocketOptions.builder()
                        .connectTimeout(timeout)
                        .keepAlive(true)
                        .build())
                .build());
    }

    /** Where to send commands, or empty if Redis has never been reached yet and is not now. */
    Optional<RedisAsyncCommands<byte[], byte[]>> commands() {
        var open = connection;
        return open == null ? connect() : Optional.of(open.async());
    }

    private synchronized Optional<RedisAsyncCommands<byte[], byte[]>> connect() {
        var open = connection;
        if (open != null) {
            return Optional.of(open.async());
        }
        if (failed && System.nanoTime() - lastFailure < RETRY_NANOS) {
            return Optional.empty();
        }
        try {
            var made = client.connect(ByteArrayCodec.INSTANCE);
            connection = made;
            return Optional.of(made.async());
        } catch (RedisException e) {
            failed = true;
            lastFailure = System.nanoTime();
            return Optional.empty();
        }
    }

    @Override
    public void close() {
        client.shutdown(Duration.ZERO, Duration.ofSeconds(1));
    }
}
