package dev.sluice.dispatcher.command;

import dev.sluice.dispatcher.aws.ReplayWiring;
import dev.sluice.dispatcher.replay.Replay;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.format.DateTimeParseException;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The command line of {@code ./sluice replay --dispatcher}. */
@Command(
        name = "./sluice replay --dispatcher",
        mixinStandardHelpOptions = true,
        resourceBundle = "dev.sluice.model.release",
        version = "Sluice ${bundle:release}",
        usageHelpAutoWidth = true,
        description =
                "Has classified what the dispatcher set aside or Lambda gave up for it. Events that the classifier"
                        + " knows change nothing, so it may be repeated.",
        footer = {
            "",
            "Exit status: 0 done; 1 some lines were refused or could not be read; 2 the command is wrong; 3 S3 or the"
                    + " classifier does not answer: repeat it."
        })
public final class ReplayCommand implements Callable<Integer> {
    private final Supplier<Replay> replay;
    private final InstantSource clock;
    private final PrintWriter out;
    private final PrintWriter err;

    @Option(names = "--dispatcher", required = true, hidden = true)
    @SuppressWarnings("UnusedVariable") // It chose this command.
    private boolean dispatcher;

    @Option(
            names = "--from",
            required = true,
            paramLabel = "T",
            description = "Since: a moment in UTC, or how long ago (24h).")
    private String from = "";

    @Option(names = "--to", paramLabel = "T", defaultValue = "0s", description = "Before (default: now).")
    private String to = "0s";

    @Option(names = "--dry-run", description = "Only reads and counts.")
    private boolean dry;

    private ReplayCommand(Supplier<Replay> replay, InstantSource clock, PrintWriter out, PrintWriter err) {
        this.replay = replay;
        this.clock = clock;
        this.out = out;
        this.err = err;
    }

    public static void main(String[] args) {
        var out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
        var err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
        // Opened only once the command line is known to be right.
        System.exit(run(() -> ReplayWiring.replay(System.getenv()), InstantSource.system(), out, err, args));
    }

    /** Runs the command and returns its exit status. */
    static int run(Supplier<Replay> replay, InstantSource clock, PrintWriter out, PrintWriter err, String... args) {
        return new CommandLine(new ReplayCommand(replay, clock, out, err))
                .setOut(out)
                .setErr(err)
                .setExecutionExceptionHandler((failure, line, parsed) -> {
                    if (failure instanceof IllegalArgumentException) {
                        err.println(failure.getMessage());
                        return 2;
                    }
                    throw failure;
                })
                .execute(args);
    }

    @Override
    public Integer call() {
        Instant now = clock.instant();
        Instant begin = moment("--from", from, now);
        Instant end = moment("--to", to, now.plusMillis(1));
        Replay.Summary done = replay.get().run(begin, end, dry);
        out.printf(
                "%d objects: %s %d events%s%s%n",
                done.objects(),
                dry ? "would classify" : "classified",
                done.events(),
                done.refused() == 0 ? "" : "; " + done.refused() + " lines were refused",
                done.unreadable() == 0 ? "" : "; " + done.unreadable() + " objects or records could not be read");
        done.problem().ifPresent(problem -> err.println(problem + "; run it again"));
        if (done.problem().isPresent()) {
            return 3;
        }
        return done.refused() == 0 && done.unreadable() == 0 ? 0 : 1;
    }

    /** A moment in UTC, or how long ago: {@code 90m}, {@code 24h}, {@code 3d}. */
    private static Instant moment(String option, String text, Instant now) {
        try {
            if (text.endsWith("Z")) {
                return Instant.parse(text);
            }
            return now.minus(Duration.parse((text.endsWith("d") ? "P" : "PT") + text));
        } catch (DateTimeParseException e) {
            throw new IllegalArgumentException(
                    option + " must be a moment such as 2026-11-21T10:00:00Z or 90m, 24h, 3d", e);
        }
    }
}
