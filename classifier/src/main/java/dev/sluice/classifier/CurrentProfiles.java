package dev.sluice.classifier;

import dev.sluice.model.PersonKey;
import dev.sluice.model.profile.Membership;
import dev.sluice.model.profile.SegmentedProfile;
import dev.sluice.model.profile.UserState;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Stored profiles, each membership with its end as it is known now: what happened since may have moved that with no reason
 * for a new version. While the state cannot be had, the ends are those of the version. Writes nothing. Thread-safe.
 */
public final class CurrentProfiles {
    private final RunningRules rules;
    private final Stores stores;

    public CurrentProfiles(RunningRules rules, Stores stores) {
        this.rules = rules;
        this.stores = stores;
    }

    /** Empty if none is stored. */
    public Answer<Optional<SegmentedProfile>> read(PersonKey key) {
        Answer<Optional<SegmentedProfile>> answer =
                stores.profiles().read(List.of(key)).getOrDefault(key, new Answer.Unreachable<>("no answer"));
        return answer instanceof Answer.Found<Optional<SegmentedProfile>>(var found)
                ? new Answer.Found<>(found.map(this::asOfNow))
                : answer;
    }

    /** A stored profile with the ends as they are known now. */
    public SegmentedProfile asOfNow(SegmentedProfile stored) {
        PersonKey key = stored.key();
        return rules.known(key.account()) instanceof RunningRules.Running running
                        && stores.states().read(List.of(key)).get(key) instanceof Answer.Found<UserState>(var state)
                        && state.recent().ruleSet() == running.rules().number()
                ? with(stored, running.fold().withEnds(state, Kept.TURNS_AHEAD))
                : stored;
    }

    private static SegmentedProfile with(SegmentedProfile stored, Map<String, Membership> ends) {
        Map<String, Membership> memberships = new TreeMap<>(stored.memberships());
        memberships.replaceAll((segment, membership) -> {
            Membership now = ends.get(segment);
            return now != null && now.since().equals(membership.since())
                    ? new Membership(membership.since(), membership.ruleSet(), membership.direct(), now.until())
                    : membership;
        });
        return stored.with(memberships, stored.past());
    }
}
