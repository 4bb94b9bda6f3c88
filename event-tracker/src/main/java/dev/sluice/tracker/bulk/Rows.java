package dev.sluice.tracker.bulk;

import java.io.IOException;
import java.util.Optional;

/** The rows of a file, one after the other; used by one thread. */
public interface Rows extends AutoCloseable {
    /** Longest row, in bytes: eight times the largest event, so that what a mapping leaves out has room. */
    int MAX_ROW_BYTES = 256 << 10;

    /** The next row, readable or not; empty at the end. */
    Optional<Row> next() throws IOException;

    @Override
    void close() throws IOException;
}
