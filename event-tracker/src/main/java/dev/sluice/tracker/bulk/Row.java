package dev.sluice.tracker.bulk;

import dev.sluice.model.Value;
import dev.sluice.tracker.Problem;

/** One row of a file. */
public sealed interface Row {
    /** What is known of every row. */
    Source source();

    /**
     * Where a row came from.
     *
     * @param line on which it begins, from 1
     * @param after where the next one begins
     * @param bytes as they are in the file, without the end of the line; nobody may change them
     */
    record Source(long line, Position after, byte[] bytes) {}

    /** Values under the names of their columns; empty cells are left out. */
    record Cells(Source source, Value.Fields values) implements Row {}

    /** A whole message of the tracking API. */
    record Message(Source source) implements Row {}

    /** It cannot be read. */
    record Unreadable(Source source, Problem problem) implements Row {}
}
