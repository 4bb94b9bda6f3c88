package dev.sluice.dispatcher;

import dev.sluice.model.rules.RuleSet;

/**
 * Where published rule sets are read: immutable bundles, numbered from 1 within an account. Nothing is retried beyond
 * the client's own bounded retries; who asks, asks again at the next refresh. Thread-safe.
 */
public interface RuleSets {
    /**
     * The account's rule set with the highest number, if that is higher than {@code after}. Those between are passed
     * over.
     *
     * @param after 0 if none is known
     */
    Newest newest(String account, int after);

    /**
     * One rule set.
     *
     * @return {@link Unreadable} also if there is none, and never {@link NothingNewer}
     */
    Newest read(String account, int number);

    /** What was found. */
    sealed interface Newest {}

    /** This one. */
    record Found(RuleSet rules) implements Newest {}

    /** None that is newer. */
    record NothingNewer() implements Newest {}

    /** It is not a valid bundle of that account and number, even if a lower one is. */
    record Unreadable(int number, String reason) implements Newest {}

    /** The store did not answer. */
    record Unreachable(String reason) implements Newest {}
}
