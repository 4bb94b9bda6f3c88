package dev.sluice.userdata;

import dev.sluice.model.PersonKey;
import dev.sluice.model.Value;

/**
 * What happened to a person's row in the relational store. Read by {@link RowChangeJson}. Immutable.
 *
 * <p>Changes may come twice and in any order; the version tells which is newest.
 */
public sealed interface RowChange {
    /** Whose row. */
    PersonKey key();

    /** 1 or more; of two changes of one person the higher is newer. */
    long version();

    /**
     * The row was inserted or updated.
     *
     * @param traits the row's columns, within {@link RowLimits}
     */
    record Written(PersonKey key, long version, Value.Fields traits) implements RowChange {}

    /** The row was deleted. */
    record Removed(PersonKey key, long version) implements RowChange {}
}
