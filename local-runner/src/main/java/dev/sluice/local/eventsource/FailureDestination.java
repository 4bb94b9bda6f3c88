package dev.sluice.local.eventsource;

/** Where batches go that were given up. Thread-safe. */
@FunctionalInterface
public interface FailureDestination {
    /** Nowhere: given-up records are only counted, as in Lambda when no destination is set. */
    FailureDestination NONE = batch -> {};

    /**
     * Keeps the batch; when this returns it is kept.
     *
     * @throws software.amazon.awssdk.core.exception.SdkException if it could not be kept; the caller tries again
     */
    void keep(FailedBatch batch);
}
