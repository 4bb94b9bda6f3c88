package dev.sluice.rules;

import java.util.List;
import java.util.Optional;

/**
 * Where published bundles are kept for good: numbered from 1 within an account, immutable. Accounts are given in
 * their checked form. What one call stored, every later call of anyone sees. Nothing is retried beyond a client's own
 * bounded retries. Thread-safe.
 *
 * <p>Every method throws {@link UnreachableException} if the store does not answer, refuses, or takes too long.
 *
 * @param <B> the kind
 */
public interface BundleRepository<B> {
    /** The accounts that have bundles, in any order. */
    List<String> accounts();

    /** The numbers of the account's bundles, ascending; empty if it has none. */
    List<Integer> numbers(String account);

    /**
     * One bundle.
     *
     * @return empty if there is none of this number
     * @throws UnreadableException if what is stored there is not a bundle of this account and number
     */
    Optional<B> find(String account, int number);

    /**
     * What is known of one bundle beside its content, made anew from what is stored.
     *
     * @return empty if there is none of this number
     * @throws UnreadableException if what is stored there is not a bundle of this account and number
     */
    Optional<BundleInfo> describe(String account, int number);

    /**
     * Stores a bundle under its account and number, if that number is free, and who published it with it. Of several
     * who try the same number, one at most is told that it did.
     *
     * @return false if the number is taken, or somebody else was just trying it
     */
    boolean store(B bundle, Authorship authorship);

    /** Returns if the store answers and holds the place for bundles. */
    void probe();
}
