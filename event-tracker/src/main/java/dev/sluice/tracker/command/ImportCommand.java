package dev.sluice.tracker.command;

import dev.sluice.tracker.bulk.Position;
import dev.sluice.tracker.bulk.RowMessages;
import dev.sluice.tracker.bulk.Rows;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.random.RandomGenerator;
import java.util.zip.ZipException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The command line of {@code ./sluice import}. */
@Command(
        name = "./sluice import",
        mixinStandardHelpOptions = true,
        resourceBundle = "dev.sluice.model.release",
        version = "Sluice ${bundle:release}",
        usageHelpAutoWidth = true,
        description = {
            "Sends people's history and traits from a file to the tracker.",
            "",
            "CSV begins with a row that names the columns; NDJSON has one message of the tracking API a line, or flat rows if "
                    + "there is a mapping. A row that is refused does not stop the others. Rows without a messageId are named "
                    + "by their content, so an import that is run twice counts once."
        },
        footer = {
            "",
            "Exit status: 0 done; 1 done, and some rows were rejected; 2 the command, the file or the write key is wrong; "
                    + "3 the tracker or the file could not be reached: run the same with --resume."
        })
public final class ImportCommand implements Callable<Integer> {
    private static final int DONE = 0;
    private static final int DONE_WITH_REJECTED = 1;
    private static final Duration FIRST_WAIT = Duration.ofSeconds(1);

    @Spec
    @SuppressWarnings("NullAway.Init") // The command line sets it.
    private CommandSpec spec;

    @Mixin
    private final ImportOptions options = new ImportOptions();

    @Parameters(paramLabel = "FILE", description = "A file, or s3://bucket/key; compressed if it ends in .gz.")
    @SuppressWarnings("NullAway.Init") // It is required.
    private String name;

    public static void main(String[] args) {
        var out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
        var err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
        System.exit(run(out, err, args));
    }

    /** Runs the command and returns its exit status. */
    public static int run(PrintWriter out, PrintWriter err, String... args) {
        return new CommandLine(new ImportCommand())
                .setOut(out)
                .setErr(err)
                .setExecutionExceptionHandler(ImportCommand::failed)
                .execute(args);
    }

    @Override
    public Integer call() {
        try (ImportFile file =
                S3File.isOne(name) ? S3File.of(name, options.s3PathStyle()) : LocalFile.of(Path.of(name))) {
            return run(file);
        }
    }

    private int run(ImportFile file) {
        var rows = new RowFile(file, options.format(name), options.separator(), options.mapping());
        Path checkpointFile = Path.of(options.report(name) + ".checkpoint");
        Checkpoint from = begin(checkpointFile, job(file));
        var client = new BatchSender.Settings(
                options.tracker(), options.writeKey(), options.giveUpAfter(), FIRST_WAIT, options.dryRun());
        try (var tracker = new BatchSender(client, RandomGenerator.getDefault());
                var rejected = RejectedRows.open(options.rejected(name), from.rejectedBytes())) {
            if (options.dryRun()) {
                tracker.requireThatItOnlyJudges();
            }
            return run(rows, tracker, rejected, from, checkpointFile);
        }
    }

    private int run(RowFile file, BatchSender tracker, RejectedRows rejected, Checkpoint from, Path checkpointFile) {
        var progress = new ProgressLine(
                spec.commandLine().getErr(),
                System.console() != null && System.console().isTerminal(),
                name.endsWith(".gz") ? 0 : file.file().bytes(),
                from.tally().rows());
        var latest = new BulkImport.State[] {new BulkImport.State(from.at(), from.rejectedBytes(), from.tally())};
        var work = new BulkImport(
                new RowMessages(file.mapping()), tracker, rejected, options.rowsPerSecond(), latest[0], state -> {
                    latest[0] = state;
                    if (!options.dryRun()) {
                        new Checkpoint(from.job(), from.startedAt(), state.at(), state.rejectedBytes(), state.tally())
                                .write(checkpointFile);
                    }
                    progress.show(state);
                });
        boolean complete = false;
        try (Rows rows = file.rows(from.at())) {
            latest[0] = work.run(rows);
            complete = true;
        } catch (IOException e) {
            throw Failure.unreachable(file.file().name() + " cannot be read any further"
                    + (e instanceof ZipException ? ", " + e.getMessage() : "")
                    + "; run the same with --resume to go on");
        } finally {
            progress.end(latest[0]);
            new ImportReport(
                            file.file().name(),
                            options.dryRun(),
                            complete,
                            from.startedAt(),
                            Instant.now(),
                            latest[0].tally())
                    .write(options.report(name));
        }
        return done(latest[0].tally(), checkpointFile);
    }

    private int done(Tally tally, Path checkpointFile) {
        try {
            if (!options.dryRun()) {
                Files.deleteIfExists(checkpointFile);
            }
        } catch (IOException e) {
            throw Failure.wrongUse(checkpointFile + " cannot be removed");
        }
        spec.commandLine()
                .getOut()
                .println(tally.rows() + " rows: " + tally.accepted()
                        + (options.dryRun() ? " good, " : " accepted, ") + tally.rejected() + " rejected"
                        + (tally.rejected() == 0 ? "" : ", see " + options.rejected(name)));
        return tally.rejected() == 0 ? DONE : DONE_WITH_REJECTED;
    }

    private Checkpoint begin(Path file, String job) {
        Optional<Checkpoint> earlier = options.dryRun() ? Optional.empty() : Checkpoint.read(file);
        if (earlier.isEmpty()) {
            return new Checkpoint(job, Instant.now(), Position.START, 0, Tally.NONE);
        }
        if (!options.resume()) {
            throw Failure.wrongUse("an import was interrupted: go on with --resume, or remove " + file);
        }
        if (!earlier.get().job().equals(job)) {
            throw Failure.wrongUse("the file or the options are others than those of the import that was interrupted: "
                    + "remove " + file + " to begin anew");
        }
        return earlier.get();
    }

    /** Which file with which options: what must be the same if one import is to go on where another had come to. */
    private String job(ImportFile file) {
        String all = String.join(
                "\n",
                file.name(),
                file.identity(),
                options.format(name).name(),
                String.valueOf(options.separator()),
                options.mappingText(),
                options.tracker().toString(),
                options.rejected(name).toString());
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(all.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    private static int failed(Exception failure, CommandLine command, CommandLine.ParseResult any) throws Exception {
        if (!(failure instanceof Failure expected)) {
            throw failure;
        }
        command.getErr().println(Objects.requireNonNull(expected.getMessage()));
        return expected.status();
    }
}
