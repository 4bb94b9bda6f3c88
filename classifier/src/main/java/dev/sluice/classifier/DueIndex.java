package dev.sluice.classifier;

import dev.sluice.model.PersonKey;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * When people's memberships next change by themselves: an index in the order of time. An entry may be early, never late:
 * who finds someone due looks at the person's state, does what is to be done, and says when to look again. Moments are
 * kept to the millisecond, rounded down. An entry has no time to live. Thread-safe.
 */
public interface DueIndex {

    /**
     * Makes sure that each is found at its moment or before. Of two moments of a person the earlier one stays. One round
     * trip to each node of the store.
     *
     * @return exactly one result each, never {@link WriteResult#CONFLICT}
     */
    Map<PersonKey, WriteResult> schedule(Map<PersonKey, Instant> moments);

    /**
     * Takes people whose moment is at or before {@code now}, each of whom is then not found again by anyone for the time
     * of the lease, unless scheduled anew meanwhile. Fewer than {@code most} means that there were no more. Of each slot
     * of the ring the earliest come first; with which slot it begins changes from call to call, and if there are more than
     * {@code most}, each slot gives its share. Who takes people and says nothing more of them leaves them to be found when
     * the lease is over.
     *
     * @param most 1 to 10,000
     * @param lease from 1 ms
     * @return the earliest first; of a store that is reached in part, what that part holds
     */
    Answer<List<Claim>> claim(Instant now, int most, Duration lease);

    /**
     * Says of people taken when to look at them again, or that there is no need to. What was scheduled since they were
     * taken stays if it is earlier; who was taken by another meanwhile stays taken.
     *
     * @return exactly one result each, never {@link WriteResult#CONFLICT}
     */
    Map<PersonKey, WriteResult> settle(Map<Claim, Optional<Instant>> settled);

    /**
     * Someone who was taken.
     *
     * @param due moment that had come
     */
    record Claim(PersonKey key, Instant due, Instant leasedUntil) {}
}
