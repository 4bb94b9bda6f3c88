package dev.sluice.activators.propagator;

import dev.sluice.activators.UnreachableException;
import dev.sluice.model.PersonKey;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The people of whom partners have been told something, or are to be, page by page, in segments that can be gone through
 * beside each other: each once for every connection that knows them. Thread-safe; the caller retries.
 */
public interface ToldPeople {
    /**
     * Somebody who has not been erased, as one connection knows them.
     *
     * @param version of the profile that was heard of last
     * @param heard when the newest happening was received of which was heard
     */
    record Told(PersonKey person, long version, Instant heard) {}

    /**
     * Some of them.
     *
     * @param next where the segment goes on; empty at its end
     */
    record Page(List<Told> people, Optional<String> next) {
        public Page {
            people = List.copyOf(people);
        }
    }

    /**
     * The page of a segment after a place.
     *
     * @param after what the page before said; empty for the first
     * @throws UnreachableException if it cannot be had
     */
    Page page(int segment, int segments, Optional<String> after, int limit);
}
