package dev.sluice.classifier.memory;

import dev.sluice.classifier.Answer;
import dev.sluice.classifier.Profiles;
import dev.sluice.classifier.WriteResult;
import dev.sluice.model.PersonKey;
import dev.sluice.model.profile.SegmentedProfile;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Profiles in memory, with every version that was written. Thread-safe. */
public final class MemoryProfiles implements Profiles {
    private final Map<PersonKey, SegmentedProfile> current = new HashMap<>();
    private final List<SegmentedProfile> written = new ArrayList<>();

    @Override
    public synchronized Map<PersonKey, Answer<Optional<SegmentedProfile>>> read(Collection<PersonKey> people) {
        Map<PersonKey, Answer<Optional<SegmentedProfile>>> answers = new LinkedHashMap<>();
        people.forEach(key -> answers.put(key, new Answer.Found<>(Optional.ofNullable(current.get(key)))));
        return answers;
    }

    @Override
    public synchronized Map<PersonKey, WriteResult> write(List<SegmentedProfile> profiles) {
        Map<PersonKey, WriteResult> results = new LinkedHashMap<>();
        profiles.forEach(profile -> results.put(profile.key(), write(profile)));
        return results;
    }

    /** Every version written so far, in the order of writing. */
    public synchronized List<SegmentedProfile> written() {
        return List.copyOf(written);
    }

    private WriteResult write(SegmentedProfile profile) {
        SegmentedProfile stored = current.get(profile.key());
        long version = stored == null ? 0 : stored.version();
        if (version == profile.version() - 1) {
            current.put(profile.key(), profile);
            written.add(profile);
            return WriteResult.WRITTEN;
        }
        boolean own = stored != null
                && version == profile.version()
                && stored.writer().equals(profile.writer());
        return own ? WriteResult.WRITTEN : WriteResult.CONFLICT;
    }
}
