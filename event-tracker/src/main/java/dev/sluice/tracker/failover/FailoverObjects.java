package dev.sluice.tracker.failover;

import dev.sluice.tracker.LakeBucket;
import dev.sluice.tracker.LakeKeys;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashSet;
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
    /** A node's own objects of earlier hours are found when they are among the oldest of all. */
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
        /** Whether there are no others. */
        boolean isWhole() {
            return all.size() < PAGE;
        }

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
        // Those of the listing, since they may be older than what is asked for by the hour.
        var own = new LinkedHashSet<LakeBucket.Entry>(
                all.stream().filter(entry -> keys.isOwn(entry.key())).toList());
        for (int hour = OWN_HOURS; hour >= 0 && own.size() < mostOwn; hour--) {
            String prefix = LakeKeys.failoverOf(keys.node(), now.minus(Duration.ofHours(hour)));
            own.addAll(bucket.list(prefix, mostOwn).join());
        }
        return new Look(all, own.stream().limit(mostOwn).toList());
    }

    /**
     * Whether a node has written an object that still lies there, or so many in the hour that this cannot be told.
     *
     * @param since up to a day before {@code now}
     */
    boolean mayHaveWritten(String node, Instant since, Instant now) {
        Instant hour = since.truncatedTo(ChronoUnit.HOURS);
        for (; !hour.isAfter(now); hour = hour.plus(Duration.ofHours(1))) {
            List<LakeBucket.Entry> page =
                    bucket.list(LakeKeys.failoverOf(node, hour), PAGE).join();
            if (page.size() == PAGE
                    || page.stream().anyMatch(entry -> entry.storedAt().isAfter(since))) {
                return true;
            }
        }
        return false;
    }

    /** The first objects of all nodes after a key, by key; an empty key is before all. */
    public List<LakeBucket.Entry> after(String key, int most) {
        return bucket.list(LakeKeys.FAILOVER, key, Math.min(most, PAGE)).join();
    }
}
