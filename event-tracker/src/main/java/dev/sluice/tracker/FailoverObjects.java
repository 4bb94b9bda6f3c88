package dev.sluice.tracker;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What waits in the lake to be replayed. Thread-safe. Its futures' failures come out as
 * {@link java.util.concurrent.CompletionException}.
 *
 * <p>Keys begin with the hour: a listing shows the oldest of all nodes first, and after an outage of a large fleet a
 * node's own would stand far behind. So it asks for its own hour by hour.
 */
public final class FailoverObjects {
    /** What a listing gives at once: S3's own limit. */
    private static final int PAGE = 1000;
    /** A node's own objects of earlier hours are taken over like those of others. */
    private static final int OWN_HOURS = 48;

    private final LakeBucket bucket;
    private final LakeKeys keys;

    public FailoverObjects(LakeBucket bucket, LakeKeys keys) {
        this.bucket = bucket;
        this.keys = keys;
    }

    /**
     * What was seen.
     *
     * @param all the oldest of all nodes, up to 1,000
     * @param own those that this node wrote, oldest first
     */
    record Look(List<LakeBucket.Entry> all, List<LakeBucket.Entry> own) {
        /** When the oldest was stored. */
        Optional<Instant> oldest() {
            return all.stream().map(LakeBucket.Entry::storedAt).min(Instant::compareTo);
        }
    }

    Look look(Instant now, int mostOwn) {
        List<LakeBucket.Entry> all = bucket.list(LakeKeys.FAILOVER, PAGE).join();
        if (all.size() < PAGE) {
            return new Look(
                    all,
                    all.stream()
                            .filter(entry -> keys.isOwn(entry.key()))
                            .limit(mostOwn)
                            .toList());
        }
        var own = new ArrayList<LakeBucket.Entry>();
        for (int hour = OWN_HOURS; hour >= 0 && own.size() < mostOwn; hour--) {
            String prefix = keys.ownFailover(now.minus(Duration.ofHours(hour)));
            own.addAll(bucket.list(prefix, mostOwn - own.size()).join());
        }
        return new Look(all, own);
    }

    /** The first objects of all nodes after a key, by key; an empty key is before all. */
    public List<LakeBucket.Entry> after(String key, int most) {
        return bucket.list(LakeKeys.FAILOVER, key, Math.min(most, PAGE)).join();
    }
}
