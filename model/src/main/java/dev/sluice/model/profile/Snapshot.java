package dev.sluice.model.profile;

import dev.sluice.model.Value;

/**
 * What another store said of a person at one version: a row of the relational user table, or the statistics of one run of
 * the batch jobs. Immutable.
 *
 * @param version the higher is the newer; 0 if nothing was ever said
 */
public record Snapshot(long version, Value.Fields values) {
    /** Nothing was ever said. */
    public static final Snapshot NONE = new Snapshot(0, Value.Fields.NONE);
}
