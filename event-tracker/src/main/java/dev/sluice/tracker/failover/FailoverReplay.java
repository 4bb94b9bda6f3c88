package dev.sluice.tracker.failover;

import dev.sluice.tracker.BatchBounds;
import dev.sluice.tracker.Counters;
import dev.sluice.tracker.EventSink;
import dev.sluice.tracker.LakeBucket;
import dev.sluice.tracker.LakeKeys;
import dev.sluice.tracker.Require;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings events back from the lake into the stream once the stream works again: reads some objects, groups their events
 * by slot as the batcher would, puts them, and only then deletes the objects. Holds a few megabytes of them at once. Safe to interrupt anywhere, to repeat and
 * to run on every node: at worst the events of a few objects come twice, which changes nothing.
 *
 * <p>Each node replays its own objects at once, and those of others when they have been there for {@code adoptAfter} and
 * their node has written nothing for as long, since then it is gone. Held to a rate, so that a backlog leaves the stream room for what is new. Blocks; run
 * by one thread.
 */
public final class FailoverReplay {
    private static final Logger LOG = LoggerFactory.getLogger(FailoverReplay.class);
    /** Objects read side by side, since each costs a few round trips to the lake. */
    private static final int OBJECTS_AT_ONCE = 16;
    /** Compressed, of objects read side by side; one alone may be larger, as its node's batcher held it. */
    private static final long BYTES_AT_ONCE = 2 << 20;

    private final Settings settings;
    private final BatchBounds bounds;
    private final Ports ports;
    private final FailoverObjects objects;
    private final Adoption adoption;
    /** Objects for a later release, read once; those of the latest look only. */
    private final Set<String> unknown = new HashSet<>();

    private final PacedPuts puts;

    /**
     * @param every time between looks, 100 ms to 1 h
     * @param adoptAfter age at which another node's objects are taken over if it has written none since, 0 (at once) to 1
     *     day
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

    /** A node's. */
    public FailoverReplay(Settings settings, BatchBounds bounds, Ports ports) {
        this(settings, bounds, ports, false);
    }

    /** One that takes over objects by their age alone, also of nodes that live: an operator wants them now. */
    public static FailoverReplay ofOperator(Settings settings, BatchBounds bounds, Ports ports) {
        return new FailoverReplay(settings, bounds, ports, true);
    }

    private FailoverReplay(Settings settings, BatchBounds bounds, Ports ports, boolean ofLiving) {
        this.settings = settings;
        this.bounds = bounds;
        this.ports = ports;
        this.objects = new FailoverObjects(ports.bucket(), ports.keys());
        this.adoption = new Adoption(objects, ports.keys(), settings.adoptAfter(), ofLiving);
        this.puts = new PacedPuts(ports, settings.bytesPerSecond());
    }

    /**
     * Looks once and replays what is due, up to a bound. Stops if the stream fails; an object that the lake does not give
     * is left for the next look and stops no other. Returns the number of objects done.
     */
    public int replayOnce() {
        int done = 0;
        long eventsBefore = puts.events();
        try {
            List<LakeBucket.Entry> due = due();
            int next = 0;
            boolean goesOn = true;
            while (goesOn && next < due.size()) {
                List<LakeBucket.Entry> some = some(due, next);
                next += some.size();
                var pass = new ReplayPass(ports, bounds, puts);
                int objects = pass.replay(some);
                done += objects;
                ports.counters().addReplayedObjects(objects);
                unknown.addAll(pass.unknown());
                goesOn = !pass.streamFailed();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (CompletionException e) {
            ports.counters().addReplayFailures(1);
            LOG.warn("no replay, the lake failed: {}", String.valueOf(e.getCause()));
        }
        ports.counters().failoverUnreadable(unknown.size());
        if (done > 0) {
            LOG.info("replayed {} events of {} failover objects", puts.events() - eventsBefore, done);
        }
        return done;
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
        due.addAll(adoption.adoptable(look, now));
        Set<String> listed = due.stream().map(LakeBucket.Entry::key).collect(Collectors.toSet());
        unknown.retainAll(listed);
        due.removeIf(entry -> unknown.contains(entry.key()));
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
}
