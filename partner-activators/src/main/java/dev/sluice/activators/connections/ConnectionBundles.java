package dev.sluice.activators.connections;

import java.io.IOException;
import java.util.List;
import java.util.Map;

/**
 * Where published connections are, read only. Bundles are immutable and numbered from 1 within an account; what was
 * published is listed at once. Thread-safe. Blocks, bounded by the adapter's stated time; every method throws {@link
 * IOException} if the store does not answer, refuses or takes longer.
 */
public interface ConnectionBundles {
    /** The highest numbers of every account, highest first, at most {@code most} of each. */
    Map<String, List<Integer>> newest(int most) throws IOException;

    /** One bundle as it was stored. */
    byte[] read(String account, int number) throws IOException;
}
