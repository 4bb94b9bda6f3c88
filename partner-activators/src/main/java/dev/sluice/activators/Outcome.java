package dev.sluice.activators;

/** How a partner took a delivery; the kind decides what happens next. */
public sealed interface Outcome {
    /** The partner has it. */
    record Delivered() implements Outcome {}

    /**
     * The partner will never take it: it is set aside.
     *
     * @param reason without anything that the partner wrote
     */
    record Rejected(String reason) implements Outcome {}

    /**
     * The partner may take it later: it comes again, under the same delivery id.
     *
     * @param reason without anything that the partner wrote
     */
    record RetryLater(String reason) implements Outcome {}
}
