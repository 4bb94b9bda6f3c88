package dev.sluice.activators.propagator;

import dev.sluice.activators.propagator.ToldPeople.Told;
import dev.sluice.model.PersonKey;
import dev.sluice.model.activation.ProfileChange;
import dev.sluice.model.activation.ProfileChangeJson;
import dev.sluice.model.profile.Cause;
import dev.sluice.model.profile.Shared;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Those of whom partners know though their profile is gone: it was removed while the propagator was off. Each page holds, of
 * each, the line that says that they were erased. Thread-safe.
 */
final class GonePeople implements ProfilePages {
    private final ToldPeople told;
    private final ProfilePages profiles;

    GonePeople(ToldPeople told, ProfilePages profiles) {
        this.told = told;
        this.profiles = profiles;
    }

    @Override
    public Page page(int segment, int segments, Optional<String> after, int limit) {
        ToldPeople.Page page = told.page(segment, segments, after, limit);
        List<PersonKey> people =
                page.people().stream().map(Told::person).distinct().toList();
        Set<PersonKey> there = people.isEmpty() ? Set.of() : profiles.present(people);
        List<byte[]> lines = page.people().stream()
                .filter(one -> !there.contains(one.person()))
                .map(GonePeople::erased)
                .map(ProfileChangeJson::write)
                .toList();
        return new Page(lines, page.next(), page.people().size());
    }

    @Override
    public Set<PersonKey> present(List<PersonKey> people) {
        return profiles.present(people);
    }

    /** As if by one more version, just after what was heard last: whoever comes back meanwhile was received later. */
    private static ProfileChange erased(Told one) {
        var cause = new Cause(Cause.Kind.CORRECTION, "gone", one.heard().plusMillis(1), Optional.empty());
        return new ProfileChange(
                one.person(),
                one.version() + 1,
                0,
                one.heard().plusMillis(1),
                cause,
                Map.of(),
                List.of(),
                Shared.NOTHING,
                true);
    }
}
