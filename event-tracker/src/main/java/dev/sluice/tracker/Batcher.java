package dev.sluice.tracker;

import dev.sluice.model.LineBatch;
import dev.sluice.model.Ring;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Group commit: events of many requests leave together, one batch for some neighbouring ring
 * slots, and each request is told when its own
 * are durable. Thread-safe; {@code offer} neither blocks nor compresses.
 *
 * <p>A batch leaves when it is full, and all open ones leave together {@code linger} after the first event came; so a
 * quiet slot shares its call with the others. What is on its way is bounded by bytes: beyond that nothing is taken.
 *
 * <p>Batches are compressed in parallel, and given to the sink in the order in which they left: one that is ready early
 * waits for those before it.
 */
public final class Batcher implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Batcher.class);

    private final BatchBounds bounds;
    private final EventSink sink;
    private final Executor compressors;
    private final ScheduledExecutorService timer;
    private final Counters counters;

    private final Object lock = new Object();
    // Guarded by lock.
    private final @Nullable OpenBatch[] open = new OpenBatch[Ring.SLOTS];
    private boolean lingering;
    private boolean closed;
    private long pendingBytes;
    private final Map<String, Long> pendingOfAccount = new HashMap<>();
    /** Done when the sink has been given all that has left; never exceptionally. */
    private CompletableFuture<?> handedOver = CompletableFuture.completedFuture(null);

    /**
     * @param compressors runs short, CPU-bound work; must outlive this
     * @param timer wakes the batches; must outlive this
     */
    public Batcher(
            BatchBounds bounds,
            EventSink sink,
            Executor compressors,
            ScheduledExecutorService timer,
            Counters counters) {
        this.bounds = bounds;
        this.sink = sink;
        this.compressors = compressors;
        this.timer = timer;
        this.counters = counters;
    }

    /**
     * Takes all the events of one request or none; the future completes on a sink's thread, never exceptionally. An
     * account that has its share of the room already is told that there is none, whatever the others use.
     */
    public CompletableFuture<Fate> offer(String account, List<StoredEvent> events) {
        if (events.isEmpty()) {
            return CompletableFuture.completedFuture(Fate.DURABLE);
        }
        long bytes = 0;
        for (StoredEvent event : events) {
            bytes += event.line().length;
        }
        var request = new Waiting(account, bytes, events.size());
        Departure departure;
        synchronized (lock) {
            long ofAccount = pendingOfAccount.getOrDefault(account, 0L) + bytes;
            if (closed
                    || pendingBytes + bytes > bounds.pendingBytes()
                    || ofAccount > bounds.pendingBytes() * bounds.accountShare()) {
                return CompletableFuture.completedFuture(Fate.NO_ROOM);
            }
            pendingBytes += bytes;
            pendingOfAccount.put(account, ofAccount);
            counters.pendingBytes(pendingBytes);
            var full = new ArrayList<OpenBatch>();
            for (StoredEvent event : events) {
                add(event, request, full);
            }
            linger();
            departure = depart(full);
        }
        send(departure);
        return request.fate;
    }

    private void add(StoredEvent event, Waiting request, List<OpenBatch> full) {
        int lane = bounds.lane(event.slot());
        OpenBatch batch = open[lane];
        if (batch != null && batch.bytes + event.line().length > bounds.bytes()) {
            full.add(batch);
            batch = null;
        }
        if (batch == null) {
            batch = new OpenBatch(lane);
            open[lane] = batch;
        }
        batch.add(event, request);
        if (batch.lines.size() == bounds.events()) {
            full.add(batch);
            open[lane] = null;
        }
    }

    private void linger() {
        if (!lingering) {
            lingering = true;
            var unused = timer.schedule(this::sendOpen, bounds.linger().toNanos(), TimeUnit.NANOSECONDS);
        }
    }

    private void sendOpen() {
        Departure departure;
        synchronized (lock) {
            lingering = false;
            var due = new ArrayList<OpenBatch>();
            for (int slot = 0; slot < open.length; slot++) {
                OpenBatch batch = open[slot];
                if (batch != null) {
                    due.add(batch);
                    open[slot] = null;
                }
            }
            departure = depart(due);
        }
        send(departure);
    }

    /** Gives batches their place in the order. With the lock held: so nothing is given to the sink in here. */
    private Departure depart(List<OpenBatch> due) {
        var departure = new Departure(due, new CompletableFuture<>());
        if (!due.isEmpty()) {
            handedOver = CompletableFuture.allOf(handedOver, departure.packed).handle((ready, failure) -> {
                handOver(departure);
                return null;
            });
        }
        return departure;
    }

    private void send(Departure departure) {
        if (departure.due.isEmpty()) {
            return;
        }
        try {
            compressors.execute(() -> compress(departure));
        } catch (RejectedExecutionException e) {
            departure.packed.completeExceptionally(e);
        }
    }

    private void compress(Departure departure) {
        var batches = new ArrayList<SlotBatch>(departure.due.size());
        try {
            for (OpenBatch batch : departure.due) {
                batches.add(
                        new SlotBatch(batch.slot, batch.lines.size(), LineBatch.encode(batch.lines, bounds.packing())));
            }
        } catch (Throwable e) {
            // Those that left later wait for these, whatever happened.
            LOG.error("batches could not be compressed", e);
            departure.packed.completeExceptionally(e);
            return;
        }
        counters.addBatches(batches.size());
        departure.packed.complete(batches);
    }

    private void handOver(Departure departure) {
        var unused = departure.packed.thenCompose(sink::put).handle((outcomes, failure) -> {
            for (int i = 0; i < departure.due.size(); i++) {
                settle(departure.due.get(i), failure == null && outcomes.get(i).stored());
            }
            return null;
        });
    }

    private void settle(OpenBatch batch, boolean stored) {
        synchronized (lock) {
            pendingBytes -= batch.bytes;
            counters.pendingBytes(pendingBytes);
            lock.notifyAll();
        }
        for (Waiting request : batch.requests) {
            if (request.settle(stored)) {
                release(request);
                request.fate.complete(request.result());
            }
        }
    }

    /** An account has its room back when the whole of a request is settled. */
    private void release(Waiting request) {
        synchronized (lock) {
            pendingOfAccount.computeIfPresent(
                    request.account, (account, bytes) -> bytes > request.bytes ? bytes - request.bytes : null);
        }
    }

    /** How full this is, 0 to 1. */
    public double fill() {
        synchronized (lock) {
            return (double) pendingBytes / bounds.pendingBytes();
        }
    }

    /** Takes nothing more, sends what is open and waits until all is settled, at most {@code within}. */
    public void close(Duration within) {
        synchronized (lock) {
            closed = true;
        }
        sendOpen();
        long deadline = System.nanoTime() + within.toNanos();
        synchronized (lock) {
            long left = deadline - System.nanoTime();
            while (pendingBytes > 0 && left > 0) {
                try {
                    TimeUnit.NANOSECONDS.timedWait(lock, left);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    return;
                }
                left = deadline - System.nanoTime();
            }
        }
    }

    /** As {@link #close(Duration)} within 5 s. */
    @Override
    public void close() {
        close(Duration.ofSeconds(5));
    }

    /** A batch that still takes events; guarded by the lock until it leaves. */
    private static final class OpenBatch {
        private final int slot;
        private final List<byte[]> lines = new ArrayList<>();
        private final List<Waiting> requests = new ArrayList<>();
        private long bytes;

        OpenBatch(int slot) {
            this.slot = slot;
        }

        void add(StoredEvent event, Waiting request) {
            lines.add(event.line());
            requests.add(request);
            bytes += event.line().length;
        }
    }

    /**
     * Batches that leave together.
     *
     * @param packed what the sink is to be given
     */
    private record Departure(List<OpenBatch> due, CompletableFuture<List<SlotBatch>> packed) {}

    /** A request whose events are on their way. */
    private static final class Waiting {
        private final CompletableFuture<Fate> fate = new CompletableFuture<>();
        private final String account;
        private final long bytes;
        private int left;
        private boolean allStored = true;

        Waiting(String account, long bytes, int events) {
            this.account = account;
            this.bytes = bytes;
            this.left = events;
        }

        /** Of one event more; true of the last. */
        synchronized boolean settle(boolean stored) {
            allStored &= stored;
            left--;
            return left == 0;
        }

        synchronized Fate result() {
            return allStored ? Fate.DURABLE : Fate.NOT_DURABLE;
        }
    }
}
