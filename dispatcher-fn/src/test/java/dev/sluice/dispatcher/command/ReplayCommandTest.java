package dev.sluice.dispatcher.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.dispatcher.Classification;
import dev.sluice.dispatcher.replay.GivenUp;
import dev.sluice.dispatcher.replay.Replay;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Promises: it says what was done, or would be, of which time; the exit status says whether all is; a wrong command does nothing. */
class ReplayCommandTest {
    private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");

    private final List<String> asked = new ArrayList<>();
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private GivenUp.Lines kept = new GivenUp.Lines(List.of(new byte[] {'1'}, new byte[] {'2'}), 0);
    private Classification.Verdict verdict = new Classification.Classified(Set.of(), List.of(), Map.of());

    @Test
    void itSaysWhatWasDoneOfWhichTime() {
        assertThat(run("--from", "24h")).isZero();
        assertThat(run("--from", "2026-11-20T00:00:00Z", "--to", "3h", "--dry-run"))
                .isZero();

        assertThat(out).hasToString("1 objects: classified 2 events%n1 objects: would classify 2 events%n".formatted());
        assertThat(asked)
                .containsExactly(
                        "2026-11-20T12:00:00Z 2026-11-21T12:00:00.001Z",
                        "2026-11-20T00:00:00Z 2026-11-21T09:00:00.001Z");
    }

    @Test
    void whatIsRefusedUnreadableOrAwayIsSaid() {
        kept = new GivenUp.Lines(kept.lines(), 3);
        assertThat(run("--from", "1d")).isEqualTo(1);
        verdict = new Classification.Refused("no");
        assertThat(run("--from", "1d")).isEqualTo(1);
        verdict = new Classification.Unavailable("the classifier is away");
        assertThat(run("--from", "1d")).isEqualTo(3);

        assertThat(out.toString())
                .contains(
                        "classified 2 events; 3 objects or records could not be read",
                        "classified 0 events; 2 lines were refused; 3 objects");
        assertThat(err).hasToString("the classifier is away; run it again%n".formatted());
    }

    @Test
    void aWrongCommandDoesNothing() {
        assertThat(run()).isEqualTo(2);
        assertThat(run("--from", "yesterday")).isEqualTo(2);
        assertThat(run("--from", "61d")).isEqualTo(2);
        assertThat(asked).isEmpty();
        assertThat(err.toString()).contains("--from must be a moment", "at most 60 days");
    }

    private int run(String... options) {
        List<String> args = new ArrayList<>(List.of("--dispatcher"));
        args.addAll(List.of(options));
        var replay = new Replay(
                new GivenUp() {
                    @Override
                    public List<String> names(Instant from, Instant to) {
                        asked.add(from + " " + to);
                        return List.of("one");
                    }

                    @Override
                    public Lines read(String name) {
                        return kept;
                    }
                },
                lines -> verdict,
                pause -> {});
        return ReplayCommand.run(
                () -> replay,
                InstantSource.fixed(NOW),
                new PrintWriter(out, true),
                new PrintWriter(err, true),
                args.toArray(String[]::new));
    }
}
