package dev.sluice.userdata.redis;

import dev.sluice.userdata.Ports;
import io.lettuce.core.RedisClient;
import io.lettuce.core.api.sync.RedisCommands;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import redis.embedded.RedisServer;

/** A Redis server of one test's own, on a free port of the loopback. */
final class RealRedis implements AutoCloseable {
    private final RedisServer server;
    private final int port;
    private @Nullable RedisClient other;
    private @Nullable RedisCommands<String, String> commands;

    private RealRedis(RedisServer server, int port) {
        this.server = server;
        this.port = port;
    }

    static RealRedis start() {
        return start(Ports.free());
    }

    static RealRedis start(int port, String... settings) {
        try {
            var server = RedisServer.newRedisServer()
                    .port(port)
                    .bind("127.0.0.1")
                    .setting("save \"\"")
                    .setting("appendonly no");
            for (String setting : settings) {
                server.setting(setting);
            }
            RedisServer built = server.build();
            built.start();
            return new RealRedis(built, port);
        } catch (IOException e) {
            throw new UncheckedIOException("Redis did not start", e);
        }
    }

    int port() {
        return port;
    }

    String uri() {
        return "redis://127.0.0.1:" + port;
    }

    /** The server as another client has it. */
    synchronized RedisCommands<String, String> other() {
        var open = other;
        if (open == null) {
            open = RedisClient.create(uri());
            other = open;
            commands = open.connect().sync();
        }
        return Objects.requireNonNull(commands);
    }

    /** Stops the server; its data is gone. */
    @Override
    public synchronized void close() {
        if (other != null) {
            other.shutdown(Duration.ZERO, Duration.ofSeconds(1));
            other = null;
        }
        try {
            server.stop();
        } catch (IOException e) {
            throw new UncheckedIOException("Redis did not stop", e);
        }
    }
}
