package dev.sluice.tracker.plan;

import dev.sluice.model.MalformedException;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Where published tracking plans are, and whose their write keys are; read only. Bundles are immutable and numbered from 1 within an account; what was
 * published is listed at once. Thread-safe. Blocks, bounded by the adapter's stated time; every method throws {@link
 * IOException} if the store does not answer, refuses or takes longer.
 */
public interface PlanBundles {
    /** Nothing is ever published. */
    PlanBundles NONE = new PlanBundles() {
        @Override
        public Map<String, List<Integer>> newest(int most) {
            return Map.of();
        }

        @Override
        public byte[] read(String account, int number) throws IOException {
            throw new IOException("there are no tracking plans");
        }

        @Override
        public Optional<String> owner(String sha256) {
            return Optional.empty();
        }
    };

    /** The highest numbers of every account, highest first, at most {@code most} of each. */
    Map<String, List<Integer>> newest(int most) throws IOException;

    /** One bundle as it was stored. */
    byte[] read(String account, int number) throws IOException;

    /**
     * The account that claimed a write key, by the key's hash; empty if none did.
     *
     * @throws MalformedException if what is stored there is not a claim
     */
    Optional<String> owner(String sha256) throws IOException;
}
