package dev.sluice.tracker.failover;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.tracker.Counters;
import dev.sluice.tracker.EventSink;
import dev.sluice.tracker.EventSinkContract;
import dev.sluice.tracker.LakeKeys;
import dev.sluice.tracker.Outcome;
import dev.sluice.tracker.memory.MemoryEventSink;
import dev.sluice.tracker.memory.MemoryLakeBucket;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/**
 * Beyond the contract: only what the first could not take goes to the second; after repeated failures the first is left
 * alone for a stated time, one call probes, and success brings it back.
 */
final class FailoverEventSinkTest extends EventSinkContract {
    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-11-21T12:00:00Z"));
    private final MemoryEventSink first = new MemoryEventSink();
    private final MemoryLakeBucket bucket = new MemoryLakeBucket(now::get);
    private final Counters counters = new Counters();
    private final Breaker breaker = new Breaker(new Breaker.Settings(2, Duration.ofSeconds(5)), now::get);
    private final FailoverEventSink sink = new FailoverEventSink(
            first, new BucketEventSink(bucket, new LakeKeys("10.0.0.7", now::get, () -> "id")), breaker, counters);

    @Override
    protected EventSink sink() {
        return sink;
    }

    @Override
    protected List<String> lines() {
        return first.stored().stream()
                .flatMap(batch -> lines(batch.body()).stream())
                .toList();
    }

    @Override
    protected void fail() {
        first.refuse(batch -> true);
        bucket.down(true);
    }

    @Test
    void onlyWhatTheFirstCouldNotTakeGoesToTheSecond() {
        first.refuse(batch -> batch.slot() == 2);

        List<Outcome> outcomes =
                sink.put(List.of(batch(1, "a"), batch(2, "b"), batch(3, "c"))).join();

        assertThat(outcomes).allMatch(Outcome::stored);
        assertThat(lines()).containsExactly("a", "c");
        assertThat(lines(bucket.fetch("failover/2026/11/21/12/10.0.0.7-id.gz").join()))
                .containsExactly("b");
        assertThat(counters.read()).containsEntry("failoverBatches", 1L).containsEntry("failoverRefused", 1L);
    }

    @Test
    void afterRepeatedFailuresTheFirstIsLeftAloneThenProbed() {
        first.refuse(batch -> true);
        sink.put(List.of(batch(1, "a"))).join();
        sink.put(List.of(batch(1, "b"))).join();
        first.refuse(batch -> false);

        sink.put(List.of(batch(1, "kept away"))).join();
        now.updateAndGet(instant -> instant.plusSeconds(5));
        sink.put(List.of(batch(1, "probe"))).join();
        sink.put(List.of(batch(1, "back"))).join();

        assertThat(lines()).containsExactly("probe", "back");
        assertThat(counters.read())
                .as("two were refused, one was kept away")
                .containsEntry("failoverBatches", 3L)
                .containsEntry("failoverRefused", 2L)
                .containsEntry("failoverKeptAway", 1L);
    }

    @Test
    void whileOneProbesTheOthersStayAway() {
        breaker.failed();
        breaker.failed();
        now.updateAndGet(instant -> instant.plusSeconds(5));

        assertThat(List.of(breaker.allows(), breaker.allows())).containsExactly(true, false);
    }
}
