package dev.sluice.activators.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.activators.People;
import dev.sluice.activators.memory.MemoryActivationSink;
import dev.sluice.activators.memory.MemoryProfilePages;
import dev.sluice.activators.propagator.PropagatorLimits;
import dev.sluice.activators.propagator.Reconciler;
import dev.sluice.activators.propagator.ToldPeople;
import dev.sluice.model.PersonKey;
import dev.sluice.model.activation.ProfileChange;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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
    private final ToldPeople told = (segment, segments, after, limit) -> {
        int from = after.map(Integer::parseInt).orElse(segment);
        List<ToldPeople.Told> people = new ArrayList<>();
        int next = from;
        for (; next < 1_200 && people.size() < limit; next += segments) {
            people.add(new ToldPeople.Told(new PersonKey("demo", "u" + next), 1, People.AT));
        }
        return new ToldPeople.Page(people, next < 1_200 ? Optional.of("" + next) : Optional.empty());
    };
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
    void whoseProfileIsGoneIsErased() {
        var gone = new PersonKey("demo", "u7");
        pages.remove(gone);

        assertThat(run("--ledger", "ledger")).isZero();

        assertThat(out.toString())
                .isEqualTo("reconciled 1199 profiles%nerased 1 entries of people without a profile%n".formatted());
        assertThat(People.lines(sink.kept()))
                .filteredOn(line -> line instanceof ProfileChange change && change.erased())
                .singleElement()
                .satisfies(line -> {
                    assertThat(line.key()).isEqualTo(gone);
                    assertThat(((ProfileChange) line).version()).isEqualTo(2);
                });
    }

    @Test
    void whoseProfileIsGoneIsOnlyCountedInADryRun() {
        pages.remove(new PersonKey("demo", "u7"));

        assertThat(run("--ledger", "ledger", "--dry-run")).isZero();

        assertThat(out.toString()).endsWith("found 1 entries of people without a profile%n".formatted());
        assertThat(sink.kept()).isEmpty();
    }

    @Test
    void withoutAnyProfileNobodyIsErased() {
        for (int i = 0; i < 1_200; i++) {
            pages.remove(new PersonKey("demo", "u" + i));
        }

        assertThat(run("--ledger", "ledger")).isEqualTo(1);

        assertThat(err.toString()).contains("is it the right table?");
        assertThat(sink.kept()).isEmpty();
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
                new ReconcileCommand.Reconcilers() {
                    @Override
                    public Reconciler ofProfiles(String stream, String table) {
                        return new Reconciler(pages, sink, pause -> {}, PropagatorLimits.DEFAULT);
                    }

                    @Override
                    public Reconciler ofGone(String stream, String table, String ledger) {
                        return Reconciler.ofGone(told, pages, sink, pause -> {}, PropagatorLimits.DEFAULT);
                    }
                },
                new PrintWriter(out, true),
                new PrintWriter(err, true),
                args.toArray(String[]::new));
    }
}
