package dev.sluice.classifier;

import dev.sluice.model.PersonKey;
import dev.sluice.model.profile.Cause;
import dev.sluice.model.profile.Membership;
import dev.sluice.model.profile.SegmentedProfile;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * In which segments a person is now, from the stored profile: usually one read. A name that goes by a person, whose own
 * profile was emptied by that, is asked for where it leads. A membership whose stored end has passed is looked up in the
 * state, where later events may have moved the end; if that cannot be had, it is not shown. Writes nothing. Thread-safe.
 */
public final class CurrentSegments {
    /** A chain of names is shorter. */
    static final int MAX_HOPS = 6;

    private final Profiles profiles;
    private final Identities identities;
    private final CurrentProfiles current;
    private final InstantSource clock;

    /** @param profiles may answer with what was true a moment ago */
    public CurrentSegments(Profiles profiles, Identities identities, CurrentProfiles current, InstantSource clock) {
        this.profiles = profiles;
        this.identities = identities;
        this.current = current;
        this.clock = clock;
    }

    /** The profile with those memberships only that have not ended; empty if nobody is known by this name. */
    public Answer<Optional<SegmentedProfile>> of(PersonKey name) {
        PersonKey key = name;
        for (int hop = 0; hop < MAX_HOPS; hop++) {
            Answer<Optional<SegmentedProfile>> stored = read(key);
            if (!(stored instanceof Answer.Found<Optional<SegmentedProfile>>(var profile))) {
                return stored;
            }
            if (profile.isPresent() && !isEmptied(profile.get())) {
                return new Answer.Found<>(profile.map(this::now));
            }
            switch (identity(key)) {
                case Answer.Found<Identity>(var identity) -> {
                    if (identity.goesBy().isEmpty()) {
                        return stored;
                    }
                    key = identity.goesBy().get();
                }
                case Answer.Unreadable<Identity>(var reason) -> {
                    return new Answer.Unreadable<>(reason);
                }
                case Answer.Unreachable<Identity>(var reason) -> {
                    return new Answer.Unreachable<>(reason);
                }
            }
        }
        return new Answer.Found<>(Optional.empty());
    }

    private static boolean isEmptied(SegmentedProfile profile) {
        return profile.memberships().isEmpty() && profile.cause().kind() == Cause.Kind.MERGE;
    }

    private Answer<Optional<SegmentedProfile>> read(PersonKey key) {
        return profiles.read(List.of(key)).getOrDefault(key, new Answer.Unreachable<>("no answer"));
    }

    private Answer<Identity> identity(PersonKey key) {
        return identities.read(List.of(key)).getOrDefault(key, new Answer.Unreachable<>("no answer"));
    }

    private SegmentedProfile now(SegmentedProfile stored) {
        Instant now = clock.instant();
        if (stored.memberships().values().stream().noneMatch(membership -> hasEnded(membership, now))) {
            return stored;
        }
        SegmentedProfile asOfNow = current.asOfNow(stored);
        Map<String, Membership> memberships = new TreeMap<>(asOfNow.memberships());
        memberships.values().removeIf(membership -> hasEnded(membership, now));
        return asOfNow.with(memberships, asOfNow.past());
    }

    private static boolean hasEnded(Membership membership, Instant now) {
        return membership.until().filter(end -> !end.isAfter(now)).isPresent();
    }
}
