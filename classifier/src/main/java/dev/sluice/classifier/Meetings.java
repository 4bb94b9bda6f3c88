package dev.sluice.classifier;

import java.util.Optional;

/**
 * Keeps meetings durably, elsewhere than in the store of states, so that a classifier that starts knows what was lost before.
 * Thread-safe; nothing is retried here beyond a client's own bounded retries.
 */
public interface Meetings {
    /** Remembers nothing: each process knows what it has met itself. */
    Meetings NOT_KEPT = new Meetings() {
        @Override
        public Answer<Optional<Meeting>> read(String place) {
            return new Answer.Found<>(Optional.empty());
        }

        @Override
        public WriteResult write(Meeting meeting) {
            return WriteResult.WRITTEN;
        }
    };

    /** The last one at a place; what was written before the call is seen. */
    Answer<Optional<Meeting>> read(String place);

    /**
     * Writes it if the stored one has exactly the version before, or, for version 1, if there is none. Compare and write are
     * one atomic step. What is stored already under that version and writer token is {@link WriteResult#WRITTEN}.
     */
    WriteResult write(Meeting meeting);
}
