package dev.sluice.dispatcher;

import dev.sluice.model.RejectedEvent;
import java.time.Instant;

/**
 * Where what cannot be processed is kept for people to look at and to replay. Keeping the same thing again replaces it:
 * a record that comes again leaves one copy. Thread-safe.
 */
public interface SetAsides {
    /**
     * Keeps it durably.
     *
     * @param arrivedAt decides the hour it is filed under
     * @param name unique for what is kept: letters, digits and hyphens
     */
    Outcome keep(Instant arrivedAt, String name, RejectedEvent original);

    /** Whether it is kept. */
    sealed interface Outcome {}

    /** Durably. */
    record Kept() implements Outcome {}

    /** Not kept: the record must come again. */
    record NotKept(String reason) implements Outcome {}
}
