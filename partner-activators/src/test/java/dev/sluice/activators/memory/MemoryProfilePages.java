package dev.sluice.activators.memory;

import dev.sluice.activators.UnreachableException;
import dev.sluice.activators.propagator.ProfilePages;
import dev.sluice.model.PersonKey;
import dev.sluice.model.Ring;
import dev.sluice.model.profile.SegmentedProfile;
import dev.sluice.model.profile.SegmentedProfileJson;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The profile table in memory. Thread-safe. */
public final class MemoryProfilePages implements ProfilePages {
    private final TreeMap<String, byte[]> profiles = new TreeMap<>();
    private int answers = Integer.MAX_VALUE;

    /** Stores a profile. */
    public void store(SegmentedProfile profile) {
        store(profile.key(), SegmentedProfileJson.write(profile));
    }

    /** Stores whatever this is. */
    public synchronized void store(PersonKey key, byte[] json) {
        profiles.put(key.qualified(), json);
    }

    /** Removes a profile. */
    public synchronized void remove(PersonKey key) {
        profiles.remove(key.qualified());
    }

    @Override
    public synchronized Set<PersonKey> present(List<PersonKey> people) {
        return people.stream()
                .filter(person -> profiles.containsKey(person.qualified()))
                .collect(Collectors.toSet());
    }

    /** Answers only so often from now on. */
    public synchronized void answers(int most) {
        answers = most;
    }

    @Override
    public synchronized Page page(int segment, int segments, Optional<String> after, int limit) {
        if (answers-- <= 0) {
            throw new UnreachableException("down", new IllegalStateException());
        }
        Map<String, byte[]> rest = after.isPresent() ? profiles.tailMap(after.get(), false) : profiles;
        List<String> page = rest.keySet().stream()
                .filter(person -> Ring.slot(PersonKey.parse(person)) % segments == segment)
                .limit(limit)
                .toList();
        return new Page(
                page.stream().map(rest::get).toList(),
                page.size() < limit ? Optional.empty() : Optional.of(page.getLast()));
    }
}
