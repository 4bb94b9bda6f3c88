package dev.sluice.local.lambda;

import java.time.Duration;

/** What came of one invocation. All but {@link Success} are function errors to an event source mapping. */
public sealed interface InvocationResult {
    /** The handler returned this JSON text. */
    record Success(byte[] payload) implements InvocationResult {}

    /**
     * The handler threw; the process lives on.
     *
     * @param type class name of the error, or one of Lambda's own such as {@code Runtime.ResponseSizeTooLarge}
     * @param payload the error as the runtime sent it
     */
    record FunctionError(String type, String message, byte[] payload) implements InvocationResult {}

    /** The process died, or could not be started; the next invocation starts another. */
    record Crash(String reason) implements InvocationResult {}

    /** The handler took longer than the function's timeout; its process was killed. */
    record Timeout(Duration limit) implements InvocationResult {}
}
