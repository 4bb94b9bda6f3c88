package dev.sluice.local.lambda;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * A function as it would be deployed.
 *
 * @param name the function's name
 * @param handler {@code package.Class} or {@code package.Class::method}
 * @param classPath jars and folders with the handler and what it needs; the runtime itself is added
 * @param environment the function's own variables
 * @param concurrency how many invocations may run at once, each in a JVM of its own; 1 to 32
 * @param memoryMegabytes greatest heap of each JVM; 64 to 10,240
 * @param timeout the longest that one invocation may take; at most 15 minutes
 */
public record LambdaFunctionSettings(
        String name,
        String handler,
        List<Path> classPath,
        Map<String, String> environment,
        int concurrency,
        int memoryMegabytes,
        Duration timeout) {
    private static final int MAX_CONCURRENCY = 32;
    private static final int MIN_MEMORY = 64;
    private static final int MAX_MEMORY = 10_240;
    private static final Duration MAX_TIMEOUT = Duration.ofMinutes(15);

    public LambdaFunctionSettings {
        classPath = List.copyOf(classPath);
        environment = Map.copyOf(environment);
        require(!name.isBlank(), "a function needs a name");
        require(!handler.isBlank(), name + " needs a handler");
        require(
                concurrency >= 1 && concurrency <= MAX_CONCURRENCY,
                name + ": concurrency " + concurrency + " is not between 1 and " + MAX_CONCURRENCY);
        require(
                memoryMegabytes >= MIN_MEMORY && memoryMegabytes <= MAX_MEMORY,
                name + ": memory " + memoryMegabytes + " MB is not between " + MIN_MEMORY + " and " + MAX_MEMORY);
        require(
                timeout.isPositive() && timeout.compareTo(MAX_TIMEOUT) <= 0,
                name + ": timeout " + timeout + " is not within (0, " + MAX_TIMEOUT + "]");
    }

    /** One JVM of 256 MB, with Lambda's timeout of 30 s for the handlers of this house. */
    public static LambdaFunctionSettings of(
            String name, String handler, List<Path> classPath, Map<String, String> environment) {
        return new LambdaFunctionSettings(name, handler, classPath, environment, 1, 256, Duration.ofSeconds(30));
    }

    public LambdaFunctionSettings withConcurrency(int invocations) {
        return new LambdaFunctionSettings(name, handler, classPath, environment, invocations, memoryMegabytes, timeout);
    }

    public LambdaFunctionSettings withTimeout(Duration limit) {
        return new LambdaFunctionSettings(name, handler, classPath, environment, concurrency, memoryMegabytes, limit);
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new IllegalArgumentException(otherwise);
        }
    }
}
