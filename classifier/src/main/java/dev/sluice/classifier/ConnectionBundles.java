package dev.sluice.classifier;

import dev.sluice.model.activation.Connections;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Where published connections are read, and whose their read keys are: immutable bundles, numbered from 1 within an account, and
 * claims. Nothing is retried beyond the
 * client's own bounded retries; who asks, asks again at the next poll. Thread-safe.
 */
public interface ConnectionBundles {
    /**
     * The numbers of each account's bundles, the highest first.
     *
     * @param most how many of each are wanted at most
     */
    Answer<Map<String, List<Integer>>> newest(int most);

    /**
     * One bundle.
     *
     * @return {@link Answer.Unreadable} if there is none, or if it is not a valid bundle of that account and number
     */
    Answer<Connections> read(String account, int number);

    /**
     * The account that claimed a read key, by the key's hash; none if nobody did.
     *
     * @return {@link Answer.Unreadable} if what is stored there is not a claim
     */
    Answer<Optional<String>> owner(String sha256);
}
