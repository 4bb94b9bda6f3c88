package dev.sluice.tracker;

/** What became of one {@link SlotBatch}. */
public sealed interface Outcome {
    /** The one instance that is needed. */
    Outcome STORED = new Stored();

    /** It is durable. */
    record Stored() implements Outcome {}

    /**
     * It is not known to be durable: it may or may not be there.
     *
     * @param reason for the log, without any content
     */
    record NotStored(String reason) implements Outcome {}

    /** Whether it is durable. */
    default boolean stored() {
        return this instanceof Stored;
    }
}
