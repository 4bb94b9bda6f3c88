package dev.sluice.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Promises: each load goes through the classifier and comes to what its row says, nothing being sent again; the figures
 * are printed, with where the time goes if asked for.
 */
class ClassifierLoadTest {
    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

    @Test
    void everyLoadDoesWhatItsRowSays() {
        var settings = new LoadSettings(
                100,
                400,
                300,
                1,
                50,
                30,
                List.of(Load.Mix.values()),
                Duration.ofMillis(200),
                Duration.ofSeconds(1),
                Path.of("../local-runner/target/dynamodb-local"),
                true);

        List<ClassifierLoad.Row> rows =
                new ClassifierLoad(settings, new PrintStream(printed, true, StandardCharsets.UTF_8)).run();

        assertThat(rows).allSatisfy(row -> {
            assertThat(row.figures().events()).as(row.load()).isPositive();
            assertThat(row.figures().eventsPerCore()).as(row.load()).isPositive();
            assertThat(row.figures().retried()).as(row.load()).isZero();
        });
        assertThat(rows.get(0).figures().profileWrites()).isZero();
        long quiet = rows.get(1).figures().profileWrites()
                * 100
                / rows.get(1).figures().events();
        long mixed = rows.get(3).figures().profileWrites()
                * 100
                / rows.get(3).figures().events();
        assertThat(mixed).isGreaterThan(quiet).isPositive();
        assertThat(printed.toString(StandardCharsets.UTF_8))
                .contains(Load.Mix.MIXED.words(), "bytes a person", "state: read", "samples");
    }
}
