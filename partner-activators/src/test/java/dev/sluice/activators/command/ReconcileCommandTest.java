package dev.sluice.activators.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.activators.People;
import dev.sluice.activators.memory.MemoryActivationSink;
import dev.sluice.activators.memory.MemoryProfilePages;
import dev.sluice.activators.propagator.PropagatorLimits;
import dev.sluice.activators.propagator.Reconciler;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Promises: it says how many it put, or found; what did not answer leaves a progress from which the same command goes on,
 * and which is gone when all is done; a wrong command does nothing.
 */
final class ReconcileCommandTest {
    @TempDir
    private Path folder;

    private final MemoryProfilePages pages = new MemoryProfilePages();
    private final MemoryActivationSink sink = new MemoryActivationSink();
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    ReconcileCommandTest() {
        for (int i = 0; i < 1_200; i++) {
            pages.store(People.profile("u" + i, 1, "a"));
        }
    }

    @Test
    void itPutsEverybodyOrOnlyCounts() {
        assertThat(run("--dry-run")).isZero();
        assertThat(out).hasToString("found 1200 profiles%n".formatted());
        assertThat(sink.kept()).isEmpty();

        assertThat(run("--account", "demo")).isZero();
        assertThat(People.lines(sink.kept())).hasSize(1_200);
        assertThat(run("--account", "other")).isZero();
        assertThat(People.lines(sink.kept())).hasSize(1_200);
    }

    @Test
    void itGoesOnFromWhereItStopped() {
        Path progress = folder.resolve("progress.json");
        pages.answers(2);
        assertThat(run("--segments", "1", "--progress", progress.toString())).isEqualTo(1);
        assertThat(err).hasToString("1 of 1 segments are not done: something did not answer%n".formatted());
        assertThat(Files.exists(progress)).isTrue();

        pages.answers(Integer.MAX_VALUE);
        assertThat(run("--progress", progress.toString())).isZero();

        assertThat(People.lines(sink.kept())).hasSize(1_200);
        assertThat(Files.exists(progress)).isFalse();
    }

    @Test
    void aWrongCommandDoesNothing() throws Exception {
        Path other = Files.writeString(folder.resolve("other"), "no progress");

        assertThat(run("--rate", "0")).isEqualTo(2);
        assertThat(run("--segments", "65")).isEqualTo(2);
        assertThat(run("--progress", other.toString())).isEqualTo(2);

        assertThat(err.toString())
                .contains(
                        "the pace must be 1 profile a second or more",
                        "segments must be 1 to 64",
                        "is not the progress");
        assertThat(sink.kept()).isEmpty();
    }

    private int run(String... options) {
        List<String> args =
                new ArrayList<>(List.of("--table", "profiles", "--stream", "activations", "--rate", "9000000"));
        boolean paced = List.of(options).contains("--rate");
        if (paced) {
            args = new ArrayList<>(args.subList(0, 4));
        }
        args.addAll(List.of(options));
        return ReconcileCommand.run(
                (stream, table) -> new Reconciler(pages, sink, pause -> {}, PropagatorLimits.DEFAULT),
                new PrintWriter(out, true),
                new PrintWriter(err, true),
                args.toArray(String[]::new));
    }
}
