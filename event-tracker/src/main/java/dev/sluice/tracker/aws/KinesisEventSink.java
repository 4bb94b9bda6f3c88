package dev.sluice.tracker.aws;

import dev.sluice.model.Ring;
import dev.sluice.tracker.Counters;
import dev.sluice.tracker.EventSink;
import dev.sluice.tracker.Outcome;
import dev.sluice.tracker.SlotBatch;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.exception.ApiCallAttemptTimeoutException;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.services.kinesis.KinesisAsyncClient;
import software.amazon.awssdk.services.kinesis.model.PutRecordsRequestEntry;
import software.amazon.awssdk.services.kinesis.model.PutRecordsResponse;
import software.amazon.awssdk.services.kinesis.model.PutRecordsResultEntry;

/**
 * Batches as records of a Kinesis stream, at the explicit hash key of their slot.
 *
 * <p>PutRecords can fail record by record and does not keep the order within a request. So each slot is a lane in which
 * one record at a time is on its way: a record that Kinesis refuses is tried again by itself while the later ones of its
 * lane wait and the other lanes go on. Slots are few (256), so one request never reaches the limit of 500 records; its
 * bytes are bounded here. A request that fails as a whole was already retried by the SDK and is not tried again.
 */
public final class KinesisEventSink implements EventSink {
    /** AWS's limit of one PutRecords request, less some room for keys. */
    private static final int MAX_REQUEST_BYTES = 5_000_000 - 64 * 1024;

    private static final Logger LOG = LoggerFactory.getLogger(KinesisEventSink.class);
    private static final Duration WARM_UP = Duration.ofSeconds(3);

    private final KinesisAsyncClient client;
    private final KinesisSettings settings;
    private final ScheduledExecutorService timer;
    private final RandomGenerator random;
    private final Counters counters;

    private final Object lock = new Object();
    // Guarded by lock.
    private final List<Lane> lanes =
            IntStream.range(0, Ring.SLOTS).mapToObj(slot -> new Lane()).toList();
    private int firstLane;

    /**
     * @param client whose calls must end within {@link KinesisSettings#call}; must outlive this
     * @param timer wakes retries; must outlive this
     */
    public KinesisEventSink(
            KinesisAsyncClient client,
            KinesisSettings settings,
            ScheduledExecutorService timer,
            RandomGenerator random,
            Counters counters) {
        this.client = client;
        this.settings = settings;
        this.timer = timer;
        this.random = random;
        this.counters = counters;
    }

    /**
     * Makes one harmless call, so that the first request does not pay for loading classes and connecting. Blocks for at
     * most 3 s; whether the stream can be reached is only logged, since there is the failover.
     */
    public void warmUp() {
        try {
            var unused = client.describeStreamSummary(describe -> describe.streamName(settings.stream())
                            .overrideConfiguration(
                                    limits -> limits.apiCallTimeout(WARM_UP).apiCallAttemptTimeout(WARM_UP)))
                    .join();
        } catch (CompletionException e) {
            LOG.warn("stream {} does not answer yet: {}", settings.stream(), why(e));
        }
    }

    @Override
    public CompletableFuture<List<Outcome>> put(List<SlotBatch> batches) {
        long mayWait = settings.within().minus(settings.call()).toNanos();
        long latestStart = System.nanoTime() + mayWait;
        List<Item> items =
                batches.stream().map(batch -> new Item(batch, latestStart)).toList();
        synchronized (lock) {
            items.forEach(item -> lanes.get(item.batch.slot()).waiting.addLast(item));
        }
        pump();
        if (items.stream().anyMatch(item -> !item.outcome.isDone())) {
            later(this::pump, mayWait + TimeUnit.MILLISECONDS.toNanos(1));
        }
        return CompletableFuture.allOf(items.stream().map(item -> item.outcome).toArray(CompletableFuture[]::new))
                .thenApply(
                        done -> items.stream().map(item -> item.outcome.join()).toList());
    }

    /** Sends whatever may be sent now. */
    private void pump() {
        var expired = new ArrayList<Item>();
        List<Item> request = take(expired);
        while (!request.isEmpty()) {
            send(request);
            request = take(expired);
        }
        expired.forEach(
                item -> item.outcome.complete(new Outcome.NotStored(Outcome.Why.LATE, "waited too long for its slot")));
    }

    /** The heads of lanes that are not busy, up to the limit of bytes; each lane becomes busy. */
    private List<Item> take(List<Item> expired) {
        var request = new ArrayList<Item>();
        synchronized (lock) {
            long now = System.nanoTime();
            int bytes = 0;
            for (int i = 0; i < lanes.size(); i++) {
                Lane lane = lanes.get((firstLane + i) % lanes.size());
                lane.expire(now, expired);
                Item head = lane.waiting.peekFirst();
                if (head == null || lane.busy || bytes + head.batch.body().length > MAX_REQUEST_BYTES) {
                    continue;
                }
                bytes += head.batch.body().length;
                lane.busy = true;
                request.add(lane.waiting.removeFirst());
            }
            firstLane = (firstLane + 1) % lanes.size();
        }
        return request;
    }

    private void send(List<Item> request) {
        CompletableFuture<PutRecordsResponse> call;
        try {
            List<PutRecordsRequestEntry> records =
                    request.stream().map(KinesisEventSink::entry).toList();
            call = client.putRecords(put -> put.streamName(settings.stream()).records(records));
        } catch (RuntimeException e) {
            call = CompletableFuture.failedFuture(e);
        }
        var unused = call.handle((response, failure) -> {
            settle(request, response, failure);
            return null;
        });
    }

    private static PutRecordsRequestEntry entry(Item item) {
        int slot = item.batch.slot();
        return PutRecordsRequestEntry.builder()
                .partitionKey(Integer.toString(slot))
                .explicitHashKey(Ring.explicitHashKey(slot))
                .data(SdkBytes.fromByteArrayUnsafe(item.batch.body()))
                .build();
    }

    private void settle(List<Item> request, @Nullable PutRecordsResponse response, @Nullable Throwable failure) {
        if (response == null || response.records().size() != request.size()) {
            var outcome = failure == null
                    ? new Outcome.NotStored(Outcome.Why.FAILED, "Kinesis answered for other records")
                    : new Outcome.NotStored(isTimeOver(failure) ? Outcome.Why.LATE : Outcome.Why.FAILED, why(failure));
            request.forEach(item -> finish(item, outcome));
        } else {
            for (int i = 0; i < request.size(); i++) {
                settle(request.get(i), response.records().get(i));
            }
        }
        pump();
    }

    private void settle(Item item, PutRecordsResultEntry result) {
        if (result.errorCode() == null) {
            counters.addKinesisRecords(1);
            finish(item, Outcome.STORED);
            return;
        }
        item.attempts++;
        long wait = backoffNanos(item.attempts);
        if (item.attempts >= settings.attempts()) {
            finish(item, new Outcome.NotStored(Outcome.Why.REFUSED, "Kinesis: " + result.errorCode()));
            return;
        }
        if (System.nanoTime() + wait - item.latestStart > 0) {
            finish(item, new Outcome.NotStored(Outcome.Why.LATE, "no time for another try: " + result.errorCode()));
            return;
        }
        // The lane stays busy until the wait is over, which holds back its later records.
        synchronized (lock) {
            lanes.get(item.batch.slot()).waiting.addFirst(item);
        }
        later(() -> free(item.batch.slot()), wait);
    }

    private long backoffNanos(int attemptsMade) {
        long whole = settings.backoff().toNanos() << (attemptsMade - 1);
        return whole / 2 + random.nextLong(whole / 2 + 1);
    }

    private void finish(Item item, Outcome outcome) {
        synchronized (lock) {
            lanes.get(item.batch.slot()).busy = false;
        }
        item.outcome.complete(outcome);
    }

    private void free(int slot) {
        synchronized (lock) {
            lanes.get(slot).busy = false;
        }
        pump();
    }

    private void later(Runnable work, long nanos) {
        try {
            var unused = timer.schedule(work, nanos, TimeUnit.NANOSECONDS);
        } catch (RejectedExecutionException e) {
            // The tracker has stopped; what still waits is settled now rather than never.
            work.run();
        }
    }

    private static Throwable cause(Throwable failure) {
        return failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
    }

    private static boolean isTimeOver(Throwable failure) {
        Throwable cause = cause(failure);
        return cause instanceof ApiCallTimeoutException || cause instanceof ApiCallAttemptTimeoutException;
    }

    private static String why(Throwable failure) {
        Throwable cause = cause(failure);
        // The SDK's advice fills further lines.
        String message = String.valueOf(cause.getMessage());
        return cause.getClass().getSimpleName() + ": "
                + message.lines().findFirst().orElse("");
    }

    /** Records of one slot, in order; while busy, one of them is on its way or waits to be tried again. */
    private static final class Lane {
        private final ArrayDeque<Item> waiting = new ArrayDeque<>();
        private boolean busy;

        void expire(long now, List<Item> expired) {
            Item head = waiting.peekFirst();
            while (head != null && now - head.latestStart > 0) {
                expired.add(waiting.removeFirst());
                head = waiting.peekFirst();
            }
        }
    }

    private static final class Item {
        private final SlotBatch batch;
        /** A call that begins later would end after the put's time. */
        private final long latestStart;

        private final CompletableFuture<Outcome> outcome = new CompletableFuture<>();
        private int attempts;

        Item(SlotBatch batch, long latestStart) {
            this.batch = batch;
            this.latestStart = latestStart;
        }
    }
}
