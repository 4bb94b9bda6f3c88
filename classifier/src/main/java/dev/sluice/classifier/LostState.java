package dev.sluice.classifier;

import dev.sluice.model.Value;
import dev.sluice.model.profile.FoldState;
import dev.sluice.model.profile.Held;
import dev.sluice.model.profile.Membership;
import dev.sluice.model.profile.Recent;
import dev.sluice.model.profile.SegmentedProfile;
import dev.sluice.model.profile.Snapshot;
import dev.sluice.model.profile.UserState;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What is gone on from for a person whose profile is stored, but whose state has gone or may have lost something.
 *
 * <p>If it was lost, the memberships of the profile are held: nobody leaves a segment because of forgetting. What happens from
 * now on, and what is sent again from the lake, is folded as if from the beginning. If its time was over, all that happened is
 * settled: the memberships are those of the profile until the next event, which is judged by what happens from then on.
 */
final class LostState {
    private LostState() {}

    /**
     * The same state if no profile is stored.
     *
     * @param state of which nothing is kept, or that may have lost something: what is there stays
     * @param since when that was found
     */
    static UserState basedOn(Optional<SegmentedProfile> stored, UserState state, Instant since, Instant now) {
        return stored.map(profile -> state.with(basedOn(profile, state, since, now)))
                .orElse(state);
    }

    private static Recent basedOn(SegmentedProfile profile, UserState state, Instant since, Instant now) {
        if (state.revision() > 0) {
            return state.recent().unfolded(held(profile, since, false));
        }
        boolean isOver = isOver(profile, now);
        FoldState from = isOver ? settled(profile) : FoldState.START;
        return new Recent(
                profile.ruleSet(), from, List.of(), from, isOver ? Optional.empty() : held(profile, since, true));
    }

    /** Whether a state that is missing now was not lost: its time was over. */
    static boolean isOver(SegmentedProfile profile, Instant now) {
        return profile.stateUntil().filter(until -> !now.isBefore(until)).isPresent();
    }

    private static FoldState settled(SegmentedProfile profile) {
        Map<String, Membership> memberships = new HashMap<>();
        profile.memberships()
                .forEach((segment, was) ->
                        memberships.put(segment, new Membership(was.since(), was.ruleSet(), was.direct())));
        return new FoldState(
                profile.asOf(),
                FoldState.TURN,
                Value.Fields.NONE,
                Snapshot.NONE,
                Snapshot.NONE,
                memberships,
                profile.past(),
                Optional.empty());
    }

    /** Held as the profile says. */
    static Optional<Held> held(SegmentedProfile profile, Instant since, boolean everything) {
        return Optional.of(new Held(since, profile.memberships(), everything));
    }
}
