package dev.sluice.benchmarks;

import dev.sluice.classifier.Answer;
import dev.sluice.classifier.Profiles;
import dev.sluice.classifier.WriteResult;
import dev.sluice.model.PersonKey;
import dev.sluice.model.profile.SegmentedProfile;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * Keeps profiles in this process's memory, where it costs next to nothing to find them: shows what reading them from
 * DynamoDB costs otherwise. Thread-safe.
 */
final class RememberedProfiles implements Profiles {
    private final Function<PersonKey, SegmentedProfile> stored;
    private final Map<PersonKey, SegmentedProfile> changed = new ConcurrentHashMap<>();

    /** @param stored what there is of a person before anything is written here */
    RememberedProfiles(Function<PersonKey, SegmentedProfile> stored) {
        this.stored = stored;
    }

    @Override
    public Map<PersonKey, Answer<Optional<SegmentedProfile>>> read(Collection<PersonKey> people) {
        Map<PersonKey, Answer<Optional<SegmentedProfile>>> answers = new HashMap<>();
        people.forEach(key -> answers.put(key, new Answer.Found<>(Optional.of(profile(key)))));
        return answers;
    }

    private SegmentedProfile profile(PersonKey key) {
        SegmentedProfile latest = changed.get(key);
        return latest == null ? stored.apply(key) : latest;
    }

    @Override
    public Map<PersonKey, WriteResult> write(List<SegmentedProfile> profiles) {
        Map<PersonKey, WriteResult> results = new HashMap<>();
        for (SegmentedProfile profile : profiles) {
            SegmentedProfile now = changed.compute(
                    profile.key(),
                    (key, before) -> (before == null ? stored.apply(key) : before).version() == profile.version() - 1
                            ? profile
                            : before);
            results.put(profile.key(), profile.equals(now) ? WriteResult.WRITTEN : WriteResult.CONFLICT);
        }
        return results;
    }
}
