package dev.sluice.classifier;

import dev.sluice.model.rules.RuleSet;
import java.time.Duration;
import java.util.List;

/**
 * Where published rule sets are read: immutable bundles, numbered from 1 within an account. Nothing is retried beyond
 * the client's own bounded retries; who asks, asks again at the next poll. Thread-safe.
 */
public interface RuleSets {
    /**
     * The account's rule sets whose numbers are higher than {@code after}, the highest first.
     *
     * @param after 0 if none is known
     * @param most how many are wanted at most; lower ones are passed over
     */
    Answer<List<Listed>> list(String account, int after, int most);

    /**
     * One rule set.
     *
     * @return {@link Answer.Unreadable} if there is none, or if it is not a valid bundle of that account and number
     */
    Answer<RuleSet> read(String account, int number);

    /**
     * One rule set of a listing.
     *
     * @param age how long ago, at least, it was there for everybody to see, by the clock of where it is published; zero
     *     if that is not known
     */
    record Listed(int number, Duration age) {}
}
