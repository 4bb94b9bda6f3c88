package dev.sluice.classifier;

import dev.sluice.model.profile.Membership;
import dev.sluice.model.profile.SegmentedProfile;
import dev.sluice.model.profile.SegmentedProfileJson;
import dev.sluice.model.profile.Shared;
import dev.sluice.model.profile.Sharing;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Keeps a profile within what its store takes: an item of DynamoDB holds 400 KiB. What is told besides the memberships goes
 * first: what is shared of the event, then the memberships that have ended, then when the others will. What is shared of
 * the person stays, for partners would take its absence for a withdrawal.
 */
final class ProfileSize {
    /** JSON of a profile; the rest of the item is for its key and its version. */
    static final int MAX_BYTES = 400_000;

    /** What is written once in each profile, and its key, escaped. */
    private static final int ONCE = 16_000;

    /** More than a membership takes besides its segment's id, or one that has ended. */
    private static final int EACH = 200;

    /** More than what is shared takes, every character of it escaped. */
    private static final int SHARED = 2 * 6 * Sharing.MAX_CHARACTERS + 100 * EACH;

    private ProfileSize() {}

    /** The profile, or as much of it as fits; empty if the memberships alone are too many. */
    static Optional<SegmentedProfile> fitting(SegmentedProfile profile) {
        if (fits(profile)) {
            return Optional.of(profile);
        }
        SegmentedProfile eventless = profile.with(new Shared(profile.shared().traits(), Optional.empty()));
        if (fits(eventless)) {
            return Optional.of(eventless);
        }
        SegmentedProfile pastless = eventless.with(profile.memberships(), List.of());
        if (fits(pastless)) {
            return Optional.of(pastless);
        }
        return Optional.of(eventless.with(endless(profile.memberships()), List.of()))
                .filter(ProfileSize::fits);
    }

    private static Map<String, Membership> endless(Map<String, Membership> memberships) {
        Map<String, Membership> endless = new TreeMap<>(memberships);
        endless.replaceAll(
                (segment, membership) -> new Membership(membership.since(), membership.ruleSet(), membership.direct()));
        return endless;
    }

    /** Nearly all are far too small to be written out for this. */
    private static boolean fits(SegmentedProfile profile) {
        int most = ONCE + profile.past().size() * 2 * EACH;
        most += profile.shared().isNothing() ? 0 : SHARED;
        for (String segment : profile.memberships().keySet()) {
            most += EACH + segment.length();
        }
        return most <= MAX_BYTES || SegmentedProfileJson.write(profile).length <= MAX_BYTES;
    }
}
