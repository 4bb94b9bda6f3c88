package dev.sluice.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Promises: every request of the quiet account is answered 200 whatever the other sends, and the figures are printed. */
class NeighboursLoadTest {
    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

    @Test
    void theQuietAccountIsRefusedNothing() {
        var settings = new TrackerLoadSettings(
                List.of(),
                List.of(),
                16,
                false,
                Duration.ofMillis(500),
                Duration.ofSeconds(1),
                -1,
                Path.of("../event-tracker/Procfile"),
                Path.of("../local-runner/kinesis-local"));

        List<NeighboursLoad.Round> rounds =
                new NeighboursLoad(settings, new PrintStream(printed, true, StandardCharsets.UTF_8)).run();

        assertThat(rounds).isNotEmpty().allSatisfy(round -> {
            assertThat(round.usual().failed()).isZero();
            assertThat(round.beside().answered()).isPositive();
            assertThat(round.beside().failed()).isZero();
        });
        assertThat(printed.toString(StandardCharsets.UTF_8)).contains("p99.0", "times as much");
    }
}
