package dev.sluice.tracker.failover;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.tracker.Counters;
import dev.sluice.tracker.EventSink;
import dev.sluice.tracker.Outcome;
import dev.sluice.tracker.SlotBatch;
import dev.sluice.tracker.memory.MemoryEventSink;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/**
 * Promises: one batch in so many goes to the second sink as well, only of those that the first stored; whether the
 * second works or answers at all is nobody's concern but a counter's.
 */
final class SharingEventSinkTest {
    private final MemoryEventSink first = new MemoryEventSink();
    private final MemoryEventSink second = new MemoryEventSink();
    private final Counters counters = new Counters();

    @Test
    void oneBatchInSoManyIsInBoth() {
        var sink = new SharingEventSink(first, second, 3, counters);

        for (int slot = 0; slot < 10; slot++) {
            sink.put(List.of(batch(slot))).join();
        }

        assertThat(first.stored()).hasSize(10);
        assertThat(second.stored()).extracting(SlotBatch::slot).containsExactly(2, 5, 8);
        assertThat(counters.read()).containsEntry("sharedBatches", 3L);
    }

    @Test
    void noneIsSharedIfNoneIsWanted() {
        var sink = new SharingEventSink(first, second, 0, counters);

        sink.put(List.of(batch(1), batch(2))).join();

        assertThat(second.stored()).isEmpty();
    }

    @Test
    void whatTheFirstDidNotStoreIsNotShared() {
        first.refuse(batch -> batch.slot() == 1);
        var sink = new SharingEventSink(first, second, 1, counters);

        List<Outcome> outcomes = sink.put(List.of(batch(1), batch(2))).join();

        assertThat(outcomes).extracting(Outcome::stored).containsExactly(false, true);
        assertThat(second.stored()).extracting(SlotBatch::slot).containsExactly(2);
    }

    @Test
    void aSecondSinkThatFailsIsCountedAndChangesNoAnswer() {
        second.refuse(batch -> true);
        var sink = new SharingEventSink(first, second, 1, counters);

        assertThat(sink.put(List.of(batch(1))).join()).containsExactly(Outcome.STORED);
        assertThat(counters.read()).containsEntry("sharedBatchesFailed", 1L).containsEntry("sharedBatches", 0L);
    }

    @Test
    void aSecondSinkThatThrowsIsCountedAndChangesNoAnswer() {
        EventSink broken = batches -> {
            throw new OutOfMemoryError("for the second only");
        };
        var sink = new SharingEventSink(first, broken, 1, counters);

        for (int i = 0; i < 40; i++) {
            assertThat(sink.put(List.of(batch(i))).join()).containsExactly(Outcome.STORED);
        }

        assertThat(counters.read()).containsEntry("sharedBatchesFailed", 40L);
    }

    @Test
    void aSecondSinkThatNeverAnswersHoldsUpNothingAndGetsNoMoreThanABound() {
        var asked = new ArrayList<List<SlotBatch>>();
        EventSink silent = batches -> {
            asked.add(batches);
            return new CompletableFuture<>();
        };
        var sink = new SharingEventSink(first, silent, 1, counters);

        for (int i = 0; i < 40; i++) {
            assertThat(sink.put(List.of(batch(i)))).isCompleted();
        }

        assertThat(asked).hasSize(16);
        assertThat(counters.read()).containsEntry("sharedBatchesFailed", 24L);
    }

    private static SlotBatch batch(int slot) {
        return new SlotBatch(slot, 1, new byte[] {1});
    }
}
