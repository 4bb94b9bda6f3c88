package dev.sluice.tracker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.sluice.model.Codec;
import dev.sluice.model.LineBatch;
import dev.sluice.tracker.memory.MemoryEventSink;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * Promises: a request is told when all its own events are durable and not before; batches keep their bounds and their
 * order; memory is bounded; a stop flushes.
 */
final class BatcherTest {
    private static final Duration LONG = Duration.ofSeconds(5);

    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
    private final CountDownLatch timerMayGo = new CountDownLatch(1);
    private final MemoryEventSink sink = new MemoryEventSink();

    @AfterEach
    void close() {
        timerMayGo.countDown();
        timer.shutdownNow();
    }

    @Test
    void eventsOfManyRequestsShareABatch() {
        holdTimer();
        Batcher batcher = batcher(sink, Duration.ofMillis(30));

        List<CompletableFuture<Fate>> fates = IntStream.range(0, 4)
                .mapToObj(i -> batcher.offer("demo", List.of(event(1, "e" + i))))
                .toList();
        timerMayGo.countDown();

        assertThat(fates).allMatch(fate -> fate.join() == Fate.DURABLE);
        assertThat(sink.stored()).extracting(SlotBatch::events).containsExactly(4);
    }

    @Test
    void neighbouringSlotsShareABatchAtThePlaceOfTheFirst() {
        var bounds = new BatchBounds(5, 1024, Duration.ofMillis(10), 64 << 10, 1, Codec.Format.GZIP, 6, 4, 0);
        var batcher = new Batcher(bounds, sink, Runnable::run, timer, new Counters());

        batcher.offer("demo", List.of(event(7, "a"), event(4, "b"), event(8, "c"), event(255, "d")))
                .join();

        assertThat(sink.stored())
                .extracting(SlotBatch::slot, SlotBatch::events)
                .containsExactlyInAnyOrder(tuple(4, 2), tuple(8, 1), tuple(252, 1));
    }

    @Test
    void aFullBatchLeavesAtOnce() {
        holdTimer();
        Batcher batcher = batcher(sink, LONG);

        CompletableFuture<Fate> fate = batcher.offer(
                "demo", IntStream.range(0, 10).mapToObj(i -> event(1, "e" + i)).toList());

        assertThat(fate.join()).isEqualTo(Fate.DURABLE);
        assertThat(sink.stored()).extracting(SlotBatch::events).containsExactly(5, 5);
    }

    @Test
    void aBatchKeepsItsBoundOfBytes() {
        Batcher batcher = batcher(sink, Duration.ofMillis(1));

        batcher.offer("demo", List.of(event(1, "x".repeat(600)), event(1, "y".repeat(600))))
                .join();

        assertThat(sink.stored()).extracting(SlotBatch::events).containsExactly(1, 1);
    }

    @Test
    void oneEventThatIsNotStoredFailsItsRequestOnly() {
        sink.refuse(batch -> batch.slot() == 2);
        Batcher batcher = batcher(sink, Duration.ofMillis(10));

        CompletableFuture<Fate> mixed = batcher.offer("demo", List.of(event(1, "a"), event(2, "b")));
        CompletableFuture<Fate> good = batcher.offer("demo", List.of(event(1, "c")));

        assertThat(List.of(mixed.join(), good.join())).containsExactly(Fate.NOT_DURABLE, Fate.DURABLE);
    }

    @Test
    void aRequestIsNotToldBeforeTheSinkAnswers() {
        holdTimer();
        var answers = new ArrayList<CompletableFuture<List<Outcome>>>();
        EventSink slow = batches -> {
            var answer = new CompletableFuture<List<Outcome>>();
            answers.add(answer);
            return answer;
        };
        Batcher batcher = batcher(slow, LONG);

        CompletableFuture<Fate> fate = batcher.offer(
                "demo", IntStream.range(0, 5).mapToObj(i -> event(1, "e" + i)).toList());

        assertThat(fate).isNotDone();
        answers.getFirst().complete(List.of(Outcome.STORED));
        assertThat(fate).isCompletedWithValue(Fate.DURABLE);
    }

    @Test
    void beyondTheBoundOfMemoryNothingIsTakenUntilThereIsRoom() {
        holdTimer();
        var answers = new ArrayList<CompletableFuture<List<Outcome>>>();
        EventSink slow = batches -> {
            var answer = new CompletableFuture<List<Outcome>>();
            answers.add(answer);
            return answer;
        };
        Batcher batcher = batcher(slow, LONG);
        List<StoredEvent> large = IntStream.range(0, 5)
                .mapToObj(i -> event(i, "x".repeat(12_000)))
                .toList();
        List<StoredEvent> five =
                IntStream.range(0, 5).mapToObj(i -> event(9, "x".repeat(190))).toList();
        var unused = batcher.offer("demo", large);
        unused = batcher.offer("demo", five);

        assertThat(batcher.offer("demo", large)).isCompletedWithValue(Fate.NO_ROOM);
        answers.getFirst().complete(List.of(Outcome.STORED));
        assertThat(batcher.offer("demo", five)).isNotDone();
    }

    @Test
    void oneAccountCannotFillTheNodeAndGetsItsRoomBackWhenItsEventsAreDurable() {
        holdTimer();
        var answers = new ArrayList<CompletableFuture<List<Outcome>>>();
        EventSink slow = batches -> {
            var answer = new CompletableFuture<List<Outcome>>();
            answers.add(answer);
            return answer;
        };
        var bounds = new BatchBounds(2, 1 << 20, LONG, 64 << 10, 0.5, Codec.Format.GZIP, 6, 1, 0);
        var batcher = new Batcher(bounds, slow, Runnable::run, timer, new Counters());
        List<StoredEvent> twenty = List.of(event(1, "x".repeat(10_000)), event(1, "x".repeat(10_000)));

        CompletableFuture<Fate> first = batcher.offer("greedy", twenty);
        assertThat(batcher.offer("greedy", twenty)).isCompletedWithValue(Fate.NO_ROOM);
        assertThat(batcher.offer("modest", twenty)).isNotDone();

        answers.getFirst().complete(List.of(Outcome.STORED));
        assertThat(first).isCompletedWithValue(Fate.DURABLE);
        assertThat(batcher.offer("greedy", twenty)).isNotDone();
    }

    @Test
    void aStopFlushesWhatIsOpenAndTakesNothingMore() {
        holdTimer();
        Batcher batcher = batcher(sink, LONG);
        CompletableFuture<Fate> fate = batcher.offer("demo", List.of(event(1, "a")));

        batcher.close();

        assertThat(fate).isCompletedWithValue(Fate.DURABLE);
        assertThat(batcher.offer("demo", List.of(event(1, "b")))).isCompletedWithValue(Fate.NO_ROOM);
    }

    @Test
    void theSinkIsGivenBatchesInTheOrderInWhichTheyLeftThoughTheFirstAreCompressedLast() {
        holdTimer();
        var compressing = new ArrayList<Runnable>();
        Batcher batcher = batcher(sink, compressing::add);

        List<CompletableFuture<Fate>> fates = IntStream.range(0, 6)
                .mapToObj(i -> batcher.offer("demo", five(1, "e" + i)))
                .toList();
        compressing.reversed().subList(0, 5).forEach(Runnable::run);
        assertThat(sink.stored()).isEmpty();
        compressing.getFirst().run();

        assertThat(fates).allMatch(fate -> fate.join() == Fate.DURABLE);
        assertThat(sink.stored())
                .extracting(
                        batch -> new String(LineBatch.decode(batch.body(), 1024).getFirst(), StandardCharsets.UTF_8))
                .containsExactly("e0", "e1", "e2", "e3", "e4", "e5");
    }

    @Test
    void batchesThatNobodyCompressesDoNotHoldUpThoseBehindThem() {
        holdTimer();
        var refuse = new AtomicBoolean(true);
        Batcher batcher = batcher(sink, work -> {
            if (refuse.getAndSet(false)) {
                throw new RejectedExecutionException();
            }
            work.run();
        });

        CompletableFuture<Fate> refused = batcher.offer("demo", five(1, "a"));
        CompletableFuture<Fate> next = batcher.offer("demo", five(1, "b"));

        assertThat(List.of(refused.join(), next.join())).containsExactly(Fate.NOT_DURABLE, Fate.DURABLE);
        assertThat(batcher.fill()).isZero();
    }

    @Test
    void aSinkThatFailsUnexpectedlyDoesNotHoldUpTheNextBatches() {
        holdTimer();
        var fail = new AtomicBoolean(true);
        Batcher batcher = batcher(
                batches -> {
                    if (fail.getAndSet(false)) {
                        throw new IllegalStateException("a fault in the sink");
                    }
                    return sink.put(batches);
                },
                Runnable::run);

        CompletableFuture<Fate> failed = batcher.offer("demo", five(1, "a"));
        CompletableFuture<Fate> next = batcher.offer("demo", five(1, "b"));

        assertThat(List.of(failed.join(), next.join())).containsExactly(Fate.NOT_DURABLE, Fate.DURABLE);
        assertThat(batcher.fill()).isZero();
    }

    /** No batch leaves for its age until the timer may go: what a test does before comes before, however long it takes. */
    private void holdTimer() {
        timer.execute(() -> {
            try {
                timerMayGo.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
    }

    private Batcher batcher(EventSink to, Duration linger) {
        return batcher(to, linger, Runnable::run);
    }

    private Batcher batcher(EventSink to, Executor compressors) {
        return batcher(to, LONG, compressors);
    }

    private Batcher batcher(EventSink to, Duration linger, Executor compressors) {
        var bounds = new BatchBounds(5, 1024, linger, 64 << 10, 1, Codec.Format.GZIP, 6, 1, 0);
        return new Batcher(bounds, to, compressors, timer, new Counters());
    }

    /** A full batch. */
    private static List<StoredEvent> five(int slot, String line) {
        return Collections.nCopies(5, event(slot, line));
    }

    private static StoredEvent event(int slot, String line) {
        return new StoredEvent(slot, line.getBytes(StandardCharsets.UTF_8));
    }
}
