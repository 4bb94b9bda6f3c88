package dev.sluice.tracker.command;

import java.io.IOException;
import java.io.InputStream;

/** What is imported. It must not change meanwhile; {@link #identity} tells whether it has. */
interface ImportFile extends AutoCloseable {
    /** As the user named it. */
    String name();

    /** Other after a change. */
    String identity();

    /** Of the whole, as it is stored. */
    long bytes();

    /** Its bytes from an offset on, as they are stored; fails if it has changed since it was opened. */
    InputStream open(long offset) throws IOException;

    @Override
    void close();
}
