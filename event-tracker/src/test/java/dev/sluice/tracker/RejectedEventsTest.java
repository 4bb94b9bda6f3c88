package dev.sluice.tracker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.model.LineBatch;
import dev.sluice.model.RejectedEvent;
import dev.sluice.tracker.memory.MemoryLakeBucket;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/**
 * Promises: no account, and nobody unknown, takes the room of the others; objects of one reason and a bounded size; a bucket that is down costs nothing until memory is full; then
 * losses are counted; what was written once is done with.
 */
final class RejectedEventsTest {
    private static final InstantSource CLOCK = InstantSource.fixed(Instant.parse("2026-11-21T12:00:00Z"));

    private final MemoryLakeBucket bucket = new MemoryLakeBucket(CLOCK);
    private final Counters counters = new Counters();
    private final AtomicLong nanos = new AtomicLong();
    private final RejectedEvents rejected = new RejectedEvents(
            new RejectedEvents.Settings(Duration.ofSeconds(1), 64 << 10),
            bucket,
            new LakeKeys("10.0.0.7", CLOCK, () -> "id"),
            counters,
            nanos::get);

    @Test
    void eachReasonHasItsObject() {
        rejected.keep(event("bad_field", 3));
        rejected.keep(event("bad_text", 4));
        rejected.keep(event("bad_field", 5));

        rejected.flush();

        assertThat(bucket.list("", 10).join())
                .extracting(LakeBucket.Entry::key)
                .containsExactly(
                        "rejected/2026/11/21/12/bad_field/10.0.0.7-id.ndjson.gz",
                        "rejected/2026/11/21/12/bad_text/10.0.0.7-id.ndjson.gz");
        byte[] object = bucket.fetch("rejected/2026/11/21/12/bad_field/10.0.0.7-id.ndjson.gz")
                .join();
        assertThat(LineBatch.decode(object, 1 << 20))
                .extracting(line -> RejectedEvent.fromJson(line).bytes().length)
                .containsExactly(3, 5);
    }

    @Test
    void whatCouldNotBeWrittenWaitsForTheNextFlush() {
        bucket.down(true);
        rejected.keep(event("bad_field", 3));
        rejected.flush();
        bucket.down(false);

        rejected.close(Duration.ofSeconds(1));

        assertThat(bucket.list("", 10).join()).hasSize(1);
        assertThat(counters.read()).containsEntry("rejectedLost", 0L);
    }

    @Test
    void beyondTheBoundOfMemoryLossesAreCounted() {
        rejected.keep(event("a", "bad_field", 30_000));
        rejected.keep(event("b", "bad_field", 30_000));
        rejected.keep(event("c", "bad_field", 30_000));

        assertThat(counters.read()).containsEntry("rejectedLost", 1L);
    }

    @Test
    void anAccountHasThreeQuartersOfTheRoomAndHasItBackWhenItsOwnAreWritten() {
        rejected.keep(event("loud", "bad_field", 20_000));
        rejected.keep(event("loud", "bad_field", 20_000));
        rejected.keep(event("loud", "bad_field", 20_000));
        assertThat(counters.read()).containsEntry("rejectedLost", 1L);
        rejected.keep(event("quiet", "bad_field", 20_000));
        assertThat(counters.read()).containsEntry("rejectedLost", 1L);

        rejected.flush();
        rejected.keep(event("loud", "bad_field", 20_000));

        assertThat(counters.read()).containsEntry("rejectedLost", 1L);
    }

    @Test
    void thoseWithoutAKnownKeyHaveASmallShareTogether() {
        rejected.keep(event("", "not_json", 3_000));
        rejected.keep(event("", "not_json", 3_000));

        assertThat(counters.read()).containsEntry("rejectedLost", 1L);
    }

    @Test
    void muchIsWrittenBeforeItsTimeUnlessTheBucketFailed() {
        rejected.keep(event("bad_field", 3));
        rejected.flushIfDue();
        assertThat(written()).isEmpty();

        bucket.down(true);
        rejected.keep(event("bad_field", 10_000));
        rejected.flushIfDue();
        bucket.down(false);
        rejected.flushIfDue();
        assertThat(written()).isEmpty();

        nanos.addAndGet(1_000_000_000L);
        rejected.flushIfDue();
        assertThat(written()).containsExactly(2);

        rejected.keep(event("bad_text", 10_000));
        rejected.flushIfDue();
        assertThat(written()).containsExactly(2, 1);
    }

    @Test
    void aBacklogGetsThroughPieceByPiece() {
        var ids = new AtomicInteger();
        var patient = new RejectedEvents(
                new RejectedEvents.Settings(Duration.ofSeconds(1), 16 << 20),
                bucket,
                new LakeKeys("10.0.0.7", CLOCK, () -> "id" + ids.incrementAndGet()),
                counters);
        for (int i = 0; i < 9; i++) {
            patient.keep(event("bad_field", 400_000));
        }
        bucket.refuse(key -> key.endsWith("-id3.ndjson.gz"));

        patient.flush();
        assertThat(written()).containsExactly(2, 2);
        patient.flush();
        assertThat(written()).containsExactly(2, 2, 2, 2, 1);
        patient.close(Duration.ofSeconds(1));

        assertThat(written()).hasSize(5);
        assertThat(counters.read()).containsEntry("rejectedLost", 0L);
    }

    @Test
    void aBucketThatNeverAnswersHoldsUpNoStopAndTheLossIsCounted() {
        var silent = new LakeBucket() {
            @Override
            public CompletableFuture<Void> put(String key, byte[] body) {
                return new CompletableFuture<>();
            }

            @Override
            public CompletableFuture<List<Entry>> list(String prefix, String after, int most) {
                return new CompletableFuture<>();
            }

            @Override
            public CompletableFuture<byte[]> fetch(String key) {
                return new CompletableFuture<>();
            }

            @Override
            public CompletableFuture<Void> delete(String key) {
                return new CompletableFuture<>();
            }
        };
        var stuck = new RejectedEvents(
                new RejectedEvents.Settings(Duration.ofSeconds(1), 64 << 10),
                silent,
                new LakeKeys("10.0.0.7", CLOCK, () -> "id"),
                counters);
        stuck.keep(event("bad_field", 3));
        stuck.keep(event("bad_text", 3));

        stuck.close(Duration.ofMillis(10));

        assertThat(counters.read()).containsEntry("rejectedLost", 2L);
    }

    /** Events of each object, in the order of their keys. */
    private List<Integer> written() {
        return bucket.list("", 100).join().stream()
                .map(entry -> LineBatch.decode(bucket.fetch(entry.key()).join(), 2 << 20)
                        .size())
                .toList();
    }

    private static RejectedEvent event(String code, int bytes) {
        return event("demo", code, bytes);
    }

    private static RejectedEvent event(String account, String code, int bytes) {
        return new RejectedEvent(account, code, "message", CLOCK.instant(), "10.0.0.7", new byte[bytes]);
    }
}
