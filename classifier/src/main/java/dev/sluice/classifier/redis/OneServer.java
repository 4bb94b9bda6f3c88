package dev.sluice.classifier.redis;

import dev.sluice.classifier.Place;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.resource.ClientResources;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** One server. Thread-safe. */
final class OneServer implements Nodes {
    private static final String NAME = "redis";
    private static final Optional<String> HOLDING = Optional.of(NAME);

    private final ClientResources resources;
    private final RedisClient client;
    private volatile @Nullable StatefulRedisConnection<byte[], byte[]> connection;

    OneServer(RedisURI uri, Duration timeout) {
        this.resources = Options.resources();
        this.client = RedisClient.create(resources, uri);
        client.setOptions(Options.ofOneServer(timeout));
    }

    @Override
    public boolean isConnected() {
        return connection != null;
    }

    @Override
    public synchronized void connect() {
        if (connection == null) {
            connection = client.connect(ByteArrayCodec.INSTANCE);
        }
    }

    @Override
    public Optional<String> holding(byte[] key) {
        return HOLDING;
    }

    @Override
    public List<String> names() {
        return List.of(NAME);
    }

    @Override
    public boolean areWhole() {
        return true;
    }

    @Override
    public CompletionStage<StatefulRedisConnection<byte[], byte[]>> connection(String name) {
        var open = connection;
        return open == null
                ? CompletableFuture.failedFuture(new NotConnectedException())
                : CompletableFuture.completedFuture(open);
    }

    @Override
    public CompletionStage<StatefulRedisConnection<byte[], byte[]>> connection(String host, int port) {
        return connection(NAME);
    }

    @Override
    public byte[] mark(String name) {
        return Mark.KEY.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public String share(String name) {
        return Place.EVERYTHING;
    }

    @Override
    public CompletionStage<?> refresh() {
        return CompletableFuture.completedFuture(NAME);
    }

    @Override
    public void drop(String name) {
        var open = connection;
        if (open != null) {
            connection = null;
            // Closing can fail only to a connection that is gone anyway.
            var unused = open.closeAsync();
        }
    }

    @Override
    public void close() {
        client.shutdown(Duration.ZERO, Duration.ofSeconds(1));
        var unused = resources.shutdown(0, 1, TimeUnit.SECONDS);
    }
}
