package dev.sluice.activators.command;

import dev.sluice.activators.aws.PropagatorWiring;
import dev.sluice.activators.propagator.ReconcileProgress;
import dev.sluice.activators.propagator.Reconciler;
import dev.sluice.model.MalformedException;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command line of {@code ./sluice reconcile}. */
@Command(
        name = "./sluice reconcile",
        mixinStandardHelpOptions = true,
        resourceBundle = "dev.sluice.model.release",
        version = "Sluice ${bundle:release}",
        usageHelpAutoWidth = true,
        description = "Goes through the profile table and puts how everyone stands onto the activations stream, so that"
                + " partners learn what was lost on the way. Who knows it already hears nothing new: to repeat it changes"
                + " nothing. A gap that the propagator notices is repaired by itself; this is for all other doubts.",
        footer = {
            "",
            "Exit status: 0 done; 1 not everything was reached, repeat it with the same --progress; 2 the command is"
                    + " wrong."
        })
public final class ReconcileCommand implements Callable<Integer> {
    private static final int NOT_ALL = 1;

    private final Reconcilers reconcilers;

    /** What goes through tables and the ledger. */
    interface Reconcilers {
        Reconciler ofProfiles(String stream, String table);

        /** Of those of whom the ledger knows and the table does not. */
        Reconciler ofGone(String stream, String table, String ledger);
    }

    @Option(
            names = "--table",
            paramLabel = "NAME",
            required = true,
            defaultValue = "${env:SLUICE_PROFILES_TABLE}",
            description = "The profile table (default: SLUICE_PROFILES_TABLE).")
    @SuppressWarnings("NullAway.Init") // Required.
    private String table;

    @Option(
            names = "--stream",
            paramLabel = "NAME",
            required = true,
            defaultValue = "${env:SLUICE_ACTIVATIONS_STREAM}",
            description = "The activations stream (default: SLUICE_ACTIVATIONS_STREAM).")
    @SuppressWarnings("NullAway.Init") // Required.
    private String stream;

    @Option(
            names = "--ledger",
            paramLabel = "NAME",
            defaultValue = "${env:SLUICE_LEDGER_TABLE}",
            description = "The ledger's table (default: SLUICE_LEDGER_TABLE): who is there and has no profile any more"
                    + " leaves everything. Without it nobody looks for them.")
    private @Nullable String ledger;

    @Option(
            names = "--account",
            paramLabel = "A",
            description = "Only this account's people; all are read all the same.")
    private @Nullable String account;

    @Option(names = "--dry-run", description = "Reads and counts, and puts nothing onto the stream.")
    private boolean dryRun;

    @Option(
            names = "--segments",
            paramLabel = "N",
            defaultValue = "8",
            description = "Parts that are read beside each other, 1 to 64 (default ${DEFAULT-VALUE}).")
    private int segments;

    @Option(
            names = "--rate",
            paramLabel = "N",
            defaultValue = "2000",
            description = "Profiles a second (default ${DEFAULT-VALUE}).")
    private int rate;

    @Option(
            names = "--progress",
            paramLabel = "FILE",
            description = "Keeps how far it came; with one that is there it goes on from there.")
    private @Nullable Path progress;

    @Spec
    @SuppressWarnings("NullAway.Init") // The command line sets it.
    private CommandSpec spec;

    private ReconcileCommand(Reconcilers reconcilers) {
        this.reconcilers = reconcilers;
    }

    public static void main(String[] args) {
        var out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
        var err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
        System.exit(run(OF_AWS, out, err, args));
    }

    private static final Reconcilers OF_AWS = new Reconcilers() {
        @Override
        public Reconciler ofProfiles(String stream, String table) {
            return PropagatorWiring.reconciler(stream, table);
        }

        @Override
        public Reconciler ofGone(String stream, String table, String ledger) {
            return PropagatorWiring.gone(stream, table, ledger);
        }
    };

    /** Runs the command and returns its exit status. */
    static int run(Reconcilers reconcilers, PrintWriter out, PrintWriter err, String... args) {
        return new CommandLine(new ReconcileCommand(reconcilers))
                .setOut(out)
                .setErr(err)
                .execute(args);
    }

    @Override
    public Integer call() {
        Reconciler.Plan plan;
        try {
            plan = new Reconciler.Plan(Optional.ofNullable(account), dryRun, rate);
            begun(progress);
            begun(progressOfGone());
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
        }
        ReconcileProgress done = run(reconcilers.ofProfiles(stream, table), plan, progress);
        say(dryRun ? "found" : "reconciled", "profiles", done);
        if (!done.isDone()) {
            return notAll(done);
        }
        if (ledger != null && !ledger.isBlank()) {
            if (done.profiles() == 0) {
                spec.commandLine()
                        .getErr()
                        .println("no profile was found, so nobody is taken for erased: is it the right table?");
                return NOT_ALL;
            }
            ReconcileProgress gone = run(reconcilers.ofGone(stream, table, ledger), plan, progressOfGone());
            say(dryRun ? "found" : "erased", "entries of people without a profile", gone);
            if (!gone.isDone()) {
                return notAll(gone);
            }
        }
        forget(progress);
        forget(progressOfGone());
        return 0;
    }

    private ReconcileProgress run(Reconciler reconciler, Reconciler.Plan plan, @Nullable Path noted) {
        return reconciler.run(plan, begun(noted), () -> true, reached -> note(noted, reached));
    }

    private void say(String did, String what, ReconcileProgress done) {
        spec.commandLine()
                .getOut()
                .printf(
                        "%s %d %s%s%n",
                        did,
                        done.profiles(),
                        what,
                        done.unreadable() == 0 ? "" : ", and " + done.unreadable() + " items that are none");
    }

    private int notAll(ReconcileProgress done) {
        long open = done.places().stream().filter(place -> !place.done()).count();
        spec.commandLine()
                .getErr()
                .printf(
                        "%d of %d segments are not done: something did not answer%n",
                        open, done.places().size());
        return NOT_ALL;
    }

    private @Nullable Path progressOfGone() {
        return progress == null ? null : progress.resolveSibling(progress.getFileName() + ".gone");
    }

    private ReconcileProgress begun(@Nullable Path progress) {
        if (progress == null || !Files.exists(progress)) {
            return ReconcileProgress.of(segments);
        }
        try {
            return ReconcileProgress.fromJson(Files.readAllBytes(progress));
        } catch (IOException | MalformedException e) {
            throw new IllegalArgumentException(progress + " is not the progress of a run", e);
        }
    }

    private static void note(@Nullable Path progress, ReconcileProgress reached) {
        if (progress == null) {
            return;
        }
        Path next = progress.resolveSibling(progress.getFileName() + ".new");
        try {
            Files.write(next, reached.toJson());
            Files.move(next, progress, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException("the progress cannot be kept", e);
        }
    }

    private static void forget(@Nullable Path progress) {
        if (progress != null) {
            try {
                Files.deleteIfExists(progress);
            } catch (IOException e) {
                throw new UncheckedIOException("the progress cannot be removed", e);
            }
        }
    }
}
