package dev.sluice.classifier;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Pairs of names about which nothing is to be done for a while, since they were seen to be one person, all done, or not
 * to be: nearly every event of a browser says once more what the one before had said. Thread-safe.
 */
final class KnownPairs {
    /** Some 30 MB. */
    static final int MAX = 100_000;

    /** After which a refused pair is tried again: the name may have been parted from somebody meanwhile. */
    static final Duration FOR = Duration.ofMinutes(10);

    private final Map<Claim.Pair, Instant> pairs = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Claim.Pair, Instant> eldest) {
            return size() > MAX;
        }
    };

    synchronized void add(Collection<Claim.Pair> settled, Instant now) {
        settled.forEach(pair -> pairs.put(pair, now));
    }

    synchronized List<Claim> unknown(List<Claim> claims, Instant now) {
        return claims.stream()
                .filter(claim -> {
                    Instant since = pairs.get(claim.pair());
                    return since == null || since.plus(FOR).isBefore(now);
                })
                .toList();
    }
}
