package dev.sluice.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/**
 * Promises: both servers take the same requests, refuse none of them and store every event; events have the stated size;
 * the figures are printed.
 */
class TrackerLoadTest {
    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

    @Test
    void bothServersStoreAllThatTheyAccept() {
        var settings = new TrackerLoadSettings(
                List.of(TrackerServer.Kind.RAW, TrackerServer.Kind.TRACKER),
                List.of(50),
                16,
                true,
                Duration.ofMillis(500),
                Duration.ofSeconds(1),
                -1,
                Path.of("../event-tracker/Procfile"),
                Path.of("../local-runner/kinesis-local"));

        List<TrackerLoad.Row> rows =
                new TrackerLoad(settings, new PrintStream(printed, true, StandardCharsets.UTF_8)).run();

        assertThat(rows).hasSize(6).allSatisfy(row -> {
            assertThat(row.figures().answered()).as(row.load()).isPositive();
            assertThat(row.micros()).as(row.load()).isPositive();
            assertThat(row.bytes()).as(row.load()).isBetween(50.0, 1000.0);
        });
        assertThat(rows.get(0).figures().failed()).isZero();
        assertThat(rows.get(3).figures().failed()).isZero();
        assertThat(printed.toString(StandardCharsets.UTF_8)).contains("raw Netty", "the tracker, at 80 % of it", "RSS");
    }

    @Test
    void anEventHasTheStatedSize() {
        assertThat(ClientEvents.event(new SplittableRandom(7), 0, true)).hasSizeBetween(900, 960);
    }
}
