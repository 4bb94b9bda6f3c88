package dev.sluice.classifier;

import dev.sluice.classifier.redis.RedisLink;
import dev.sluice.classifier.redis.RedisServers;
import io.lettuce.core.RedisClient;
import io.lettuce.core.api.sync.RedisCommands;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.function.Consumer;
import redis.embedded.RedisServer;

/** A Redis server of one test's own, on a free port of the loopback. */
public final class RealRedis implements AutoCloseable {
    private final RedisServer server;
    private final int port;

    private RealRedis(RedisServer server, int port) {
        this.server = server;
        this.port = port;
    }

    public static RealRedis start() {
        return start(freePort());
    }

    /** On a known port, for one that comes back. */
    public static RealRedis start(int port, String... settings) {
        try {
            var server = RedisServer.newRedisServer()
                    .port(port)
                    .bind("127.0.0.1")
                    .setting("save \"\"")
                    .setting("appendonly no");
            for (String setting : settings) {
                server.setting(setting);
            }
            var built = server.build();
            built.start();
            return new RealRedis(built, port);
        } catch (IOException e) {
            throw new UncheckedIOException("Redis did not start", e);
        }
    }

    public int port() {
        return port;
    }

    public String uri() {
        return "redis://127.0.0.1:" + port;
    }

    /** A connection to it. */
    public RedisLink link(Duration timeout) {
        return link(timeout, loss -> {});
    }

    public RedisLink link(Duration timeout, Consumer<StoreLoss> losses) {
        return new RedisLink(new RedisServers(uri(), false, timeout), losses);
    }

    /** Does something to the server as another client. */
    public void as(Consumer<RedisCommands<String, String>> client) {
        try (var other = RedisClient.create(uri());
                var connection = other.connect()) {
            client.accept(connection.sync());
        }
    }

    /** Does something while the server runs. */
    public void andThenStop(Runnable body) {
        try {
            body.run();
        } finally {
            close();
        }
    }

    /** Stops the server; its data is gone. */
    @Override
    public void close() {
        try {
            server.stop();
        } catch (IOException e) {
            throw new UncheckedIOException("Redis did not stop", e);
        }
    }

    public static int freePort() {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException("no free port", e);
        }
    }
}
