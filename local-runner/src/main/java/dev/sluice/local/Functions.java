package dev.sluice.local;

import dev.sluice.local.lambda.LambdaFunction;
import dev.sluice.local.lambda.LambdaFunctionSettings;
import dev.sluice.local.servers.ServerFailure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.Stream;

/** The functions, each deployed from its module with its own class path. */
record Functions(
        LambdaFunction dispatcher,
        LambdaFunction schedule,
        LambdaFunction propagator,
        LambdaFunction activator,
        LambdaFunction retries,
        LambdaFunction gaps,
        LambdaFunction userData)
        implements AutoCloseable {

    /** Longer than the longest call of the dispatcher to the classifier with what comes before and after it. */
    private static final Duration TIMEOUT = Duration.ofSeconds(60);

    /** Starts all of them side by side. */
    static Functions start(HouseSettings settings, Map<String, String> environment) {
        var dispatcher = begin(settings, "dispatcher-fn", "dev.sluice.dispatcher.aws.DispatcherHandler", environment);
        var schedule = begin(settings, "dispatcher-fn", "dev.sluice.dispatcher.aws.ScheduleHandler", environment);
        var propagator =
                begin(settings, "partner-activators", "dev.sluice.activators.aws.PropagatorHandler", environment);
        var toWebhooks = Environment.over(environment, Map.of("SLUICE_PARTNER", "webhook"));
        var activator =
                begin(settings, "partner-activators", "dev.sluice.activators.partners.ActivatorHandler", toWebhooks);
        var retries = begin(settings, "partner-activators", "dev.sluice.activators.partners.RetryHandler", toWebhooks);
        var gaps = begin(settings, "partner-activators", "dev.sluice.activators.aws.GapHandler", environment);
        var userData = begin(settings, "user-data-fn", "dev.sluice.userdata.aws.UserDataHandler", environment);
        try {
            return new Functions(
                    dispatcher.join(),
                    schedule.join(),
                    propagator.join(),
                    activator.join(),
                    retries.join(),
                    gaps.join(),
                    userData.join());
        } catch (CompletionException failed) {
            Stream.of(dispatcher, schedule, propagator, activator, retries, gaps, userData)
                    .forEach(start -> start.handle((function, error) -> {
                                if (function != null) {
                                    function.close();
                                }
                                return error;
                            })
                            .join());
            throw failed.getCause() instanceof ServerFailure known ? known : failed;
        }
    }

    @Override
    public void close() {
        List.of(dispatcher, schedule, propagator, activator, retries, gaps, userData)
                .forEach(LambdaFunction::close);
    }

    private static CompletableFuture<LambdaFunction> begin(
            HouseSettings settings, String module, String handler, Map<String, String> environment) {
        String name =
                "sluice-" + handler.substring(handler.lastIndexOf('.') + 1).replace("Handler", "");
        var function = LambdaFunctionSettings.of(name, handler, classPath(settings.module(module)), environment)
                .withTimeout(TIMEOUT)
                .withConcurrency(module.equals("dispatcher-fn") ? settings.dispatchers() : 1);
        return CompletableFuture.supplyAsync(() -> LambdaFunction.start(function, settings.run()));
    }

    private static List<Path> classPath(Path module) {
        Path libraries = module.resolve("target/lib");
        if (!Files.isDirectory(libraries)) {
            throw new ServerFailure(module.getFileName() + " is not built; run ./sluice build");
        }
        try (Stream<Path> jars = Files.list(libraries)) {
            Path classes = module.resolve("target/classes").toAbsolutePath();
            return Stream.concat(
                            Stream.of(classes), jars.map(Path::toAbsolutePath).sorted())
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
