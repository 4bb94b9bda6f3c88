package dev.sluice.local.eventsource;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.local.lambda.Invocable;
import dev.sluice.local.lambda.InvocationResult;
import dev.sluice.local.servers.Eventually;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/**
 * Promises: what breaks in a shard's worker, where nothing should, is counted as a failed invocation or waited out, and
 * the shard goes on where it was, in order: the function's side, the failure destination, a record's JSON, the stream.
 */
final class UnexpectedFailureTest {
    private static final EventSourceSettings SETTINGS =
            EventSourceSettings.ofBatches(10).withRetries(1, EventSourceSettings.NO_AGE_LIMIT);
    private static final ReadPace PACE = new ReadPace(Duration.ofMillis(10), Duration.ZERO);

    private final OneShard stream = new OneShard();
    private final ScriptedFunction function = ScriptedFunction.succeeding();
    private final AtomicInteger failures = new AtomicInteger();

    @Test
    void anInvocationThatThrowsIsAFailedOneAndComesAgain() {
        try (var mapping = start(event -> {
            failOnce();
            return function.invoke(event);
        })) {
            Eventually.until("both", () -> mapping.counters().recordsDone() == 2);

            assertThat(mapping.counters().failedInvocations()).isEqualTo(1);
            assertThat(mapping.counters().retries()).isEqualTo(1);
            Eventually.until("checkpoint", () -> mapping.checkpoints().equals(Map.of("shard", "2")));
        }
        assertThat(numbers()).containsExactly(1, 2);
    }

    @Test
    void anInvocationThatAlwaysThrowsIsGivenUpAndTheShardGoesOn() {
        List<Integer> kept = new CopyOnWriteArrayList<>();
        FailureDestination destination = batch -> {
            failOnce();
            kept.add(batch.records().count());
        };
        try (var mapping = start(new EventSourceTarget(this::failOnTheFirstRecord, "scripted", destination))) {
            Eventually.until("the second", () -> mapping.counters().recordsDone() == 1);

            assertThat(mapping.counters().recordsGivenUp()).isEqualTo(1);
            assertThat(kept).containsExactly(1);
        }
        assertThat(numbers()).containsExactly(2);
    }

    @Test
    void aRecordThatCannotBeWrittenIsTriedAgainAndCounted() {
        stream.onEncode = this::failOnce;
        try (var mapping = start(function)) {
            Eventually.until("both", () -> mapping.counters().recordsDone() == 2);

            assertThat(mapping.counters().failedInvocations()).isEqualTo(1);
            assertThat(mapping.counters().recordsRead()).isEqualTo(2);
        }
        assertThat(numbers()).containsExactly(1, 2);
    }

    @Test
    void aStreamThatThrowsIsAskedAgain() {
        stream.onShards = this::failOnce;
        stream.onOpen = () -> failUpTo(2);
        stream.onRead = () -> failUpTo(3);
        try (var mapping = start(function)) {
            Eventually.until("both", () -> mapping.counters().recordsDone() == 2);
        }
        assertThat(failures).hasValue(3);
        assertThat(numbers()).containsExactly(1, 2);
    }

    private InvocationResult failOnTheFirstRecord(byte[] event) {
        if (new String(event, StandardCharsets.UTF_8).contains("{\"n\":1}")) {
            throw new IllegalStateException("always");
        }
        return function.invoke(event);
    }

    private void failOnce() {
        failUpTo(1);
    }

    /** Throws until so many failures have been seen in all. */
    private void failUpTo(int count) {
        if (failures.getAndUpdate(seen -> Math.min(seen + 1, count)) < count) {
            throw new IllegalStateException("unexpected");
        }
    }

    private List<Integer> numbers() {
        return function.records().stream().map(it -> it.path("n").asInt()).toList();
    }

    private EventSourceMapping start(Invocable invoked) {
        return start(new EventSourceTarget(invoked, "scripted", FailureDestination.NONE));
    }

    private EventSourceMapping start(EventSourceTarget target) {
        return EventSourceMapping.start(
                new EventSourceMapping.Origin("arn:test", "TestBatchInfo"),
                SETTINGS,
                target,
                new EventSourceMapping.Reading<>(stream, PACE, (shard, number) -> {
                    stream.onEncode.run();
                    return Items.item(number);
                }));
    }

    /** A stream of the records 1 and 2, in one shard, one record a read. */
    private static final class OneShard implements ShardSource<Integer> {
        private volatile Runnable onShards = () -> {};
        private volatile Runnable onOpen = () -> {};
        private volatile Runnable onRead = () -> {};
        private volatile Runnable onEncode = () -> {};

        @Override
        public List<Shard> shards() {
            onShards.run();
            return List.of(new Shard("shard", Set.of()));
        }

        @Override
        public ShardReader<Integer> open(String shardId) {
            onOpen.run();
            var next = new AtomicInteger(1);
            return limit -> {
                onRead.run();
                List<Integer> records = next.get() > 2 ? List.of() : List.of(next.getAndIncrement());
                return new ShardReader.Page<>(records, Duration.ZERO, next.get() <= 2, false);
            };
        }
    }
}
