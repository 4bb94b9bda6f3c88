package dev.sluice.rules;

import java.util.List;
import java.util.Optional;

/**
 * What is known of published bundles of one kind, to be listed without reading them all. It follows the {@link BundleRepository},
 * which alone decides what is published: an entry may be missing for a while, and {@link History} then makes it from the
 * bundle. Entries never change. What one call added, every later call of anyone sees. Thread-safe.
 *
 * <p>Every method throws {@link UnreachableException} if the store does not answer, refuses, or takes too long.
 */
public interface BundleCatalog {
    /** Adds an entry, unless there is one of its account and number. */
    void add(BundleInfo info);

    /**
     * One entry.
     *
     * @throws UnreadableException if what is stored there is not an entry
     */
    Optional<BundleInfo> find(String account, int number);

    /**
     * Entries of these numbers, both included, in the order of their numbers; missing and unreadable ones are left out.
     *
     * @param to at most 100 above {@code from}
     */
    List<BundleInfo> between(String account, int from, int to);

    /** Returns if the store answers. */
    void probe();
}
