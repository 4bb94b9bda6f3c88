package dev.sluice.classifier;

import dev.sluice.model.profile.FoldState;
import dev.sluice.model.profile.Held;
import dev.sluice.model.profile.Recent;
import dev.sluice.model.profile.SegmentedProfile;
import dev.sluice.model.profile.UserState;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Of a person whose state has gone (the cache lost it, or its time was over) but whose profile is stored, the memberships
 * of the profile are held; so too of a person whose state may have lost something: nobody leaves a segment because of
 * forgetting. What happens from now on, and what is sent
 * again from the lake, is folded as if from the beginning.
 */
final class LostState {
    private LostState() {}

    /** @param state of which nothing is kept, or that may have lost something: what is there stays */
    static UserState held(Optional<SegmentedProfile> stored, UserState state, Instant since) {
        return stored.map(profile -> state.with(
                        state.revision() > 0
                                ? state.recent().unfolded(held(profile, since, false))
                                : new Recent(
                                        profile.ruleSet(),
                                        FoldState.START,
                                        List.of(),
                                        FoldState.START,
                                        held(profile, since, true))))
                .orElse(state);
    }

    /** Held as the profile says. */
    static Optional<Held> held(SegmentedProfile profile, Instant since, boolean everything) {
        return Optional.of(new Held(since, profile.memberships(), everything));
    }
}
