package dev.sluice.classifier;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.classifier.redis.RedisLink;
import dev.sluice.classifier.redis.RedisServers;
import io.lettuce.core.RedisClient;
import io.lettuce.core.api.sync.RedisCommands;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.function.Consumer;
import redis.embedded.RedisServer;

/** A Redis server of one test's own, on a free port of the loopback. */
public final class RealRedis implements AutoCloseable {
    /** For each call: more than any takes. */
    public static final Duration PATIENT = Duration.ofSeconds(60);

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

    /** A connection to it that gives no answer up before its time, however slow the machine is. */
    public RedisLink link() {
        return link(loss -> {});
    }

    public RedisLink link(Consumer<StoreLoss> losses) {
        return new RedisLink(new RedisServers(uri(), false, PATIENT), losses);
    }

    /** Servers of which there are none. */
    public static RedisServers away() {
        return new RedisServers("redis://127.0.0.1:" + freePort(), false, PATIENT);
    }

    /** Does something to the server as another client. */
    public void as(Consumer<RedisCommands<String, String>> client) {
        try (var other = RedisClient.create(uri());
                var connection = other.connect()) {
            client.accept(connection.sync());
        }
    }

    /** Does something while the server stays connected and answers nothing. */
    public void whileSilent(Runnable body) {
        String process = process();
        signal("-STOP", process);
        try {
            body.run();
        } finally {
            signal("-CONT", process);
        }
    }

    private String process() {
        var info = new StringBuilder();
        as(client -> info.append(client.info("server")));
        return info.toString()
                .lines()
                .filter(line -> line.startsWith("process_id:"))
                .map(line -> line.substring("process_id:".length()).strip())
                .findAny()
                .orElseThrow();
    }

    private static void signal(String name, String process) {
        try {
            assertThat(new ProcessBuilder("kill", name, process).start().waitFor())
                    .isZero();
        } catch (IOException e) {
            throw new UncheckedIOException("no signal was sent", e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
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

    /** A port that nobody listens at, reserved as {@link #reserved} says. */
    public static int freePort() {
        try {
            return reserved(0);
        } catch (IOException e) {
            throw new UncheckedIOException("no free port", e);
        }
    }

    /**
     * Reserves a port, any if it is 0. Of a connection to it the server's end, which is closed first, stays behind for a
     * minute (TIME_WAIT): the system then gives the port to nobody who asks for any, but to a server that names it.
     *
     * @throws IOException if the port is taken
     */
    static int reserved(int port) throws IOException {
        InetAddress loopback = InetAddress.getLoopbackAddress();
        try (var listening = new ServerSocket(port, 1, loopback);
                var client = new Socket(loopback, listening.getLocalPort());
                var accepted = listening.accept()) {
            assertThat(accepted.getPort()).isEqualTo(client.getLocalPort());
            return listening.getLocalPort();
        }
    }
}
