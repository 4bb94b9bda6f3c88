package dev.sluice.tracker.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.model.LineBatch;
import dev.sluice.model.PersonKey;
import dev.sluice.model.Ring;
import dev.sluice.tracker.SlotBatch;
import dev.sluice.tracker.memory.MemoryEventSink;
import dev.sluice.tracker.memory.MemoryLakeBucket;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Promises: what waits is listed with its sum; a replay empties it, or says that it could not. */
final class FailoverCommandTest {
    private Duration age = Duration.ZERO;
    private final MemoryLakeBucket bucket =
            new MemoryLakeBucket(() -> Instant.now().minus(age));
    private final MemoryEventSink stream = new MemoryEventSink();
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void whatWaitsIsListed() {
        put("a");
        put("b");

        assertThat(run("list", "--most", "1")).isZero();

        assertThat(out.toString())
                .contains("10.0.0.7-a.gz")
                .doesNotContain("10.0.0.7-b.gz")
                .contains("2 objects");
    }

    @Test
    void aReplayEmptiesIt() {
        put("a");
        put("b");

        assertThat(run("replay")).isZero();

        assertThat(out.toString()).contains("replayed 2 events of 2 objects");
        assertThat(stream.stored()).isNotEmpty();
        assertThat(bucket.list("failover/", 10).join()).isEmpty();
    }

    @Test
    void youngObjectsAreLeftIfOnlyOlderOnesAreMeant() {
        put("a");

        assertThat(run("replay", "--older-than", "10m")).isZero();

        assertThat(bucket.list("failover/", 10).join()).hasSize(1);
    }

    @Test
    void oldObjectsAreReplayedAlsoOfANodeThatStillWrites() {
        age = Duration.ofMinutes(11);
        put("a");
        age = Duration.ZERO;
        put("b");

        assertThat(run("replay", "--older-than", "10m")).isZero();

        assertThat(bucket.list("failover/", 10).join()).hasSize(1);
    }

    @Test
    void aStreamThatDoesNotTakeThemIsSaidAndTheyStay() {
        put("a");
        stream.refuse(batch -> true);

        assertThat(run("replay")).isEqualTo(1);

        assertThat(err.toString()).contains("not everything could be replayed");
        assertThat(bucket.list("failover/", 10).join()).hasSize(1);
    }

    @Test
    void recordsAreMadeAsTheTrackersMakeThem() {
        put("a");
        put("b");
        int slot = Ring.slot(PersonKey.ofUser("demo", "u"));

        assertThat(run("replay")).isZero();
        put("a");
        put("b");
        assertThat(run("replay", "--codec", "gzip", "--codec-level", "9", "--slots-per-record", "1", "--events", "1"))
                .isZero();

        assertThat(stream.stored()).extracting(SlotBatch::slot).containsExactly(slot - slot % 16, slot, slot);
        assertThat(stream.stored().get(0).body()).startsWith(0x28, 0xb5);
        assertThat(stream.stored().get(1).body()).startsWith(0x1f, 0x8b);
        assertThat(run("replay", "--codec", "lz4")).isEqualTo(2);
        assertThat(run("replay", "--slots-per-record", "3")).isEqualTo(2);
    }

    @Test
    void whatOnlyALaterReleaseReadsIsSaidAndStays() {
        bucket.put("failover/2026/11/21/12/10.0.0.7-a.lz4", new byte[] {1, 2, 3})
                .join();

        assertThat(run("replay")).isEqualTo(1);

        assertThat(err.toString()).contains("1 objects are of a format that this release does not read");
        assertThat(bucket.list("failover/", 10).join()).hasSize(1);
    }

    @Test
    void wrongUseIsSaid() {
        assertThat(run("replay", "--older-than", "soon")).isEqualTo(2);
        assertThat(run("replay", "--bytes-per-second", "0")).isEqualTo(2);
        assertThat(run()).isEqualTo(2);
    }

    private void put(String id) {
        String event = "{\"v\":1,\"account\":\"demo\",\"type\":\"track\",\"messageId\":\"" + id
                + "\",\"event\":\"A\",\"userId\":\"u\",\"timestamp\":\"2026-11-21T12:00:00Z\","
                + "\"receivedAt\":\"2026-11-21T12:00:00Z\"}";
        bucket.put(
                        "failover/2026/11/21/12/10.0.0.7-" + id + ".gz",
                        LineBatch.encode(List.of(event.getBytes(StandardCharsets.UTF_8))))
                .join();
    }

    private int run(String... args) {
        return FailoverCommand.run(
                (name, pathStyle) -> new Lakes.Lake(bucket, () -> {}),
                (name, counters) -> new Streams.Stream(stream, () -> {}),
                new PrintWriter(out, true),
                new PrintWriter(err, true),
                args);
    }
}
