package dev.sluice.classifier;

import dev.sluice.model.rules.RuleSet;
import java.util.List;

/**
 * Where published rule sets are read: immutable bundles, numbered from 1 within an account. Nothing is retried beyond
 * the client's own bounded retries; who asks, asks again at the next poll. Thread-safe.
 */
public interface RuleSets {
    /**
     * The numbers of the account's rule sets that are higher than {@code after}, the highest first.
     *
     * @param after 0 if none is known
     * @param most how many are wanted at most; lower ones are passed over
     */
    Answer<List<Integer>> numbers(String account, int after, int most);

    /**
     * One rule set.
     *
     * @return {@link Answer.Unreadable} if there is none, or if it is not a valid bundle of that account and number
     */
    Answer<RuleSet> read(String account, int number);
}
