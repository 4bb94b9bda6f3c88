package dev.sluice.local.lambda;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.api.client.AWSLambda;
import com.amazonaws.services.lambda.runtime.serialization.PojoSerializer;
import dev.sluice.local.servers.AwsClients;
import dev.sluice.local.servers.ChildProcess;
import dev.sluice.local.servers.Programs;
import dev.sluice.local.servers.Readiness;
import dev.sluice.local.servers.ServerFailure;
import java.io.File;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.utilslite.SdkInternalThreadLocal;

/** One JVM of a function and the Runtime API that it alone talks to; runs one invocation at a time. */
final class ExecutionEnvironment implements AutoCloseable {
    private static final Duration INIT_LIMIT = Duration.ofSeconds(90);

    private final LambdaFunctionSettings settings;
    private final String label;
    private final Path runFolder;
    private @Nullable Running running;
    private boolean closed;

    ExecutionEnvironment(LambdaFunctionSettings settings, int number, Path runFolder) {
        this.settings = settings;
        this.label = settings.name() + "-" + number;
        this.runFolder = runFolder.toAbsolutePath();
    }

    private record Running(RuntimeApi api, ChildProcess process) {
        void end() {
            process.close();
            api.close();
        }

        void kill() {
            process.kill();
            api.close();
        }
    }

    static String arn(String function) {
        return "arn:aws:lambda:" + AwsClients.REGION.id() + ":" + AwsClients.ACCOUNT + ":function:" + function;
    }

    /** Starts the JVM and waits until the handler is loaded and asks for its first event. */
    void start() {
        living();
    }

    synchronized Optional<Long> pid() {
        return Optional.ofNullable(running).map(it -> it.process().pid());
    }

    InvocationResult invoke(byte[] event) {
        try {
            Running current = living();
            return settled(current, current.api().offer(event, settings.timeout()));
        } catch (ServerFailure failed) {
            return new InvocationResult.Crash(String.valueOf(failed.getMessage()));
        }
    }

    private InvocationResult settled(Running current, RuntimeApi.Invocation invocation) {
        var watch = current.process().unexpectedDeath().thenAccept(death -> invocation.settle(crash(death)));
        try {
            return invocation.result().get(settings.timeout().toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException late) {
            current.kill();
            return new InvocationResult.Timeout(settings.timeout());
        } catch (InterruptedException interrupted) {
            current.kill();
            Thread.currentThread().interrupt();
            return new InvocationResult.Crash(label + ": interrupted");
        } catch (ExecutionException impossible) {
            throw new IllegalStateException(impossible);
        } finally {
            watch.cancel(false);
        }
    }

    private static InvocationResult crash(ServerFailure death) {
        return new InvocationResult.Crash(String.valueOf(death.getMessage()));
    }

    private synchronized Running living() {
        if (closed) {
            throw new ServerFailure(label + " is closed");
        }
        if (running != null && running.process().isAlive()) {
            return running;
        }
        if (running != null) {
            running.kill();
        }
        running = null;
        running = started();
        return running;
    }

    private Running started() {
        var api = RuntimeApi.start(arn(settings.name()));
        var started = new Running(api, ChildProcess.start(command(api)));
        try {
            Readiness.await(started.process(), INIT_LIMIT, () -> {
                api.initError().ifPresent(error -> {
                    throw new ServerFailure(label + " cannot be initialised: " + error);
                });
                return api.ready();
            });
            return started;
        } catch (ServerFailure failed) {
            started.kill();
            throw failed;
        }
    }

    private ChildProcess.Command command(RuntimeApi api) {
        var arguments = List.of(
                Programs.java().toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xmx" + settings.memoryMegabytes() + "m",
                "--enable-native-access=ALL-UNNAMED",
                NativeRuntime.flagFor(runFolder.resolve(label + ".so")),
                "-cp",
                classPath(),
                AWSLambda.class.getName(),
                settings.handler());
        Map<String, String> environment = new HashMap<>(AwsClients.environment());
        environment.put("AWS_LAMBDA_RUNTIME_API", api.address());
        environment.put("AWS_LAMBDA_FUNCTION_NAME", settings.name());
        environment.put("AWS_LAMBDA_FUNCTION_VERSION", "$LATEST");
        environment.put("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", Integer.toString(settings.memoryMegabytes()));
        environment.put("AWS_LAMBDA_INITIALIZATION_TYPE", "on-demand");
        environment.put("AWS_LAMBDA_LOG_GROUP_NAME", "/aws/lambda/" + settings.name());
        environment.put("AWS_LAMBDA_LOG_STREAM_NAME", label);
        environment.put("AWS_EXECUTION_ENV", "AWS_Lambda_java25");
        environment.put("_HANDLER", settings.handler());
        environment.put("TZ", ":UTC");
        environment.putAll(settings.environment());
        return new ChildProcess.Command(label, arguments, environment, runFolder, runFolder.resolve(label + ".log"));
    }

    /** The function's own class path first, then what AWS's managed runtime would bring. */
    private String classPath() {
        Stream<Path> runtime = Stream.of(
                        AWSLambda.class, Context.class, PojoSerializer.class, SdkInternalThreadLocal.class)
                .map(ExecutionEnvironment::jarOf);
        return Stream.concat(settings.classPath().stream(), runtime)
                .map(path -> path.toAbsolutePath().toString())
                .distinct()
                .collect(Collectors.joining(File.pathSeparator));
    }

    private static Path jarOf(Class<?> type) {
        try {
            return Path.of(
                    type.getProtectionDomain().getCodeSource().getLocation().toURI());
        } catch (URISyntaxException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    @Override
    public void close() {
        Running last;
        synchronized (this) {
            closed = true;
            last = running;
            running = null;
        }
        if (last != null) {
            last.end();
        }
    }
}
