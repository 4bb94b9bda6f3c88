package dev.sluice.local.lambda;

import dev.sluice.local.servers.ServerFailure;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executors;

/**
 * A deployed function: its handler runs in as many warm JVMs as its concurrency allows.
 *
 * <p>An invocation waits for a free JVM. A JVM that died or was killed is replaced at the next invocation, as Lambda
 * would. Thread-safe.
 */
public final class LambdaFunction implements Invocable, AutoCloseable {
    private final LambdaFunctionSettings settings;
    private final List<ExecutionEnvironment> environments;
    private final BlockingQueue<ExecutionEnvironment> idle;

    private LambdaFunction(LambdaFunctionSettings settings, List<ExecutionEnvironment> environments) {
        this.settings = settings;
        this.environments = environments;
        this.idle = new ArrayBlockingQueue<>(environments.size(), true, environments);
    }

    /**
     * Starts its JVMs side by side and waits until each asks for an event. A handler that does not exist or cannot be
     * constructed shows, as in Lambda, as a function error of the first invocation.
     *
     * @param runFolder where their logs go, {@code <name>-<number>.log}
     * @throws ServerFailure if one cannot be started, with the last lines of its log
     */
    public static LambdaFunction start(LambdaFunctionSettings settings, Path runFolder) {
        List<ExecutionEnvironment> environments = new ArrayList<>();
        for (int number = 1; number <= settings.concurrency(); number++) {
            environments.add(new ExecutionEnvironment(settings, number, runFolder));
        }
        var function = new LambdaFunction(settings, environments);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var starts = environments.stream()
                    .map(environment -> CompletableFuture.runAsync(environment::start, threads))
                    .toList();
            starts.forEach(CompletableFuture::join);
            return function;
        } catch (CompletionException failed) {
            function.close();
            throw failed.getCause() instanceof ServerFailure known
                    ? known
                    : new ServerFailure(settings.name() + " cannot be started: " + failed.getCause(), failed);
        }
    }

    public String name() {
        return settings.name();
    }

    /** The name that events and failure reports carry. */
    public String arn() {
        return ExecutionEnvironment.arn(settings.name());
    }

    /** The process ids of its JVMs that run now. */
    public List<Long> pids() {
        return environments.stream().flatMap(it -> it.pid().stream()).toList();
    }

    /** Kills, as {@code kill -9} would, the JVMs that have an invocation under way; how many. */
    public int killBusy() {
        return (int) environments.stream()
                .filter(environment -> !idle.contains(environment))
                .flatMap(environment -> environment.pid().stream())
                .flatMap(pid -> ProcessHandle.of(pid).stream())
                .filter(ProcessHandle::destroyForcibly)
                .count();
    }

    @Override
    public InvocationResult invoke(byte[] event) {
        if (event.length > MAX_PAYLOAD_BYTES) {
            throw new IllegalArgumentException(
                    name() + ": an event of " + event.length + " bytes is over the limit of " + MAX_PAYLOAD_BYTES);
        }
        ExecutionEnvironment environment;
        try {
            environment = idle.take();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return new InvocationResult.Crash(name() + ": interrupted while waiting for a free process");
        }
        try {
            return environment.invoke(event);
        } finally {
            idle.add(environment);
        }
    }

    /** Ends its JVMs; invocations under way end as crashes. */
    @Override
    public void close() {
        environments.forEach(ExecutionEnvironment::close);
    }
}
