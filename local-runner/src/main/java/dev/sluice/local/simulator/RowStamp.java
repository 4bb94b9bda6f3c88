package dev.sluice.local.simulator;

import java.time.Instant;

/**
 * What the database said of a change of a row.
 *
 * @param version of a person's changes the highest is the newest
 * @param changedAt the event time of the change, to the millisecond
 */
public record RowStamp(long version, Instant changedAt) {}
