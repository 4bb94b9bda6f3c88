package dev.sluice.tracker.failover;

import dev.sluice.model.LineBatch;
import dev.sluice.model.MalformedException;
import dev.sluice.tracker.BatchBounds;
import dev.sluice.tracker.LakeBucket;
import dev.sluice.tracker.SlotBatch;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Some failover objects on their way back into the stream. They are unpacked member by member; as soon as a few megabytes
 * of events are held these are put and forgotten, however well the objects were packed. An object is deleted when all of
 * it was put or set aside. Blocks; one thread; used once.
 */
final class ReplayPass {
    private static final Logger LOG = LoggerFactory.getLogger(ReplayPass.class);

    /** Of one member: a batch has 1 MiB at most, and a break for each line. */
    private static final int MOST_OF_MEMBER = 2 << 20;
    /** Of events held; with the member that is added last and what they are packed into again it is some 8 MiB. */
    private static final int MOST_HELD = 4 << 20;

    private final FailoverReplay.Ports ports;
    private final BatchBounds bounds;
    private final PacedPuts puts;
    private final Set<String> read = new LinkedHashSet<>();
    private final Set<String> unknown = new HashSet<>();
    private final Set<String> damaged = new HashSet<>();
    private final Set<String> waiting = new HashSet<>();
    private final Map<String, Integer> partsAside = new HashMap<>();
    private Regrouping held;
    private boolean streamFailed;

    ReplayPass(FailoverReplay.Ports ports, BatchBounds bounds, PacedPuts puts) {
        this.ports = ports;
        this.bounds = bounds;
        this.puts = puts;
        this.held = new Regrouping(bounds);
    }

    /** How many objects are done; what remains is as it was. */
    int replay(List<LakeBucket.Entry> some) throws InterruptedException {
        List<CompletableFuture<byte[]>> bodies =
                some.stream().map(entry -> ports.bucket().fetch(entry.key())).toList();
        for (int i = 0; i < some.size() && !streamFailed; i++) {
            take(some.get(i).key(), bodies.get(i));
        }
        putHeld();
        int done = 0;
        for (String key : read) {
            if (!waiting.contains(key) && delete(key) && !damaged.contains(key)) {
                done++;
            }
        }
        return done;
    }

    /** Then nothing more should be tried now. */
    boolean streamFailed() {
        return streamFailed;
    }

    /** The objects of formats or versions that this release does not read. They are left where they are. */
    Set<String> unknown() {
        return unknown;
    }

    private void take(String key, CompletableFuture<byte[]> fetched) throws InterruptedException {
        byte[] body;
        try {
            body = fetched.join();
        } catch (CompletionException e) {
            // Else another that replays has just done it.
            if (!(e.getCause() instanceof NoSuchFileException)) {
                waits(key, e);
            }
            return;
        }
        if (body.length > 0 && !LineBatch.isKnown(body)) {
            leave(key);
            return;
        }
        try {
            if (takeMembers(key, body)) {
                read.add(key);
            }
        } catch (MalformedException e) {
            setWholeAside(key, body, e);
        }
    }

    /** Whether it was read to its end. */
    private boolean takeMembers(String key, byte[] body) throws InterruptedException {
        int at = 0;
        do {
            var lines = new ArrayList<byte[]>();
            at = LineBatch.decodeOne(body, at, MOST_OF_MEMBER, lines);
            if (!held.add(key, lines)) {
                leave(key);
                return false;
            }
            if (held.bytes() >= MOST_HELD) {
                putHeld();
            }
        } while (at < body.length && !streamFailed);
        return at == body.length;
    }

    private void putHeld() throws InterruptedException {
        List<List<SlotBatch>> rounds = held.rounds();
        Set<Integer> failed = rounds.isEmpty() ? Set.of() : puts.put(rounds);
        for (String key : held.keys()) {
            if (held.slotsOf(key).stream().anyMatch(failed::contains) || !setLinesAside(key)) {
                waiting.add(key);
            }
        }
        held = new Regrouping(bounds);
        streamFailed = streamFailed || !failed.isEmpty();
    }

    /** In a rolling upgrade: a later release wrote it, and will read it. */
    private void leave(String key) {
        LOG.warn("failover object {} is of a format that this release does not read; it waits for another", key);
        unknown.add(key);
    }

    /** What can be read of it is put all the same. */
    private void setWholeAside(String key, byte[] body, MalformedException why) {
        ports.counters().addReplayFailures(1);
        LOG.error("failover object {} cannot be read and is set aside: {}", key, why.getMessage());
        damaged.add(key);
        try {
            ports.bucket().put(ports.keys().setAside(key), body).join();
            read.add(key);
        } catch (CompletionException e) {
            waits(key, e);
        }
    }

    private boolean setLinesAside(String key) {
        List<byte[]> lines = held.setApart(key);
        if (lines.isEmpty()) {
            return true;
        }
        LOG.error("{} lines of failover object {} are set aside", lines.size(), key);
        int part = partsAside.merge(key, 1, Integer::sum);
        try {
            byte[] body = LineBatch.encode(lines, bounds.packing());
            ports.bucket()
                    .put(ports.keys().linesSetAside(key, part, body), body)
                    .join();
            return true;
        } catch (CompletionException e) {
            waits(key, e);
            return false;
        }
    }

    private boolean delete(String key) {
        try {
            ports.bucket().delete(key).join();
            return true;
        } catch (CompletionException e) {
            waits(key, e);
            return false;
        }
    }

    private void waits(String key, CompletionException failure) {
        ports.counters().addReplayFailures(1);
        LOG.warn("failover object {} waits, the lake failed: {}", key, String.valueOf(failure.getCause()));
    }
}
