package dev.sluice.activators;

import dev.sluice.model.MalformedException;
import dev.sluice.model.profile.SegmentChange;
import dev.sluice.model.profile.SegmentedProfile;
import dev.sluice.model.profile.SegmentedProfileJson;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Which segments a person entered and left by one write to the profile table. Stateless. */
final class ProfileChanges {
    private ProfileChanges() {}

    /**
     * The changes, in the order in which partners must hear of them.
     *
     * @throws MalformedException if an image that must be there is missing or is not a profile
     */
    static List<SegmentChange> of(ProfileVersion record) {
        return switch (record.kind()) {
            case INSERT -> SegmentChange.between(Optional.empty(), profile("NewImage", record.after()));
            case MODIFY -> between(profile("OldImage", record.before()), profile("NewImage", record.after()));
            case REMOVE -> left(profile("OldImage", record.before()));
        };
    }

    private static List<SegmentChange> between(SegmentedProfile before, SegmentedProfile after) {
        if (!before.key().equals(after.key())) {
            throw new MalformedException("OldImage and NewImage are of different people");
        }
        return SegmentChange.between(Optional.of(before), after);
    }

    /** Whoever is erased has left everything, as if by one more version without memberships. */
    private static List<SegmentChange> left(SegmentedProfile last) {
        var gone = new SegmentedProfile(
                last.key(), last.version() + 1, last.ruleSet(), last.asOf(), last.writer(), Map.of(), last.cause());
        return SegmentChange.between(Optional.of(last), gone);
    }

    private static SegmentedProfile profile(String image, Optional<byte[]> json) {
        try {
            return SegmentedProfileJson.read(
                    json.orElseThrow(() -> new MalformedException("the string attribute profile is missing")));
        } catch (MalformedException e) {
            throw new MalformedException(image + ": " + e.getMessage(), e);
        }
    }
}
