package dev.sluice.rules;

import java.util.Optional;

/**
 * Which account has which key of one kind, by the key's hash. A key that was claimed stays claimed, also when no bundle names
 * it any more. What one call claimed, every later call of anyone sees. Thread-safe.
 *
 * <p>Every method throws {@link UnreachableException} if the store does not answer, refuses, or takes too long, and {@link
 * UnreadableException} if what is stored there is not a claim.
 */
public interface KeyClaims {
    /** The account that has a key; empty if nobody claimed it. */
    Optional<String> owner(String sha256);

    /**
     * Claims a key for an account unless somebody did before.
     *
     * @return the account that has it now: of several who claim it at once, one and the same for all
     */
    String claim(String sha256, String account);
}
