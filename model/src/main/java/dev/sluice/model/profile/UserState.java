package dev.sluice.model.profile;

import dev.sluice.model.PersonKey;
import dev.sluice.model.rules.Decimals;
import java.time.Instant;
import java.util.Optional;

/**
 * The historical half of the 360-degree view of a person, as {@code user:<id>:data} holds it. Immutable; decimals are rounded
 * as those of events are.
 *
 * @param profile the newest row of the application's relational store
 * @param statistics the newest that batch jobs computed
 * @param recent what the stream keeps
 * @param revision of {@code recent}: 0 if there is none, else one higher with every write
 * @param keptAt when {@code recent} was last written; empty if there is none, or that is not known
 * @param told whether the stored profile is known to say what {@code recent} says
 * @param goesBy the person by whom this one goes now: what happens to this name happens to that person
 */
public record UserState(
        PersonKey key,
        Snapshot profile,
        Snapshot statistics,
        Recent recent,
        long revision,
        Optional<Instant> keptAt,
        boolean told,
        Optional<PersonKey> goesBy) {
    public UserState {
        profile = rounded(profile);
        statistics = rounded(statistics);
    }

    /** Of which it is not known when it was written. */
    public UserState(PersonKey key, Snapshot profile, Snapshot statistics, Recent recent, long revision) {
        this(key, profile, statistics, recent, revision, Optional.empty(), false, Optional.empty());
    }

    /** Of whom only this is known. */
    public UserState(PersonKey key, Recent recent) {
        this(key, Snapshot.NONE, Snapshot.NONE, recent, 0);
    }

    /** The same with other kept events, of which it is not known whether the profile says what they say. */
    public UserState with(Recent other) {
        return new UserState(key, profile, statistics, other, revision, keptAt, false, goesBy);
    }

    private static Snapshot rounded(Snapshot snapshot) {
        return new Snapshot(snapshot.version(), Decimals.rounded(snapshot.values()));
    }
}
