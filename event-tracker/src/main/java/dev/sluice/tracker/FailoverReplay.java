package dev.sluice.tracker;

import dev.sluice.model.LineBatch;
import dev.sluice.model.MalformedException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings events back from the lake into the stream once the stream works again: reads some objects, groups their events
 * by slot as the batcher would, puts them, and only then deletes the objects. Safe to interrupt anywhere, to repeat and
 * to run on every node: at worst the events of a few objects come twice, which changes nothing.
 *
 * <p>Each node replays its own objects at once and those of others when they have been there for {@code adoptAfter},
 * since then their node is gone. Held to a rate, so that a backlog leaves the stream room for what is new. Blocks; run
 * by one thread.
 */
public final class FailoverReplay {
    private static final Logger LOG = LoggerFactory.getLogger(FailoverReplay.class);
    /** What a small object may unpack to: a batcher's whole memory is less. */
    private static final int MAX_UNPACKED = 512 << 20;
    /** Objects read side by side, since each costs a few round trips to the lake. */
    private static final int OBJECTS_AT_ONCE = 16;
    /** Compressed, of objects read side by side; one may be larger. */
    private static final long BYTES_AT_ONCE = 2 << 20;

    /** A request's whole way takes two at most. */
    private static final Duration TOO_SLOW = Duration.ofSeconds(1);

    private final Settings settings;
    private final BatchBounds bounds;
    private final Ports ports;
    private final FailoverObjects objects;
    private final Pace pace;

    /**
     * @param every time between looks, 100 ms to 1 h
     * @param adoptAfter age at which another node's objects are taken over, 0 (at once) to 1 day
     * @param objectsPerLook 1 to 1,000
     * @param bytesPerSecond of records put by this node, compressed, 1 KiB to 1 GiB
     */
    public record Settings(Duration every, Duration adoptAfter, int objectsPerLook, long bytesPerSecond) {
        public Settings {
            Require.within("replay.every", every, Duration.ofMillis(100), Duration.ofHours(1));
            Require.within("replay.adopt-after", adoptAfter, Duration.ZERO, Duration.ofDays(1));
            Require.within("replay.objects-per-look", objectsPerLook, 1, 1000);
            Require.within("replay.bytes-per-second", bytesPerSecond, 1 << 10, 1 << 30);
        }
    }

    /**
     * Where things are read, put, timed and counted.
     *
     * @param stream better one of more patience than that of requests: many events in one put take their time, and a put
     *     that is given up is made again
     */
    public record Ports(
            LakeBucket bucket,
            LakeKeys keys,
            EventSink stream,
            Breaker breaker,
            InstantSource clock,
            Pace.Pause pause,
            Counters counters) {}

    public FailoverReplay(Settings settings, BatchBounds bounds, Ports ports) {
        this.settings = settings;
        this.bounds = bounds;
        this.ports = ports;
        this.objects = new FailoverObjects(ports.bucket(), ports.keys());
        this.pace = new Pace(settings.bytesPerSecond(), ports.clock(), ports.pause());
    }

    /**
     * Looks once and replays what is due, up to a bound. Stops if the stream fails; an object that the lake does not give
     * is left for the next look and stops no other. Returns the number of objects done.
     */
    public int replayOnce() {
        var done = new Done();
        try {
            List<LakeBucket.Entry> due = due();
            int next = 0;
            boolean goesOn = true;
            while (goesOn && next < due.size()) {
                List<LakeBucket.Entry> some = some(due, next);
                next += some.size();
                goesOn = replay(some, done);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (CompletionException e) {
            ports.counters().addReplayFailures(1);
            LOG.warn("no replay, the lake failed: {}", String.valueOf(e.getCause()));
        }
        if (done.objects > 0) {
            LOG.info("replayed {} events of {} failover objects", done.events, done.objects);
        }
        return done.objects;
    }

    private List<LakeBucket.Entry> due() {
        Instant now = ports.clock().instant();
        FailoverObjects.Look look = objects.look(now, settings.objectsPerLook());
        ports.counters()
                .failoverWaiting(
                        look.all().size(),
                        look.oldest()
                                .map(oldest -> Duration.between(oldest, now).toSeconds())
                                .orElse(0L));
        var due = new ArrayList<>(look.own());
        for (LakeBucket.Entry entry : look.all()) {
            boolean isOld = !entry.storedAt().plus(settings.adoptAfter()).isAfter(now);
            if (isOld && !ports.keys().isOwn(entry.key())) {
                due.add(entry);
            }
        }
        return due.subList(0, Math.min(due.size(), settings.objectsPerLook()));
    }

    private static List<LakeBucket.Entry> some(List<LakeBucket.Entry> due, int from) {
        int to = from + 1;
        long bytes = due.get(from).bytes();
        while (to < due.size()
                && to - from < OBJECTS_AT_ONCE
                && bytes + due.get(to).bytes() <= BYTES_AT_ONCE) {
            bytes += due.get(to).bytes();
            to++;
        }
        return due.subList(from, to);
    }

    /** Whether to go on with others. */
    private boolean replay(List<LakeBucket.Entry> some, Done done) throws InterruptedException {
        var regrouping = new Regrouping(bounds);
        List<String> read = read(some, regrouping);
        List<List<SlotBatch>> rounds = regrouping.rounds();
        Set<Integer> failed = rounds.isEmpty() ? Set.of() : put(rounds, done);
        int finished = 0;
        for (String key : read) {
            if (regrouping.slotsOf(key).stream().noneMatch(failed::contains)
                    && finish(key, regrouping.unreadable(key))) {
                finished++;
            }
        }
        done.objects += finished;
        ports.counters().addReplayedObjects(finished);
        return failed.isEmpty();
    }

    /** Reads objects side by side; the keys of those that could be. */
    private List<String> read(List<LakeBucket.Entry> some, Regrouping into) {
        List<CompletableFuture<byte[]>> bodies =
                some.stream().map(entry -> ports.bucket().fetch(entry.key())).toList();
        var read = new ArrayList<String>();
        for (int i = 0; i < bodies.size(); i++) {
            String key = some.get(i).key();
            try {
                byte[] body = bodies.get(i).join();
                try {
                    into.add(key, LineBatch.decode(body, MAX_UNPACKED));
                    read.add(key);
                } catch (MalformedException e) {
                    ports.counters().addReplayFailures(1);
                    LOG.error("failover object {} cannot be read and is set aside: {}", key, e.getMessage());
                    ports.bucket().put(ports.keys().setAside(key), body).join();
                    ports.bucket().delete(key).join();
                }
            } catch (CompletionException e) {
                waits(key, e);
            }
        }
        return read;
    }

    /**
     * Puts rounds until one fails; the slots of which not everything was put. Asks the breaker only now, with something
     * to put: a probe that an unreadable object has used up would be missed by the next. Without traffic nobody else would
     * find out that the stream is back, so this probes like any call.
     */
    private Set<Integer> put(List<List<SlotBatch>> rounds, Done done) throws InterruptedException {
        var failed = new HashSet<Integer>();
        for (int i = 0; i < rounds.size(); i++) {
            List<SlotBatch> round = rounds.get(i);
            if (!failed.isEmpty() || !ports.breaker().allows()) {
                round.forEach(batch -> failed.add(batch.slot()));
                continue;
            }
            pace.take(round.stream().mapToLong(batch -> batch.body().length).sum());
            Instant begun = ports.clock().instant();
            List<Outcome> outcomes = outcomes(round);
            note(outcomes, Duration.between(begun, ports.clock().instant()));
            for (int j = 0; j < round.size(); j++) {
                if (outcomes.get(j).stored()) {
                    done.events += round.get(j).events();
                    ports.counters().addReplayedEvents(round.get(j).events());
                } else {
                    failed.add(round.get(j).slot());
                }
            }
        }
        return failed;
    }

    /** Can be interrupted: nobody waits for it, so it may take long. */
    private List<Outcome> outcomes(List<SlotBatch> round) throws InterruptedException {
        try {
            return ports.stream().put(round).get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("a sink never completes exceptionally", e);
        }
    }

    /**
     * As for any put: one hot shard is not an outage. But a stream that took it too slowly for a request is none that
     * requests should be sent to.
     */
    private void note(List<Outcome> outcomes, Duration took) {
        if (outcomes.stream().noneMatch(Outcome::stored)) {
            ports.breaker().failed();
        } else if (took.compareTo(TOO_SLOW) < 0) {
            ports.breaker().succeeded();
        }
        for (Outcome outcome : outcomes) {
            if (outcome instanceof Outcome.NotStored(String reason)) {
                ports.counters().addReplayFailures(1);
                LOG.warn("replay stopped, the stream failed: {}", reason);
                return;
            }
        }
    }

    private boolean finish(String key, List<byte[]> unreadable) {
        try {
            if (!unreadable.isEmpty()) {
                LOG.error("{} lines of failover object {} are set aside", unreadable.size(), key);
                ports.bucket()
                        .put(ports.keys().setAside(key), LineBatch.encode(unreadable))
                        .join();
            }
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

    /** What one look has done. */
    private static final class Done {
        private int objects;
        private long events;
    }
}
