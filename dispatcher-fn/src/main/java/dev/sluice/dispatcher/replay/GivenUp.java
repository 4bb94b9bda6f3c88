package dev.sluice.dispatcher.replay;

import java.time.Instant;
import java.util.List;

/** What the dispatcher could not have classified, as it is kept. Thread-safe. */
public interface GivenUp {
    /**
     * Names of what was set aside in the hours of a time, and of the batches that Lambda gave up in it.
     *
     * @throws UnavailableException if it cannot be said
     */
    List<String> names(Instant from, Instant to);

    /**
     * The event lines of one of them.
     *
     * @throws UnavailableException if it cannot be read now
     */
    Lines read(String name);

    /**
     * Event lines.
     *
     * @param unreadable records in which nobody can find any; 1 of an object that is none of these at all
     */
    record Lines(List<byte[]> lines, int unreadable) {
        public Lines {
            lines = List.copyOf(lines);
        }
    }

    /** The store did not answer. */
    final class UnavailableException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        public UnavailableException(String message) {
            super(message);
        }
    }
}
