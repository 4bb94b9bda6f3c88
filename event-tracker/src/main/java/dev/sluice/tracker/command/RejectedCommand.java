package dev.sluice.tracker.command;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command line of {@code ./sluice rejected}. */
@Command(
        name = "./sluice rejected",
        mixinStandardHelpOptions = true,
        resourceBundle = "dev.sluice.model.release",
        version = "Sluice ${bundle:release}",
        usageHelpAutoWidth = true,
        description =
                "Input that the tracker refused, kept in S3 with its original bytes: count it, look at it, export it,"
                        + " correct the export by hand, send it again with the same event ids.",
        subcommands = {
            RejectedReading.ListThem.class,
            RejectedReading.Show.class,
            RejectedReading.Export.class,
            RejectedReplay.class
        },
        footer = {
            "",
            "Exit status: 0 done; 1 some could not be read or were refused again; 2 the command is wrong;",
            "3 S3 or the tracker does not answer."
        })
public final class RejectedCommand implements Callable<Integer> {
    private final Lakes lakes;
    private final InstantSource clock;

    @Spec
    @SuppressWarnings("NullAway.Init") // The command line sets it.
    private CommandSpec spec;

    private RejectedCommand(Lakes lakes, InstantSource clock) {
        this.lakes = lakes;
        this.clock = clock;
    }

    public static void main(String[] args) {
        var out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
        var err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
        System.exit(run(Lakes.inS3(), InstantSource.system(), out, err, args));
    }

    /** Runs a command and returns its exit status. */
    static int run(Lakes lakes, InstantSource clock, PrintWriter out, PrintWriter err, String... args) {
        return CommandRun.of(new RejectedCommand(lakes, clock), out, err, args);
    }

    @Override
    public Integer call() {
        throw new ParameterException(spec.commandLine(), "say what to do");
    }

    Lakes lakes() {
        return lakes;
    }

    Instant now() {
        return clock.instant();
    }

    PrintWriter out() {
        return spec.commandLine().getOut();
    }

    PrintWriter err() {
        return spec.commandLine().getErr();
    }

    /** Which are meant. */
    static final class Which {
        @Option(
                names = "--from",
                paramLabel = "T",
                defaultValue = "24h",
                description = "Received since: a moment in UTC or how long ago (default ${DEFAULT-VALUE}).")
        @SuppressWarnings("NullAway.Init") // It has a default.
        private String from;

        @Option(names = "--to", paramLabel = "T", defaultValue = "0s", description = "Received before (default now).")
        @SuppressWarnings("NullAway.Init") // It has a default.
        private String to;

        @Option(names = "--reason", paramLabel = "CODE", description = "Only of this code, bad_field say.")
        private @Nullable String reason;

        @Option(names = "--account", paramLabel = "A", description = "Only of this account.")
        private @Nullable String account;

        RejectedInput.Query query(Instant now) {
            return new RejectedInput.Query(
                    Spans.moment("--from", from, now),
                    Spans.moment("--to", to, now.plusMillis(1)),
                    Optional.ofNullable(reason),
                    Optional.ofNullable(account));
        }
    }
}
