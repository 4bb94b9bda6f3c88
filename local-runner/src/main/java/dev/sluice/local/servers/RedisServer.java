package dev.sluice.local.servers;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import redis.embedded.core.ExecutableProvider;

/**
 * A real Redis on the loopback interface, without persistence: its data dies with it.
 *
 * <p>The library packs the program; starting and ending it is ours, so that it ends like every other child.
 */
public final class RedisServer implements AutoCloseable {
    private static final Duration START_LIMIT = Duration.ofSeconds(10);
    private static final int ANSWER_MILLIS = 500;

    private final ChildProcess process;
    private final int port;

    private RedisServer(ChildProcess process, int port) {
        this.process = process;
        this.port = port;
    }

    /**
     * Starts it and waits until it answers PING.
     *
     * @param runFolder where its program and log go
     * @throws ServerFailure in one line if the port is in use or a shared library that it needs is missing
     */
    public static RedisServer start(int port, Path runFolder) {
        ServerPorts.requireFree(port, "Redis");
        Path folder = runFolder.toAbsolutePath();
        var process = ChildProcess.start(new ChildProcess.Command(
                "Redis", arguments(port, program(folder)), Map.of(), folder, folder.resolve("redis.log")));
        try {
            Readiness.await(process, START_LIMIT, () -> answersPing(port));
        } catch (ServerFailure failed) {
            process.close();
            throw explained(failed);
        }
        return new RedisServer(process, port);
    }

    private static List<String> arguments(int port, Path program) {
        return List.of(
                program.toString(),
                "--bind",
                "127.0.0.1",
                "--port",
                Integer.toString(port),
                "--save",
                "",
                "--appendonly",
                "no",
                // A person is one piece of memory then, and not a table of pieces: less of it. OPERATIONS.md asks
                // for the same.
                "--hash-max-ziplist-value",
                "8192");
    }

    private static Path program(Path folder) {
        try {
            Files.createDirectories(folder);
            return ExecutableProvider.newJarResourceProvider(folder.toFile())
                    .get()
                    .toPath();
        } catch (IOException failed) {
            throw new ServerFailure("Redis cannot be unpacked to " + folder + ": " + failed.getMessage(), failed);
        }
    }

    private static ServerFailure explained(ServerFailure failed) {
        String message = String.valueOf(failed.getMessage());
        return message.contains("error while loading shared libraries")
                ? new ServerFailure("Redis needs OpenSSL 3's shared libraries: install libssl3 (or libssl3t64)", failed)
                : failed;
    }

    private static boolean answersPing(int port) throws IOException {
        try (var socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), ANSWER_MILLIS);
            socket.setSoTimeout(ANSWER_MILLIS);
            socket.getOutputStream().write("PING\r\n".getBytes(StandardCharsets.US_ASCII));
            byte[] answer = socket.getInputStream().readNBytes("+PONG".length());
            return new String(answer, StandardCharsets.US_ASCII).equals("+PONG");
        }
    }

    public int port() {
        return port;
    }

    public URI endpoint() {
        return URI.create("redis://127.0.0.1:" + port);
    }

    public ChildProcess process() {
        return process;
    }

    @Override
    public void close() {
        process.close();
    }
}
