package dev.sluice.local.eventsource;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * Reads every shard of a stream with a virtual thread each, finds new shards, and reads a shard only after its parents
 * are finished. A stream that is down or missing is asked again, without end, with a pause of up to 2 s; so is a
 * consumer that throws, with the same page: a shard never stands still for good.
 */
public final class ShardWorkers<R> implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ShardWorkers.class);
    /** Until there are shards to read; afterwards only an ended shard makes new ones that may be read. */
    private static final Duration DISCOVERY = Duration.ofSeconds(1);

    private static final Duration REDISCOVERY = Duration.ofSeconds(5);
    private static final long NEVER = Long.MAX_VALUE;
    private static final Duration FIRST_PAUSE = Duration.ofMillis(50);
    private static final int MOST_DOUBLINGS = 5;
    private static final Duration END_LIMIT = Duration.ofSeconds(10);

    private final Work<R> work;
    private final Bell records = new Bell();
    private final Bell endings = new Bell();
    private final Map<String, Thread> workers = new ConcurrentHashMap<>();
    private final Set<String> finished = ConcurrentHashMap.newKeySet();
    private final Thread discovery;

    /**
     * What to read and how.
     *
     * @param name how logs call it
     * @param limit most records of one read
     * @param consumers makes what receives a shard's records; called once per shard
     */
    public record Work<R>(
            String name,
            ShardSource<R> source,
            ReadPace pace,
            int limit,
            Function<Shard, ShardConsumer<R>> consumers) {}

    private ShardWorkers(Work<R> work) {
        this.work = work;
        this.discovery = Thread.ofVirtual().name(work.name() + " shards").unstarted(this::discover);
    }

    public static <R> ShardWorkers<R> start(Work<R> work) {
        var workers = new ShardWorkers<>(work);
        workers.discovery.start();
        return workers;
    }

    private void discover() {
        try {
            int failures = 0;
            long heard;
            do {
                heard = endings.rings();
                try {
                    startWorkers(work.source().shards());
                    failures = 0;
                } catch (RuntimeException failed) {
                    failures++;
                    note("the shards", failures, failed);
                }
            } while (!endings.isClosedWithin(untilDiscovery(failures), failures == 0 ? heard : NEVER));
        } catch (InterruptedException closing) {
            Thread.currentThread().interrupt();
        }
    }

    private Duration untilDiscovery(int failures) {
        if (failures > 0) {
            return pause(failures);
        }
        return workers.isEmpty() ? DISCOVERY : REDISCOVERY;
    }

    private void startWorkers(List<Shard> shards) {
        Set<String> known = shards.stream().map(Shard::id).collect(Collectors.toSet());
        for (Shard shard : shards) {
            boolean parentsDone =
                    shard.parents().stream().allMatch(parent -> finished.contains(parent) || !known.contains(parent));
            if (parentsDone) {
                workers.computeIfAbsent(
                        shard.id(),
                        id -> Thread.ofVirtual().name(work.name() + " " + id).start(() -> work(shard)));
            }
        }
    }

    private void work(Shard shard) {
        try {
            if (readToTheEnd(shard.id(), work.consumers().apply(shard))) {
                finished.add(shard.id());
                endings.ring();
            }
        } catch (InterruptedException closing) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean readToTheEnd(String shardId, ShardConsumer<R> consumer) throws InterruptedException {
        ShardReader<R> reader = null;
        ShardReader.Page<R> page = null;
        int failures = 0;
        Duration wait = Duration.ZERO;
        long heard = NEVER;
        while (!records.isClosedWithin(wait, heard)) {
            heard = records.rings();
            long started = System.nanoTime();
            try {
                reader = reader == null ? work.source().open(shardId) : reader;
                page = page == null ? reader.read(work.limit()) : page;
                consumer.accept(page);
            } catch (RuntimeException failed) {
                failures++;
                note(shardId, failures, failed);
                wait = pause(failures);
                heard = NEVER;
                continue;
            }
            failures = 0;
            if (page.ended()) {
                return true;
            }
            Duration untilNext =
                    page.more() ? work.pace().backlog() : shorter(work.pace().idle(), consumer.patience());
            page = null;
            wait = untilNext.minusNanos(System.nanoTime() - started);
        }
        return false;
    }

    /** A stream that is down is nothing new; anything else nobody above this thread would see. */
    private void note(String what, int failures, RuntimeException failed) {
        if (failed instanceof SdkException) {
            LOG.debug("{}: {} cannot be read, try {}", work.name(), what, failures, failed);
        } else {
            LOG.error("{}: {} failed, try {}", work.name(), what, failures, failed);
        }
    }

    /** A consumer's wish shortens an idle wait, but not below the pace of a backlog. */
    private Duration shorter(Duration idle, Duration patience) {
        Duration least = work.pace().backlog();
        Duration wanted = patience.compareTo(least) < 0 ? least : patience;
        return wanted.isZero() || wanted.compareTo(idle) > 0 ? idle : wanted;
    }

    static Duration pause(int failures) {
        return FIRST_PAUSE.multipliedBy(1L << Math.min(failures, MOST_DOUBLINGS));
    }

    /** Reads at once: somebody knows that there is something. */
    public void look() {
        records.ring();
    }

    /** Lets each worker finish what it is at, for up to 10 s in all, then interrupts it. */
    @Override
    public void close() {
        records.close();
        endings.close();
        long deadline = System.nanoTime() + END_LIMIT.toNanos();
        try {
            discovery.join(END_LIMIT);
            for (Thread worker : workers.values()) {
                if (!worker.join(Duration.ofNanos(Math.max(1, deadline - System.nanoTime())))) {
                    worker.interrupt();
                }
            }
        } catch (InterruptedException interrupted) {
            workers.values().forEach(Thread::interrupt);
            Thread.currentThread().interrupt();
        }
    }
}
