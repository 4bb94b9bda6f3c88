package dev.sluice.tracker.failover;

import dev.sluice.tracker.LakeBucket;
import dev.sluice.tracker.LakeKeys;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Which objects of other nodes this node takes over: old ones of nodes that have written nothing for as long. After an
 * outage every object is old, but a node that lives brings back its own, and it shows that it lives by its share of
 * batches. Nodes that adopt begin with different objects. Blocks; used by one thread.
 */
final class Adoption {
    private final FailoverObjects objects;
    private final LakeKeys keys;
    private final Duration after;
    private final boolean ofLiving;
    /** Nodes that have written, and until when that is enough: so each is asked for once in that time. */
    private final Map<String, Instant> liveUntil = new HashMap<>();

    /**
     * @param after how long a node has been silent when it is gone; 0 for whatever others wrote
     * @param ofLiving whether objects of that age are taken over whether or not their nodes live
     */
    Adoption(FailoverObjects objects, LakeKeys keys, Duration after, boolean ofLiving) {
        this.objects = objects;
        this.keys = keys;
        this.after = after;
        this.ofLiving = ofLiving;
    }

    List<LakeBucket.Entry> adoptable(FailoverObjects.Look look, Instant now) {
        liveUntil.values().removeIf(until -> !until.isAfter(now));
        look.all().forEach(entry -> {
            Instant until = entry.storedAt().plus(after);
            if (until.isAfter(now)) {
                liveUntil.merge(LakeKeys.owner(entry.key()), until, (one, other) -> one.isAfter(other) ? one : other);
            }
        });
        var silent = new HashMap<String, Boolean>();
        var adoptable = new ArrayList<LakeBucket.Entry>();
        for (LakeBucket.Entry entry : look.all()) {
            boolean isOld = !entry.storedAt().plus(after).isAfter(now);
            if (isOld
                    && !keys.isOwn(entry.key())
                    && silent.computeIfAbsent(LakeKeys.owner(entry.key()), owner -> isSilent(owner, look, now))) {
                adoptable.add(entry);
            }
        }
        adoptable.sort(Comparator.comparingInt(entry -> (keys.node() + entry.key()).hashCode() * 0x9E3779B9));
        return adoptable;
    }

    private boolean isSilent(String owner, FailoverObjects.Look look, Instant now) {
        if (ofLiving || after.isZero()) {
            return true;
        }
        if (liveUntil.containsKey(owner)) {
            return false;
        }
        if (look.isWhole()) {
            return true;
        }
        boolean hasWritten = objects.mayHaveWritten(owner, now.minus(after), now);
        if (hasWritten) {
            liveUntil.put(owner, now.plus(after));
        }
        return !hasWritten;
    }
}
