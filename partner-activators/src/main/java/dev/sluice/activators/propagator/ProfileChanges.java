package dev.sluice.activators.propagator;

import dev.sluice.model.MalformedException;
import dev.sluice.model.activation.ProfileChange;
import dev.sluice.model.profile.Membership;
import dev.sluice.model.profile.SegmentChange;
import dev.sluice.model.profile.SegmentedProfile;
import dev.sluice.model.profile.SegmentedProfileJson;
import dev.sluice.model.profile.Shared;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What one write to the profile table means to partners. Stateless. */
final class ProfileChanges {
    private ProfileChanges() {}

    /**
     * What partners are to hear; empty if the write changed neither a membership nor what is shared.
     *
     * @throws MalformedException if an image that must be there is missing or is not a profile
     */
    static Optional<ProfileChange> of(ProfileVersion record) {
        return switch (record.kind()) {
            case INSERT -> between(Optional.empty(), profile("NewImage", record.after()));
            case MODIFY ->
                between(Optional.of(profile("OldImage", record.before())), profile("NewImage", record.after()));
            case REMOVE -> Optional.of(erased(profile("OldImage", record.before())));
        };
    }

    /** How a profile stands, with no changes: who knows that version already hears nothing new. */
    static ProfileChange standing(SegmentedProfile profile) {
        return change(profile, List.of(), false);
    }

    /**
     * A stored profile.
     *
     * @throws MalformedException if it is none
     */
    static SegmentedProfile profile(byte[] json) {
        return SegmentedProfileJson.read(json);
    }

    private static Optional<ProfileChange> between(Optional<SegmentedProfile> before, SegmentedProfile after) {
        if (before.filter(profile -> !profile.key().equals(after.key())).isPresent()) {
            throw new MalformedException("OldImage and NewImage are of different people");
        }
        boolean saysTheSame = since(before.map(SegmentedProfile::memberships).orElse(Map.of()))
                        .equals(since(after.memberships()))
                && before.map(SegmentedProfile::shared)
                        .orElse(Shared.NOTHING)
                        .traits()
                        .equals(after.shared().traits());
        return saysTheSame ? Optional.empty() : Optional.of(change(after, SegmentChange.between(before, after), false));
    }

    /** Whoever is erased has left everything, as if by one more version without memberships. */
    static ProfileChange erased(SegmentedProfile last) {
        var gone = new SegmentedProfile(
                last.key(), last.version() + 1, last.ruleSet(), last.asOf(), last.writer(), Map.of(), last.cause());
        return change(gone, SegmentChange.between(Optional.of(last), gone), true);
    }

    private static ProfileChange change(SegmentedProfile profile, List<SegmentChange> changes, boolean erased) {
        return new ProfileChange(
                profile.key(),
                profile.version(),
                profile.ruleSet(),
                profile.asOf(),
                profile.cause(),
                since(profile.memberships()),
                changes,
                profile.shared(),
                erased);
    }

    private static Map<String, Instant> since(Map<String, Membership> memberships) {
        Map<String, Instant> since = new TreeMap<>();
        memberships.forEach((segment, membership) -> since.put(segment, membership.since()));
        return since;
    }

    private static SegmentedProfile profile(String image, Optional<byte[]> json) {
        try {
            return profile(json.orElseThrow(() -> new MalformedException("the string attribute profile is missing")));
        } catch (MalformedException e) {
            throw new MalformedException(image + ": " + e.getMessage(), e);
        }
    }
}
