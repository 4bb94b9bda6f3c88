package dev.sluice.classifier;

import dev.sluice.model.profile.UserState;
import java.time.InstantSource;
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
        Supplier<String> writerTokens,
        InstantSource clock,
        Losses losses) {
    /** Of which nothing has been lost. */
    public Stores(
            UserStates states, Profiles profiles, DueIndex dues, Supplier<String> writerTokens, InstantSource clock) {
        this(states, profiles, dues, writerTokens, clock, new Losses());
    }

    /** Whether a state has gone, as one that a profile was made from can, or may have lost something. */
    boolean mayBeLost(UserState state) {
        return state.revision() == 0 || losses.concerns(state);
    }
}
