package dev.sluice.classifier;

import dev.sluice.model.PersonKey;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * When people's memberships next change by themselves: an index in the order of time. An entry may be early, never late:
 * who is found before the time is looked at and put back. Each person has at most one entry. Thread-safe; nothing is
 * retried here.
 */
public interface DueIndex {
    /**
     * Makes sure that each is found at the moment or before.
     *
     * @return exactly one result for each: {@link WriteResult#WRITTEN} or {@link WriteResult#UNREACHABLE}
     */
    Map<PersonKey, WriteResult> schedule(Map<PersonKey, Instant> moments);

    /**
     * Takes people whose moment is at or before now; nobody else takes them for as long as the lease. Who is not settled by
     * then is found again.
     *
     * @param most people
     */
    Answer<List<Claim>> claim(Instant now, int most, Duration lease);

    /**
     * After acting: the entry moves to the next moment, or goes if there is none, unless someone has scheduled the person
     * earlier meanwhile.
     *
     * @return exactly one result for each, as of {@link #schedule}
     */
    Map<PersonKey, WriteResult> settle(Map<Claim, Optional<Instant>> settled);

    /**
     * A person taken.
     *
     * @param due the moment of the entry
     * @param leasedUntil where the entry stands now
     */
    record Claim(PersonKey key, Instant due, Instant leasedUntil) {}
}
