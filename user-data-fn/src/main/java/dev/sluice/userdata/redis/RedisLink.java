package dev.sluice.userdata.redis;

import io.lettuce.core.ClientOptions;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.SocketOptions;
import io.lettuce.core.TimeoutOptions;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.sync.RedisCommands;
import io.lettuce.core.codec.ByteArrayCodec;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * One connection to Redis, made when it is first needed. Once made, Lettuce keeps it: it reconnects by itself and
 * refuses commands at once while it is disconnected. Thread-safe.
 */
final class RedisLink implements AutoCloseable {
    /** A Lambda environment serves one call at a time. */
    private static final int MAX_QUEUED = 16;

    private final RedisClient client;
    private @Nullable StatefulRedisConnection<byte[], byte[]> connection;

    RedisLink(String uri, Duration timeout) {
        var address = RedisURI.create(uri);
        address.setTimeout(timeout);
        this.client = RedisClient.create(address);
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

    /** @throws io.lettuce.core.RedisException if Redis has never been reached yet and is not now */
    synchronized RedisCommands<byte[], byte[]> commands() {
        var open = connection;
        if (open == null) {
            open = client.connect(ByteArrayCodec.INSTANCE);
            connection = open;
        }
        return open.sync();
    }

    @Override
    public void close() {
        client.shutdown(Duration.ZERO, Duration.ofSeconds(1));
    }
}
