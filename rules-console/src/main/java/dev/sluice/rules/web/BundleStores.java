package dev.sluice.rules.web;

import dev.sluice.rules.Advice;
import dev.sluice.rules.AuthoredKind;
import dev.sluice.rules.BundleCatalog;
import dev.sluice.rules.BundlePublisher;
import dev.sluice.rules.BundleRepository;
import dev.sluice.rules.KeyClaims;
import dev.sluice.rules.OwnKeys;

/**
 * Where the bundles of one kind are kept and how they are published.
 *
 * @param <B> the kind
 */
public record BundleStores<B>(
        AuthoredKind<B> kind,
        BundleRepository<B> repository,
        BundleCatalog catalog,
        BundlePublisher<B> publisher,
        OwnKeys<B> keys,
        Advice<B> advice) {
    /** @param attempts how many numbers are tried while others take them, at least 1 */
    public static <B> BundleStores<B> of(
            AuthoredKind<B> kind,
            BundleRepository<B> repository,
            BundleCatalog catalog,
            KeyClaims claims,
            int attempts,
            Advice<B> advice) {
        return new BundleStores<>(
                kind,
                repository,
                catalog,
                new BundlePublisher<>(kind, repository, catalog, attempts),
                new OwnKeys<>(kind, repository, claims),
                advice);
    }
}
