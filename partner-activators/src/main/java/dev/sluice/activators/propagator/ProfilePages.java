package dev.sluice.activators.propagator;

import dev.sluice.activators.UnreachableException;
import dev.sluice.model.PersonKey;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * All stored profiles, page by page, in segments that can be gone through beside each other. A profile that is written
 * meanwhile is there in some version or other; one that stands still is there once. Thread-safe; the caller retries.
 */
public interface ProfilePages {
    /**
     * Some profiles.
     *
     * @param profiles JSON of each item's profile, as it is stored
     * @param next where the segment goes on; empty at its end
     * @param looked at how many items for it
     */
    record Page(List<byte[]> profiles, Optional<String> next, int looked) {
        public Page {
            profiles = List.copyOf(profiles);
        }

        public Page(List<byte[]> profiles, Optional<String> next) {
            this(profiles, next, profiles.size());
        }
    }

    /**
     * The page of a segment after a place.
     *
     * @param segment 0 to {@code segments} − 1
     * @param after what the page before said; empty for the first
     * @throws UnreachableException if it cannot be had
     */
    Page page(int segment, int segments, Optional<String> after, int limit);

    /**
     * Those of these people who have a profile.
     *
     * @throws UnreachableException if it is not known
     */
    Set<PersonKey> present(List<PersonKey> people);
}
