package dev.sluice.classifier;

import dev.sluice.model.PersonKey;
import java.time.Instant;
import java.util.Optional;

/** Tokens that let an app ask of one person, for a while. Thread-safe. */
public interface PersonTokens {
    /** A token. It is worth nothing without the key that asked for it. */
    String issue(Bound bound, Instant now, Instant expires);

    /** What a token says; empty if it is not one of ours, or is not valid now. */
    Optional<Bound> read(String token, Instant now);

    /**
     * What a token is bound to.
     *
     * @param fingerprint of the key that asked for it
     */
    record Bound(PersonKey person, String fingerprint) {}
}
