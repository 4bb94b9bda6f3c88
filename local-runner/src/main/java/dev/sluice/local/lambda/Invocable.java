package dev.sluice.local.lambda;

/** Something that can be invoked as Lambda invokes a function. */
@FunctionalInterface
public interface Invocable {
    /** Lambda's limit on the payload of an invocation and of its answer, bytes. */
    int MAX_PAYLOAD_BYTES = 6 * 1024 * 1024;

    /**
     * Invokes once and waits for what comes of it; never retries. Thread-safe.
     *
     * @param event one JSON text, at most {@link #MAX_PAYLOAD_BYTES}
     */
    InvocationResult invoke(byte[] event);
}
