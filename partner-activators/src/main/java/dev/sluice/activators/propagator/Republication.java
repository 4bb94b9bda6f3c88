package dev.sluice.activators.propagator;

import dev.sluice.activators.Pause;
import dev.sluice.model.MalformedException;
import dev.sluice.model.PersonKey;
import dev.sluice.model.activation.ProfileChange;
import dev.sluice.model.activation.ProfileChangeJson;
import dev.sluice.model.profile.SegmentedProfile;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Makes good what the propagator gave up, for the people concerned alone: puts how each of them stands now onto the activations
 * stream, and first that they were erased if that is what was lost. A lost version itself is not sent: newer ones may be known
 * already. Who knows how a person stands hears nothing new, so doing it again changes nothing at any partner. Thread-safe.
 */
public final class Republication {
    private final Profiles profiles;
    private final ActivationSink sink;
    private final Pause pause;
    private final PropagatorLimits limits;

    /** @param pause waits between attempts to put */
    public Republication(Profiles profiles, ActivationSink sink, Pause pause, PropagatorLimits limits) {
        this.profiles = profiles;
        this.sink = sink;
        this.pause = pause;
        this.limits = limits;
    }

    /**
     * What was done, or would be.
     *
     * @param people of whom something was lost
     * @param lines put for them
     * @param unreadable people of whom nothing can be said, since what is stored of them cannot be read
     * @param whole whether all lines are durable; if not, do it again
     */
    public record Done(int people, int lines, int unreadable, boolean whole) {}

    /**
     * Puts the lines.
     *
     * @param dry whether they are only counted
     * @throws dev.sluice.activators.UnreachableException if the profiles do not answer
     */
    public Done run(Collection<Lost> versions, boolean dry) {
        Map<PersonKey, List<Lost>> people = new LinkedHashMap<>();
        versions.forEach(lost ->
                people.computeIfAbsent(lost.person(), any -> new ArrayList<>()).add(lost));
        List<PersonKey> all = List.copyOf(people.keySet());
        int lines = 0;
        int unreadable = 0;
        for (int from = 0; from < all.size(); from += Profiles.MAX_READ) {
            List<PersonKey> some = all.subList(from, Math.min(all.size(), from + Profiles.MAX_READ));
            Map<PersonKey, byte[]> stored = profiles.read(some);
            var waves = new SlotWaves(limits);
            for (PersonKey person : some) {
                List<ProfileChange> said =
                        lines(people.getOrDefault(person, List.of()), Optional.ofNullable(stored.get(person)));
                for (ProfileChange line : said) {
                    waves.add(lines++, person, ProfileChangeJson.write(line));
                }
                unreadable += said.isEmpty() ? 1 : 0;
            }
            if (!dry && waves.send(sink, pause, () -> true).isPresent()) {
                return new Done(all.size(), lines, unreadable, false);
            }
        }
        return new Done(all.size(), lines, unreadable, true);
    }

    /** That the person was erased, if that was lost or they are gone; then how they stand, if they are there. */
    private static List<ProfileChange> lines(List<Lost> lost, Optional<byte[]> stored) {
        Optional<SegmentedProfile> now = stored.flatMap(Republication::readable);
        if (stored.isPresent() && now.isEmpty()) {
            return List.of();
        }
        Optional<ProfileChange> erased = lost.stream()
                .filter(one -> one.removed() || stored.isEmpty())
                .flatMap(one -> one.profile().flatMap(Republication::readable).stream())
                .max(Comparator.comparingLong(SegmentedProfile::version))
                .map(ProfileChanges::erased);
        return Stream.concat(erased.stream(), now.map(ProfileChanges::standing).stream())
                .toList();
    }

    private static Optional<SegmentedProfile> readable(byte[] json) {
        try {
            return Optional.of(ProfileChanges.profile(json));
        } catch (MalformedException e) {
            return Optional.empty();
        }
    }
}
