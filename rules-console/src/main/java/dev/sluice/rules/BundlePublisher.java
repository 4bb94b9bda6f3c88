package dev.sluice.rules;

import java.util.OptionalInt;
import java.util.function.IntFunction;

/**
 * Gives bundles of one kind their numbers: always the one after the newest, so the numbers of an account have no gaps and
 * their order is the order of publication. Thread-safe; many may run beside each other.
 *
 * <p>The bundle is put into the repository, and that alone publishes: from then on programs run it. Its entry in the
 * catalog is added after. A catalog that does not answer is noticed before the bundle is put, and then nothing is
 * published. If the catalog fails, or this process ends, between the two, the bundle is published and its entry is
 * missing: nothing is lost, because the bundle carries author, reason and time, and {@link History} adds the entry when
 * it next meets the number, at the latest when the next bundle is published.
 *
 * @param <B> the kind
 */
public final class BundlePublisher<B> {
    private static final String NOTHING = "nothing was published";

    private final BundleKind<B> kind;
    private final BundleRepository<B> repository;
    private final BundleCatalog catalog;
    private final History history;
    private final int attempts;

    /** @param attempts how many numbers are tried while others take them, at least 1 */
    public BundlePublisher(BundleKind<B> kind, BundleRepository<B> repository, BundleCatalog catalog, int attempts) {
        this.kind = kind;
        this.repository = repository;
        this.catalog = catalog;
        this.history = new History(repository, catalog);
        this.attempts = attempts;
    }

    /**
     * Publishes content as the account's next bundle.
     *
     * @param numbered the content under a number
     * @param expected the number that must still be the current one, 0 for none yet; empty if any may be
     * @throws UnreachableException if a store did not answer; if it was the repository, the bundle may have been stored
     *     all the same
     */
    public Publication publish(String account, IntFunction<B> numbered, Authorship authorship, OptionalInt expected) {
        for (int attempt = 1; attempt <= attempts; attempt++) {
            // Read again after every loss: whoever knew only the number it lost might leave a gap.
            int current = current(account);
            if (expected.isPresent() && expected.getAsInt() != current) {
                return new Publication.NotCurrent(current);
            }
            tryCatalog(account, current);
            B bundle = numbered.apply(Math.addExact(current, 1));
            if (stored(bundle, authorship)) {
                var info = BundleInfo.of(kind, bundle, authorship);
                return new Publication.Published(info, added(info));
            }
        }
        return new Publication.Contended(attempts);
    }

    private int current(String account) {
        try {
            return repository.numbers(account).stream()
                    .reduce((earlier, later) -> later)
                    .orElse(0);
        } catch (UnreachableException e) {
            throw e.andSo(NOTHING);
        }
    }

    private boolean stored(B bundle, Authorship authorship) {
        try {
            return repository.store(bundle, authorship);
        } catch (UnreachableException e) {
            int number = kind.number(bundle);
            throw e.andSo(kind.noun() + " " + number
                    + " may be published all the same: look at the list, or send again with If-Match \"" + (number - 1)
                    + "\"");
        }
    }

    private void tryCatalog(String account, int current) {
        try {
            if (current > 0) {
                history.mend(account, current);
            } else {
                catalog.probe();
            }
        } catch (UnreachableException e) {
            throw e.andSo(NOTHING);
        } catch (UnreadableException e) {
            // The current one is broken; publishing the next is what mends that.
            return;
        }
    }

    private boolean added(BundleInfo info) {
        try {
            catalog.add(info);
            return true;
        } catch (UnreachableException e) {
            // Published it is, and to say otherwise would have it published twice.
            return false;
        }
    }
}
