package dev.sluice.local.servers;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A real PostgreSQL on the loopback interface with one empty database, {@value #DATABASE}. It does not wait for disks: a
 * crash of the machine may lose its data, which belongs to one run anyway.
 */
public final class PostgresServer implements AutoCloseable {
    public static final String DATABASE = "postgres";

    private static final String USER = "sluice";
    private static final Duration START_LIMIT = Duration.ofSeconds(30);
    private static final int TRIES_TO_CONNECT_SECONDS = 1;

    private final PostgresProgram program;
    private final Path data;
    private final ChildProcess process;
    private final int port;

    private PostgresServer(PostgresProgram program, Path data, ChildProcess process, int port) {
        this.program = program;
        this.data = data;
        this.process = process;
        this.port = port;
    }

    /**
     * Makes an empty database and waits until it takes connections.
     *
     * @param cache where its programs are kept for later runs
     * @param runFolder where its data and log go
     * @throws ServerFailure in one line if the port is in use or it cannot start
     */
    public static PostgresServer start(int port, Path cache, Path runFolder) {
        ServerPorts.requireFree(port, "PostgreSQL");
        Path folder = runFolder.toAbsolutePath();
        Path data = folder.resolve("postgres");
        Path log = folder.resolve("postgres.log");
        PostgresProgram program = PostgresProgram.in(cache);
        run(
                program.command(
                        "initdb",
                        List.of(
                                "--pgdata=" + data,
                                "--username=" + USER,
                                "--auth=trust",
                                "--encoding=UTF8",
                                "--locale=C",
                                "--no-sync")),
                log);
        var process = ChildProcess.start(new ChildProcess.Command(
                "PostgreSQL", program.command("postgres", arguments(port, data)), Map.of(), folder, log));
        var server = new PostgresServer(program, data, process, port);
        try {
            Readiness.await(process, START_LIMIT, server::takesConnections);
        } catch (ServerFailure failed) {
            process.kill();
            throw failed;
        }
        return server;
    }

    private static List<String> arguments(int port, Path data) {
        List<String> arguments = new ArrayList<>(List.of("-D", data.toString(), "-p", Integer.toString(port)));
        for (String setting : List.of(
                "listen_addresses=127.0.0.1",
                "unix_socket_directories=",
                "fsync=off",
                "synchronous_commit=off",
                "full_page_writes=off",
                "shared_buffers=32MB",
                "dynamic_shared_memory_type=mmap",
                "max_connections=40",
                "autovacuum_naptime=10s",
                "timezone=UTC")) {
            arguments.addAll(List.of("-c", setting));
        }
        return arguments;
    }

    private static void run(List<String> command, Path log) {
        var builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        try {
            Files.createDirectories(log.getParent());
            Process process = builder.start();
            if (!process.waitFor(START_LIMIT.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new ServerFailure("PostgreSQL's " + command + " did not end" + LogTail.of(log));
            }
            if (process.exitValue() != 0) {
                throw new ServerFailure("PostgreSQL cannot be set up; its last lines:\n" + LogTail.of(log));
            }
        } catch (IOException failed) {
            throw new ServerFailure("PostgreSQL cannot be started: " + failed.getMessage(), failed);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new ServerFailure("interrupted while PostgreSQL starts", interrupted);
        }
    }

    private boolean takesConnections() throws IOException {
        try (Connection connection = connect()) {
            return connection.isValid(TRIES_TO_CONNECT_SECONDS);
        } catch (SQLException notYet) {
            throw new IOException(notYet);
        }
    }

    /** A connection of the caller's own, who closes it before the server. */
    public Connection connect() throws SQLException {
        return DriverManager.getConnection("jdbc:postgresql://127.0.0.1:%d/%s?user=%s&connectTimeout=5&socketTimeout=30"
                .formatted(port, DATABASE, USER));
    }

    public int port() {
        return port;
    }

    public URI endpoint() {
        return URI.create("postgresql://" + USER + "@127.0.0.1:" + port + "/" + DATABASE);
    }

    public ChildProcess process() {
        return process;
    }

    /** Does not wait for connections that are still open. */
    @Override
    public void close() {
        try {
            if (process.isAlive()) {
                run(
                        program.command("pg_ctl", List.of("stop", "-D", data.toString(), "-m", "fast", "-t", "5")),
                        data.resolveSibling("postgres.log"));
            }
        } catch (ServerFailure stubborn) {
            // Then it is ended like any other child.
        }
        process.close();
    }
}
