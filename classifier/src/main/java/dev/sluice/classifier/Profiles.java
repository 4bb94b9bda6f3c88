package dev.sluice.classifier;

import dev.sluice.model.PersonKey;
import dev.sluice.model.profile.SegmentedProfile;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Where segmented profiles are stored. Every written version is seen, in order, by whoever watches the store's changes.
 *
 * <p>Each call answers for each person; what one answer is says nothing of the others. Order among people is not kept.
 * A client's own retries of a request that timed out are bounded and happen here; nothing else is retried. Thread-safe.
 */
public interface Profiles {
    /**
     * Reads profiles as they are now: what was written before the call is seen.
     *
     * @param people each once
     * @return exactly one answer for each; empty if there is none
     */
    Map<PersonKey, Answer<Optional<SegmentedProfile>>> read(Collection<PersonKey> people);

    /**
     * Writes each profile if the stored one has exactly the version before, or, for version 1, if there is none. Compare
     * and write are one atomic step for each person; there is none across people.
     *
     * <p>A profile whose writer token is stored already under that version is {@link WriteResult#WRITTEN}: an earlier
     * attempt of the same write had succeeded unheard.
     *
     * @param profiles of different people
     * @return exactly one result for each
     */
    Map<PersonKey, WriteResult> write(List<SegmentedProfile> profiles);
}
