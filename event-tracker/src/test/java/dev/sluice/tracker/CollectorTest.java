package dev.sluice.tracker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.model.Codec;
import dev.sluice.model.LineBatch;
import dev.sluice.model.RejectedEvent;
import dev.sluice.tracker.intake.Intake;
import dev.sluice.tracker.memory.MemoryEventSink;
import dev.sluice.tracker.memory.MemoryLakeBucket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * Promises: what is refused is kept once, however often the rest has to be sent again; of those without a known key only
 * the beginning is kept.
 */
final class CollectorTest {
    private static final Instant RECEIVED = Instant.parse("2026-11-21T12:00:00Z");
    private static final Limits LIMITS = new Limits(64 << 10, 4096, 10, 10);
    private static final String GOOD = "{\"type\":\"track\",\"event\":\"A\",\"userId\":\"u1\"}";
    private static final String BAD = "{\"type\":\"track\",\"event\":7,\"userId\":\"u1\"}";

    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
    private final MemoryEventSink sink = new MemoryEventSink();
    private final MemoryLakeBucket bucket = new MemoryLakeBucket(InstantSource.fixed(RECEIVED));
    private final Counters counters = new Counters();
    private final RejectedEvents rejected = new RejectedEvents(
            new RejectedEvents.Settings(Duration.ofSeconds(1), 1 << 20),
            bucket,
            new LakeKeys("10.0.0.7", InstantSource.fixed(RECEIVED), () -> "id"),
            counters);
    private final Collector collector = new Collector(
            new Intake(
                    FixedSources.of(List.of("key=demo"), LIMITS),
                    LIMITS,
                    new ClockCorrection(Duration.ofSeconds(60), Duration.ofSeconds(60)),
                    "10.0.0.7",
                    () -> "fresh"),
            new Batcher(
                    new BatchBounds(5, 1024, Duration.ZERO, 64 << 10, 1, Codec.Format.ZSTD, 1, 4, 0),
                    sink,
                    Runnable::run,
                    timer,
                    counters),
            rejected,
            new Collector.Settings("10.0.0.7", Duration.ofSeconds(30)),
            counters);

    @AfterEach
    void close() {
        timer.shutdownNow();
    }

    @Test
    void whatIsRefusedIsKeptOnceHoweverOftenTheRestIsSentAgain() {
        sink.refuse(batch -> true);
        assertThat(collect("{\"batch\":[" + GOOD + "," + BAD + "]}")).isInstanceOf(Answer.Unavailable.class);
        assertThat(collect("{\"batch\":[" + GOOD + "," + BAD + "]}")).isInstanceOf(Answer.Unavailable.class);
        assertThat(kept()).isEmpty();
        assertThat(counters.read()).containsEntry("rejected", 0L);

        sink.refuse(batch -> false);
        assertThat(collect("{\"batch\":[" + GOOD + "," + BAD + "]}")).isInstanceOf(Answer.Accepted.class);

        assertThat(kept())
                .extracting(event -> new String(event.bytes(), StandardCharsets.UTF_8))
                .containsExactly(BAD);
        assertThat(counters.read()).containsEntry("rejected", 1L).containsEntry("accepted", 1L);
    }

    @Test
    void aRequestOfWhichAllIsRefusedIsKeptWhateverTheStreamSays() {
        sink.refuse(batch -> true);

        assertThat(collect("{\"batch\":[" + BAD + "," + BAD + "]}")).isInstanceOf(Answer.Refused.class);

        assertThat(kept()).hasSize(2);
    }

    @Test
    void ofThoseWithoutAKnownKeyOnlyTheBeginningIsKept() {
        byte[] nonsense = "x".repeat(30_000).getBytes(StandardCharsets.UTF_8);

        collector.collect(envelope(Optional.empty()), nonsense).join();
        collector.collect(envelope(Optional.of("key")), nonsense).join();

        assertThat(kept())
                .extracting(event -> event.account() + " " + event.bytes().length)
                .containsExactlyInAnyOrder(" 4096", "demo 30000");
    }

    private Answer collect(String body) {
        return collector
                .collect(envelope(Optional.of("key")), body.getBytes(StandardCharsets.UTF_8))
                .join();
    }

    private static Envelope envelope(Optional<String> writeKey) {
        return new Envelope(
                Optional.empty(), writeKey, RECEIVED, "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01");
    }

    private List<RejectedEvent> kept() {
        rejected.flush();
        return bucket.list("", 100).join().stream()
                .flatMap(entry -> LineBatch.decode(bucket.fetch(entry.key()).join(), 2 << 20).stream())
                .map(RejectedEvent::fromJson)
                .toList();
    }
}
