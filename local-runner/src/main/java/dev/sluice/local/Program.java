package dev.sluice.local;

import dev.sluice.local.chaos.Chaos;
import dev.sluice.local.servers.ChildProcess;
import dev.sluice.local.servers.Programs;
import dev.sluice.local.servers.Readiness;
import dev.sluice.local.servers.ServerFailure;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;

/**
 * One Spring Boot program in a process of its own, started again when it dies, as Elastic Beanstalk would. Thread-safe.
 */
public final class Program implements AutoCloseable, Chaos.Victim {
    private static final Duration START_LIMIT = Duration.ofSeconds(60);
    private static final int OK = 200;
    private static final int MAX_RESTARTS = 100;

    private final HttpClient http;
    private final Deployment deployment;
    private final AtomicInteger restarts = new AtomicInteger();
    private ChildProcess process;
    private boolean closed;

    /**
     * What is deployed.
     *
     * @param name the module's name
     * @param jvm how it is started
     * @param jar the executable jar
     * @param port where it listens, on loopback
     * @param environment its variables, besides those of {@code jvm}
     * @param logs folder of its log, {@code <name>.log}
     */
    public record Deployment(String name, Jvm jvm, Path jar, int port, Map<String, String> environment, Path logs) {}

    private Program(HttpClient http, Deployment deployment) {
        this.http = http;
        this.deployment = deployment;
        this.process = launch();
    }

    /**
     * Starts it and returns at once.
     *
     * @throws ServerFailure if it was not built
     */
    public static Program start(HttpClient http, Deployment deployment) {
        if (!deployment.jar().toFile().isFile()) {
            throw new ServerFailure(deployment.name() + " is not built (" + deployment.jar() + "); run ./sluice build");
        }
        return new Program(http, deployment);
    }

    /** Its address. */
    public URI address() {
        return URI.create("http://127.0.0.1:" + deployment.port());
    }

    /** Waits until it says that it is ready. */
    public void awaitReady() {
        awaitReady(body -> true);
    }

    /** Waits until it says that it is ready, in words that satisfy. */
    public void awaitReady(Predicate<byte[]> satisfies) {
        Readiness.await(current(), START_LIMIT, () -> {
            HttpResponse<byte[]> answer = ask("/health/ready");
            return answer.statusCode() == OK && satisfies.test(answer.body());
        });
    }

    /** What it answers to a GET. */
    public HttpResponse<byte[]> ask(String path) throws IOException {
        var request = HttpRequest.newBuilder(address().resolve(path))
                .timeout(Duration.ofSeconds(2))
                .build();
        try {
            return http.send(request, HttpResponse.BodyHandlers.ofByteArray());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while asking " + deployment.name(), e);
        }
    }

    /** The process id of the process that runs now. */
    public long pid() {
        return current().pid();
    }

    @Override
    public boolean isReady() {
        try {
            return ask("/health/ready").statusCode() == OK;
        } catch (IOException dead) {
            return false;
        }
    }

    /** Kills its process as {@code kill -9} would; false if it has just died. It is started again. */
    @Override
    public boolean kill() {
        return ProcessHandle.of(pid()).map(ProcessHandle::destroyForcibly).orElse(false);
    }

    /** How often it died and was started again. */
    public int restarts() {
        return restarts.get();
    }

    @Override
    public void close() {
        synchronized (this) {
            closed = true;
        }
        current().close();
    }

    private synchronized ChildProcess current() {
        return process;
    }

    private ChildProcess launch() {
        Map<String, String> environment = new LinkedHashMap<>(deployment.jvm().variables());
        environment.putAll(deployment.environment());
        environment.put("SERVER_ADDRESS", "127.0.0.1");
        environment.put("SERVER_PORT", Integer.toString(deployment.port()));
        List<String> arguments = new ArrayList<>(List.of(Programs.java().toString()));
        arguments.addAll(deployment.jvm().flags());
        arguments.addAll(List.of("-jar", deployment.jar().toAbsolutePath().toString()));
        ChildProcess started = ChildProcess.start(new ChildProcess.Command(
                deployment.name(),
                arguments,
                environment,
                deployment.logs(),
                deployment.logs().resolve(deployment.name() + ".log")));
        started.unexpectedDeath().thenAccept(this::startAgain).exceptionally(never -> null);
        return started;
    }

    private synchronized void startAgain(ServerFailure death) {
        if (!closed && restarts.incrementAndGet() <= MAX_RESTARTS) {
            process = launch();
        }
    }
}
