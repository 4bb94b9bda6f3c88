package dev.sluice.userdata;

import dev.sluice.model.PersonKey;
import dev.sluice.model.Value;
import java.time.Instant;

/**
 * What happened to a person's row in the relational store. Read by {@link RowChangeJson}. Immutable.
 *
 * <p>Changes may come twice and in any order; the version tells which is newest.
 */
public sealed interface RowChange {
    /** Whose row. */
    PersonKey key();

    /** 1 or more; of two changes of one account the higher is newer, and no two have the same. */
    long version();

    /** When the database saw it, to the millisecond. */
    Instant changedAt();

    /**
     * The row was inserted or updated.
     *
     * @param operation which of the two
     * @param traits the row's columns that are not null, within {@link RowLimits}
     */
    record Written(PersonKey key, long version, Instant changedAt, Operation operation, Value.Fields traits)
            implements RowChange {}

    /** The row was deleted. */
    record Removed(PersonKey key, long version, Instant changedAt) implements RowChange {}

    /** How a row came to be as it is. */
    enum Operation {
        INSERT,
        UPDATE
    }
}
