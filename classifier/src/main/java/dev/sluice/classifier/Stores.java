package dev.sluice.classifier;

import dev.sluice.model.PersonKey;
import dev.sluice.model.profile.UserState;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What the classifier reads and writes of people.
 *
 * @param writerTokens a new one for every write of a profile, unique among all classifiers
 * @param clock says when something was found
 * @param losses what was noticed to be lost of the states
 */
public record Stores(
        UserStates states,
        Profiles profiles,
        DueIndex dues,
        Identities identities,
        Supplier<String> writerTokens,
        InstantSource clock,
        Losses losses) {
    /** Of which nothing has been lost. */
    public Stores(
            UserStates states,
            Profiles profiles,
            DueIndex dues,
            Identities identities,
            Supplier<String> writerTokens,
            InstantSource clock) {
        this(states, profiles, dues, identities, writerTokens, clock, new Losses());
    }

    /** From when on a person's state that was last kept at that moment is over; empty if states stay for ever. */
    Optional<Instant> over(PersonKey person, Instant kept) {
        return states.lifetime().map(lifetime -> lifetime.over(person, kept));
    }

    /**
     * Since when a state may have lost something: when that was noticed of its place in the store, or now, if there is none:
     * then one that a profile was made from has gone. Empty if nothing speaks for that.
     */
    Optional<Instant> lost(UserState state) {
        Optional<Instant> noticed = losses.since(state);
        return noticed.isEmpty() && state.revision() == 0 ? Optional.of(clock.instant()) : noticed;
    }
}
