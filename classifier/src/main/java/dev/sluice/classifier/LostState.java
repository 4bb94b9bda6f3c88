package dev.sluice.classifier;

import dev.sluice.model.profile.FoldState;
import dev.sluice.model.profile.Recent;
import dev.sluice.model.profile.SegmentedProfile;
import dev.sluice.model.profile.UserState;
import java.util.List;
import java.util.Optional;

/**
 * Of a person whose state has gone (the cache lost it or its time was over) but whose profile is stored, the profile is
 * where folding goes on: what was appended stays. The events before it are no longer known, so counts begin anew and what
 * is live follows them; one at the very moment of the profile's last is taken for known; traits come only with the next
 * identify. The batch side puts that right.
 */
final class LostState {
    /** Sorts after every id that a tracker gives, so that a base taken from a profile covers its last moment whole. */
    private static final String AFTER_EVERY_ID = "\uffff";

    private LostState() {}

    /** @param state of which nothing is kept */
    static UserState basedOn(Optional<SegmentedProfile> stored, UserState state) {
        if (stored.isEmpty()) {
            return state;
        }
        SegmentedProfile profile = stored.get();
        var base = new FoldState(
                profile.asOf(), AFTER_EVERY_ID, state.recent().base().traits(), profile.memberships());
        var recent = new Recent(profile.ruleSet(), base, List.of(), base);
        return new UserState(state.key(), state.profile(), state.statistics(), recent, 0);
    }
}
