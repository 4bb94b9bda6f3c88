package dev.sluice.tracker;

import dev.sluice.model.EventJson;
import dev.sluice.model.LineBatch;
import dev.sluice.model.MalformedException;
import dev.sluice.model.Ring;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings events back from the lake into the stream once the stream works again: reads an object, groups its events by
 * slot as the batcher would, puts them, and only then deletes the object. Safe to repeat and to run on every node: at
 * worst events come twice, which changes nothing.
 *
 * <p>Each node replays its own objects at once and those of others when they have been there for {@code adoptAfter},
 * since then their node is gone. Blocks; run by one thread.
 */
public final class FailoverReplay {
    private static final Logger LOG = LoggerFactory.getLogger(FailoverReplay.class);
    /** What a small object may unpack to: a batcher's whole memory is less. */
    private static final int MAX_UNPACKED = 512 << 20;

    private final Settings settings;
    private final BatchBounds bounds;
    private final LakeBucket bucket;
    private final LakeKeys keys;
    private final EventSink stream;
    private final Breaker breaker;
    private final InstantSource clock;
    private final Counters counters;

    /**
     * @param every time between looks, 100 ms to 1 h
     * @param adoptAfter age at which another node's objects are taken over, 1 s to 1 day
     * @param objectsPerLook 1 to 1,000
     */
    public record Settings(Duration every, Duration adoptAfter, int objectsPerLook) {
        public Settings {
            Require.within("replay.every", every, Duration.ofMillis(100), Duration.ofHours(1));
            Require.within("replay.adopt-after", adoptAfter, Duration.ofSeconds(1), Duration.ofDays(1));
            Require.within("replay.objects-per-look", objectsPerLook, 1, 1000);
        }
    }

    /** Where things are read, put and counted. */
    public record Ports(
            LakeBucket bucket,
            LakeKeys keys,
            EventSink stream,
            Breaker breaker,
            InstantSource clock,
            Counters counters) {}

    public FailoverReplay(Settings settings, BatchBounds bounds, Ports ports) {
        this.settings = settings;
        this.bounds = bounds;
        this.bucket = ports.bucket();
        this.keys = ports.keys();
        this.stream = ports.stream();
        this.breaker = ports.breaker();
        this.clock = ports.clock();
        this.counters = ports.counters();
    }

    /**
     * Looks once and replays what is due, up to a bound. Stops if the stream fails; an object that the lake does not give
     * is left for the next look and stops no other. Returns the number of objects done.
     */
    public int replayOnce() {
        int done = 0;
        long events = 0;
        for (LakeBucket.Entry entry : listed()) {
            if (!isDue(entry)) {
                continue;
            }
            try {
                int put = replay(entry.key());
                if (put < 0) {
                    break;
                }
                done++;
                events += put;
            } catch (CompletionException e) {
                LOG.warn("failover object {} waits, the lake failed: {}", entry.key(), String.valueOf(e.getCause()));
            }
        }
        if (done > 0) {
            counters.addReplayedEvents(events);
            LOG.info("replayed {} events of {} failover objects", events, done);
        }
        return done;
    }

    private List<LakeBucket.Entry> listed() {
        try {
            return bucket.list(LakeKeys.FAILOVER, settings.objectsPerLook()).join();
        } catch (CompletionException e) {
            LOG.warn("no replay, the lake failed: {}", String.valueOf(e.getCause()));
            return List.of();
        }
    }

    private boolean isDue(LakeBucket.Entry entry) {
        return keys.isOwn(entry.key())
                || entry.storedAt().plus(settings.adoptAfter()).isBefore(clock.instant());
    }

    /** The number of events put, or -1 if the stream did not take them all. */
    private int replay(String key) {
        byte[] body = bucket.fetch(key).join();
        Sorted sorted;
        try {
            sorted = sort(LineBatch.decode(body, MAX_UNPACKED));
        } catch (MalformedException e) {
            LOG.error("failover object {} cannot be read and is set aside: {}", key, e.getMessage());
            bucket.put(keys.setAside(key), body).join();
            bucket.delete(key).join();
            return 0;
        }
        List<List<SlotBatch>> rounds = rounds(sorted.bySlot());
        if (!rounds.isEmpty() && !put(rounds)) {
            return -1;
        }
        if (!sorted.unreadable().isEmpty()) {
            LOG.error(
                    "{} lines of failover object {} are set aside",
                    sorted.unreadable().size(),
                    key);
            bucket.put(keys.setAside(key), LineBatch.encode(sorted.unreadable()))
                    .join();
        }
        bucket.delete(key).join();
        return rounds.stream().flatMap(List::stream).mapToInt(SlotBatch::events).sum();
    }

    /**
     * Asks the breaker only now, with something to put: a probe that an unreadable object has used up would be missed by
     * the next. Without traffic nobody else would find out that the stream is back, so this probes like any call.
     */
    private boolean put(List<List<SlotBatch>> rounds) {
        if (!breaker.allows()) {
            return false;
        }
        for (List<SlotBatch> round : rounds) {
            for (Outcome outcome : stream.put(round).join()) {
                if (outcome instanceof Outcome.NotStored(String reason)) {
                    breaker.failed();
                    LOG.warn("replay stopped, the stream failed: {}", reason);
                    return false;
                }
            }
        }
        breaker.succeeded();
        return true;
    }

    /** The lines of an object: those that are events by their slots, and those that are none. */
    private record Sorted(Map<Integer, List<byte[]>> bySlot, List<byte[]> unreadable) {}

    private static Sorted sort(List<byte[]> lines) {
        var sorted = new Sorted(new TreeMap<>(), new ArrayList<>());
        for (byte[] line : lines) {
            try {
                int slot = Ring.slot(EventJson.read(line).key());
                sorted.bySlot().computeIfAbsent(slot, any -> new ArrayList<>()).add(line);
            } catch (MalformedException | ArithmeticException | NumberFormatException e) {
                // The last two: an exponent beyond what a BigDecimal can hold.
                sorted.unreadable().add(line);
            }
        }
        return sorted;
    }

    /** In rounds of one batch a slot, so that no round takes longer than the stream's stated time for one put. */
    private List<List<SlotBatch>> rounds(Map<Integer, List<byte[]>> bySlot) {
        var rounds = new ArrayList<List<SlotBatch>>();
        bySlot.forEach((slot, own) -> {
            var batches = new ArrayList<SlotBatch>();
            cut(slot, own, batches);
            for (int round = 0; round < batches.size(); round++) {
                if (round == rounds.size()) {
                    rounds.add(new ArrayList<>());
                }
                rounds.get(round).add(batches.get(round));
            }
        });
        return rounds;
    }

    private void cut(int slot, List<byte[]> lines, List<SlotBatch> into) {
        var batch = new ArrayList<byte[]>();
        long bytes = 0;
        for (byte[] line : lines) {
            boolean full = batch.size() == bounds.events() || bytes + line.length > bounds.bytes();
            if (full && !batch.isEmpty()) {
                into.add(new SlotBatch(slot, batch.size(), LineBatch.encode(batch, bounds.packing())));
                batch.clear();
                bytes = 0;
            }
            batch.add(line);
            bytes += line.length;
        }
        into.add(new SlotBatch(slot, batch.size(), LineBatch.encode(batch, bounds.packing())));
    }
}
