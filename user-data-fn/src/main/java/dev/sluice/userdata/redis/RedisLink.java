package dev.sluice.userdata.redis;

import io.lettuce.core.AbstractRedisClient;
import io.lettuce.core.ClientOptions;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.SocketOptions;
import io.lettuce.core.TimeoutOptions;
import io.lettuce.core.cluster.ClusterClientOptions;
import io.lettuce.core.cluster.ClusterTopologyRefreshOptions;
import io.lettuce.core.cluster.RedisClusterClient;
import io.lettuce.core.cluster.api.sync.RedisClusterCommands;
import io.lettuce.core.codec.ByteArrayCodec;
import java.time.Duration;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The way to Redis, one server or a cluster, made when it is first needed. Once made, Lettuce keeps it: it reconnects by
 * itself, follows a cluster's redirections, and refuses commands at once while it is disconnected. Thread-safe.
 */
final class RedisLink implements AutoCloseable {
    /** A Lambda environment serves one call at a time. */
    private static final int MAX_QUEUED = 16;

    private final AbstractRedisClient client;
    private final Supplier<RedisClusterCommands<byte[], byte[]>> connect;
    private @Nullable RedisClusterCommands<byte[], byte[]> commands;

    RedisLink(RedisServers servers) {
        var address = RedisURI.create(servers.uri());
        address.setTimeout(servers.timeout());
        if (servers.cluster()) {
            RedisClusterClient cluster = RedisClusterClient.create(address);
            cluster.setOptions(ofCluster(servers.timeout()));
            this.client = cluster;
            this.connect = () -> cluster.connect(ByteArrayCodec.INSTANCE).sync();
        } else {
            RedisClient one = RedisClient.create(address);
            one.setOptions(common(ClientOptions.builder(), servers.timeout()).build());
            this.client = one;
            this.connect = () -> one.connect(ByteArrayCodec.INSTANCE).sync();
        }
    }

    /** @throws io.lettuce.core.RedisException if Redis has never been reached yet and is not now */
    synchronized RedisClusterCommands<byte[], byte[]> commands() {
        var open = commands;
        if (open == null) {
            open = connect.get();
            commands = open;
        }
        return open;
    }

    @Override
    public void close() {
        client.shutdown(Duration.ZERO, Duration.ofSeconds(1));
    }

    private static ClusterClientOptions ofCluster(Duration timeout) {
        ClusterClientOptions.Builder options = ClusterClientOptions.builder();
        common(options, timeout);
        // Nothing runs between two calls of a Lambda environment: it looks again when something points to a change.
        return options.topologyRefreshOptions(ClusterTopologyRefreshOptions.builder()
                        .adaptiveRefreshTriggersTimeout(timeout)
                        .build())
                .build();
    }

    private static ClientOptions.Builder common(ClientOptions.Builder options, Duration timeout) {
        return options.requestQueueSize(MAX_QUEUED)
                .disconnectedBehavior(ClientOptions.DisconnectedBehavior.REJECT_COMMANDS)
                .timeoutOptions(TimeoutOptions.enabled(timeout))
                .socketOptions(SocketOptions.builder()
                        .connectTimeout(timeout)
                        .keepAlive(true)
                        .build());
    }
}
