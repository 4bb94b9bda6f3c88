package dev.sluice.model.profile;

import dev.sluice.model.PersonKey;
import dev.sluice.model.Value;
import dev.sluice.model.rules.Decimals;

/**
 * The historical half of the 360-degree view of a person, as {@code user:<id>:data} holds it. Immutable; decimals are rounded
 * as those of events are.
 *
 * @param profile traits from the application's relational store
 * @param statistics what batch jobs computed
 * @param recent what the stream keeps
 * @param revision of {@code recent}: 0 if there is none, else one higher with every write
 */
public record UserState(PersonKey key, Value.Fields profile, Value.Fields statistics, Recent recent, long revision) {
    public UserState {
        profile = Decimals.rounded(profile);
        statistics = Decimals.rounded(statistics);
    }
}
