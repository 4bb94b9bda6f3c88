package dev.sluice.tracker;

import dev.sluice.model.LineBatch;
import dev.sluice.model.RejectedEvent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps what was refused, so that it can be corrected and replayed: objects of the lake, each of one reason and at most
 * 1 MiB. Thread-safe. Taking one neither blocks nor fails; beyond the bound of memory, or of its account's share of it, it is
 * counted as lost. What could
 * not be written waits for the next flush; so at worst it is written twice.
 */
public final class RejectedEvents {
    private static final Logger LOG = LoggerFactory.getLogger(RejectedEvents.class);

    /** Originals of one object, with some room for each: a backlog gets through piece by piece, however slowly. */
    private static final long MAX_OBJECT_BYTES = 1 << 20;
    /** Of the memory, for one account. */
    private static final double ACCOUNT_SHARE = 0.75;
    /** For all that came without a known write key, which anybody can send. */
    private static final double STRANGERS_SHARE = 1.0 / 16;
    /** Of the memory: so much does not wait for its time. */
    private static final double SOON_SHARE = 1.0 / 8;
    /** Longer than any number of objects should take; what is left then waits. */
    private static final Duration FLUSH_WITHIN = Duration.ofMinutes(10);

    private final Settings settings;
    private final LakeBucket bucket;
    private final LakeKeys keys;
    private final Counters counters;
    private final LongSupplier nanoTime;

    // Guarded by this.
    private List<RejectedEvent> waiting = new ArrayList<>();
    private final Map<String, Long> bytesOf = new HashMap<>();
    private long bytes;
    private int unwritten;
    private long lastFlush;
    private boolean lastFailed;

    /**
     * @param every time between flushes, 100 ms to 10 min; less if much waits and the bucket works
     * @param pendingBytes of originals that may wait, 64 KiB to 1 GiB
     */
    public record Settings(Duration every, long pendingBytes) {
        public Settings {
            Require.within("rejected.every", every, Duration.ofMillis(100), Duration.ofMinutes(10));
            Require.within("rejected.pending-bytes", pendingBytes, 64 << 10, 1 << 30);
        }
    }

    public RejectedEvents(Settings settings, LakeBucket bucket, LakeKeys keys, Counters counters) {
        this(settings, bucket, keys, counters, System::nanoTime);
    }

    RejectedEvents(Settings settings, LakeBucket bucket, LakeKeys keys, Counters counters, LongSupplier nanoTime) {
        this.settings = settings;
        this.bucket = bucket;
        this.keys = keys;
        this.counters = counters;
        this.nanoTime = nanoTime;
        this.lastFlush = nanoTime.getAsLong();
    }

    /** Keeps one until the next flush. */
    public synchronized void keep(RejectedEvent event) {
        long size = sizeOf(event);
        long ofAccount = bytesOf.getOrDefault(event.account(), 0L) + size;
        double share = event.account().isEmpty() ? STRANGERS_SHARE : ACCOUNT_SHARE;
        if (bytes + size > settings.pendingBytes() || ofAccount > settings.pendingBytes() * share) {
            counters.addRejectedLost(1);
            return;
        }
        waiting.add(event);
        bytesOf.put(event.account(), ofAccount);
        bytes += size;
        unwritten++;
    }

    /** Flushes if it is time, or if so much waits that the next might find no room. To be called often, by one thread. */
    public void flushIfDue() {
        if (isDue()) {
            flush();
        }
    }

    private synchronized boolean isDue() {
        boolean isTime = nanoTime.getAsLong() - lastFlush >= settings.every().toNanos();
        return isTime || !lastFailed && bytes > settings.pendingBytes() * SOON_SHARE;
    }

    /** Writes what waits, one object after another, until the bucket fails. Blocks; one thread at a time. */
    public void flush() {
        flush(FLUSH_WITHIN);
    }

    private void flush(Duration within) {
        long deadline = System.nanoTime() + within.toNanos();
        List<List<RejectedEvent>> objects = objects(take());
        int written = 0;
        try {
            for (List<RejectedEvent> object : objects) {
                write(object, deadline - System.nanoTime());
                written++;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            LOG.warn("{} objects of rejected events wait for the next flush: {}", objects.size() - written, why(e));
        } finally {
            waitAgain(objects.subList(written, objects.size()));
        }
    }

    private synchronized List<RejectedEvent> take() {
        List<RejectedEvent> taken = waiting;
        waiting = new ArrayList<>();
        return taken;
    }

    private synchronized void waitAgain(List<List<RejectedEvent>> objects) {
        lastFlush = nanoTime.getAsLong();
        lastFailed = !objects.isEmpty();
        objects.forEach(waiting::addAll);
    }

    /** By reason, in pieces. */
    private static List<List<RejectedEvent>> objects(List<RejectedEvent> events) {
        var objects = new ArrayList<List<RejectedEvent>>();
        Map<String, List<RejectedEvent>> byCode = new LinkedHashMap<>();
        events.forEach(event ->
                byCode.computeIfAbsent(event.code(), code -> new ArrayList<>()).add(event));
        for (List<RejectedEvent> sameCode : byCode.values()) {
            List<RejectedEvent> object = new ArrayList<>();
            long size = 0;
            for (RejectedEvent event : sameCode) {
                if (!object.isEmpty() && size + sizeOf(event) > MAX_OBJECT_BYTES) {
                    objects.add(object);
                    object = new ArrayList<>();
                    size = 0;
                }
                object.add(event);
                size += sizeOf(event);
            }
            objects.add(object);
        }
        return objects;
    }

    private void write(List<RejectedEvent> object, long withinNanos)
            throws InterruptedException, ExecutionException, TimeoutException {
        byte[] body =
                LineBatch.encode(object.stream().map(RejectedEvent::toJson).toList());
        var unused = bucket.put(keys.rejected(object.getFirst().code()), body).get(withinNanos, TimeUnit.NANOSECONDS);
        synchronized (this) {
            object.forEach(this::release);
        }
    }

    /** Called with the lock held. */
    private void release(RejectedEvent event) {
        long size = sizeOf(event);
        bytes -= size;
        bytesOf.computeIfPresent(event.account(), (account, of) -> of > size ? of - size : null);
        unwritten--;
    }

    private static long sizeOf(RejectedEvent event) {
        return event.bytes().length + event.context().length() + 256L;
    }

    private static String why(Exception failure) {
        Throwable cause =
                failure instanceof ExecutionException && failure.getCause() != null ? failure.getCause() : failure;
        return cause.getClass().getSimpleName();
    }

    /** Flushes once more, for at most {@code within}; what still is not written is counted and logged as lost. */
    public void close(Duration within) {
        flush(within);
        synchronized (this) {
            if (unwritten > 0) {
                counters.addRejectedLost(unwritten);
                LOG.warn("{} rejected events are lost at the stop", unwritten);
            }
        }
    }
}
