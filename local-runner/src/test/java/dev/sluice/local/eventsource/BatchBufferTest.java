package dev.sluice.local.eventsource;

import static dev.sluice.local.eventsource.Items.items;
import static dev.sluice.local.eventsource.Items.numbers;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.local.lambda.Invocable;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * A buffer promises:
 * without a window what is there goes at once, up to the batch size; with one, a batch goes when it is full or its
 * first record has waited; no event is over Lambda's payload limit unless one record alone is.
 */
final class BatchBufferTest {
    private static final Instant NOW = Items.ARRIVED;

    @Test
    void withoutAWindowWhatIsThereGoesAtOnceUpToTheBatchSize() {
        var buffer = new BatchBuffer(EventSourceSettings.ofBatches(3));
        buffer.add(items(1, 5), NOW);

        assertThat(numbers(buffer.take(NOW))).containsExactly(1, 2, 3);
        assertThat(numbers(buffer.take(NOW))).containsExactly(4, 5);
        assertThat(buffer.take(NOW)).isEmpty();
    }

    @Test
    void withAWindowABatchThatIsNotFullWaits() {
        var buffer = new BatchBuffer(EventSourceSettings.ofBatches(3).withBatchingWindow(Duration.ofSeconds(2)));
        buffer.add(items(1, 1), NOW);
        assertThat(buffer.take(NOW.plusSeconds(1))).isEmpty();
        assertThat(buffer.patience(NOW.plusMillis(500))).isEqualTo(Duration.ofMillis(1_500));

        buffer.add(items(2, 2), NOW.plusSeconds(1));
        assertThat(buffer.take(NOW.plusMillis(1_999))).isEmpty();
        assertThat(numbers(buffer.take(NOW.plusSeconds(2)))).containsExactly(1, 2);
    }

    @Test
    void withAWindowAFullBatchGoesAtOnceAndTheRestWaitsItsOwnTime() {
        var buffer = new BatchBuffer(EventSourceSettings.ofBatches(3).withBatchingWindow(Duration.ofSeconds(2)));
        buffer.add(items(1, 2), NOW);
        buffer.add(items(3, 4), NOW.plusSeconds(1));

        assertThat(numbers(buffer.take(NOW.plusSeconds(1)))).containsExactly(1, 2, 3);
        assertThat(buffer.take(NOW.plusSeconds(2))).isEmpty();
        assertThat(numbers(buffer.take(NOW.plusSeconds(3)))).containsExactly(4);
        assertThat(buffer.patience(NOW)).isEqualTo(ShardConsumer.ANY);
    }

    @Test
    void noEventIsOverThePayloadLimit() {
        var buffer = new BatchBuffer(EventSourceSettings.ofBatches(100));
        buffer.add(IntStream.range(0, 7).mapToObj(i -> of(1_398_097)).toList(), NOW);

        List<BatchItem> first = buffer.take(NOW);
        assertThat(first).hasSize(4);
        assertThat(BatchItem.event(first).length).isLessThanOrEqualTo(Invocable.MAX_PAYLOAD_BYTES);
        assertThat(buffer.take(NOW)).hasSize(3);
    }

    @Test
    void anEventMayBeExactlyAtTheLimit() {
        var buffer = new BatchBuffer(EventSourceSettings.ofBatches(100));
        int half = (Invocable.MAX_PAYLOAD_BYTES - BatchItem.ENVELOPE_BYTES) / 2 - 1;
        buffer.add(List.of(of(half), of(half)), NOW);

        assertThat(buffer.take(NOW)).hasSize(2);
    }

    @Test
    void aRecordOverTheLimitGoesAlone() {
        var buffer = new BatchBuffer(EventSourceSettings.ofBatches(100));
        buffer.add(List.of(of(10), of(Invocable.MAX_PAYLOAD_BYTES), of(10)), NOW);

        assertThat(buffer.take(NOW)).hasSize(1);
        assertThat(buffer.take(NOW)).hasSize(1);
        assertThat(buffer.take(NOW)).hasSize(1);
    }

    private static BatchItem of(int bytes) {
        return new BatchItem("1", NOW, new byte[bytes]);
    }
}
