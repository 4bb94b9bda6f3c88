package dev.sluice.tracker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.tracker.memory.MemoryEventSink;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Promises: a sink fails from the first call of which nothing was stored to the first that stores something. */
final class WatchedEventSinkTest {
    private static final Duration LONG = Duration.ofHours(1);

    private final MemoryEventSink sink = new MemoryEventSink();
    private Instant now = Instant.parse("2026-11-21T12:00:00Z");
    private final WatchedEventSink watched = new WatchedEventSink(sink, () -> now);

    private void put(int... slots) {
        List<SlotBatch> batches = Arrays.stream(slots)
                .mapToObj(slot -> new SlotBatch(slot, 1, new byte[1]))
                .toList();
        assertThat(watched.put(batches).join()).hasSize(slots.length);
    }

    @Test
    void aSinkThatWasNotAskedDoesNotFail() {
        put();

        assertThat(watched.failingFor(LONG)).isZero();
    }

    @Test
    void failuresInARowCountFromTheFirstAndEndWithASuccess() {
        sink.refuse(batch -> true);
        put(1);
        now = now.plusSeconds(20);
        put(1, 2);
        now = now.plusSeconds(5);
        assertThat(watched.failingFor(LONG)).isEqualTo(Duration.ofSeconds(25));

        sink.refuse(batch -> batch.slot() == 1);
        put(1, 2);

        assertThat(watched.failingFor(LONG)).isZero();
    }

    @Test
    void theFirstFailureCountsAtOnce() {
        sink.refuse(batch -> true);
        put(1);

        assertThat(watched.failingFor(LONG)).isPositive();
    }

    @Test
    void aFailureIsForgottenWhenNothingWasTriedForLong() {
        sink.refuse(batch -> true);
        put(1);
        now = now.plusSeconds(11);

        assertThat(watched.failingFor(Duration.ofSeconds(10))).isZero();
    }
}
