package dev.sluice.dispatcher.schedule;

import java.util.List;
import java.util.Optional;

/** The stored events, in files in the order in which they were delivered. Thread-safe. */
public interface Lake {
    /**
     * Names of files after a name, in order; empty if there are no more.
     *
     * @throws UnavailableException if it cannot be said
     */
    List<String> filesAfter(String name);

    /**
     * The lines of a file; empty if it cannot be read as lines, ever.
     *
     * @throws UnavailableException if it cannot be read now
     */
    Optional<List<byte[]>> lines(String file);

    /** The lake did not answer. */
    final class UnavailableException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        public UnavailableException(String message) {
            super(message);
        }
    }
}
