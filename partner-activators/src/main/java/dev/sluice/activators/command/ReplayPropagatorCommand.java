package dev.sluice.activators.command;

import dev.sluice.activators.Environment;
import dev.sluice.activators.aws.AwsClients;
import dev.sluice.activators.aws.PropagatorWiring;
import dev.sluice.activators.aws.S3LostVersions;
import dev.sluice.activators.propagator.Lost;
import dev.sluice.activators.propagator.Republication;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The command line of {@code ./sluice replay --propagator}. */
@Command(
        name = "./sluice replay --propagator",
        mixinStandardHelpOptions = true,
        resourceBundle = "dev.sluice.model.release",
        version = "Sluice ${bundle:release}",
        usageHelpAutoWidth = true,
        description =
                "Makes good what the propagator set aside or Lambda gave up for it: puts how the people concerned stand"
                        + " now onto the activations stream. Nobody else is read or told of. To repeat it changes nothing.",
        footer = {
            "",
            "Exit status: 0 done; 1 some objects or profiles could not be read, or the stream did not take all; 2 the"
                    + " command is wrong; 3 a store does not answer."
        })
public final class ReplayPropagatorCommand implements Callable<Integer> {
    private final Supplier<Desk> desk;
    private final PrintWriter out;

    @Option(names = "--propagator", required = true, hidden = true)
    @SuppressWarnings("UnusedVariable") // It chose this command.
    private boolean propagator;

    @Option(names = "--account", paramLabel = "A", description = "Only this account's people.")
    private Optional<String> account = Optional.empty();

    @Mixin
    private final Span span = new Span();

    @Option(names = "--dry-run", description = "Only says what would be put.")
    private boolean dry;

    private ReplayPropagatorCommand(Supplier<Desk> desk, PrintWriter out) {
        this.desk = desk;
        this.out = out;
    }

    /**
     * What it works with.
     *
     * @param table the profile table's name
     */
    record Desk(S3LostVersions lost, Republication republication, String table, InstantSource clock) {
        static Desk of(Environment environment) {
            String table = environment.required("SLUICE_PROFILES_TABLE");
            boolean pathStyle = environment.flag("SLUICE_S3_PATH_STYLE");
            return new Desk(
                    new S3LostVersions(AwsClients.s3(pathStyle), environment.required("SLUICE_LAKE_BUCKET")),
                    PropagatorWiring.republication(environment.required("SLUICE_ACTIVATIONS_STREAM"), table),
                    table,
                    InstantSource.system());
        }
    }

    public static void main(String[] args) {
        var out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
        var err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
        System.exit(run(() -> Desk.of(new Environment(System.getenv())), out, err, args));
    }

    /** Runs the command and returns its exit status. */
    static int run(Supplier<Desk> desk, PrintWriter out, PrintWriter err, String... args) {
        return Operated.run(new ReplayPropagatorCommand(desk, out), out, err, args);
    }

    @Override
    public Integer call() {
        Desk opened = desk.get();
        Instant now = opened.clock().instant();
        Instant begin = span.begin(now);
        Instant end = span.end(now);
        S3LostVersions.Read read = opened.lost().read(opened.table(), begin, end);
        List<Lost> versions = read.versions().stream()
                .filter(lost -> account.filter(
                                only -> !only.equals(lost.person().account()))
                        .isEmpty())
                .toList();
        Republication.Done done = opened.republication().run(versions, dry);
        out.printf(
                "%d lost versions of %d people: %s %d lines%s%s%s%n",
                versions.size(),
                done.people(),
                dry ? "would put" : "put",
                done.lines(),
                read.unreadable() == 0 ? "" : "; " + read.unreadable() + " objects or records could not be read",
                done.unreadable() == 0
                        ? ""
                        : "; of " + done.unreadable() + " people nothing that can be read is stored",
                done.whole() ? "" : "; the stream did not take all, run it again");
        return read.unreadable() == 0 && done.unreadable() == 0 && done.whole() ? 0 : 1;
    }
}
