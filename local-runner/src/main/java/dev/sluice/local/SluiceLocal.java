package dev.sluice.local;

import dev.sluice.local.servers.ServerFailure;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The command line of {@code ./sluice run}. */
@Command(
        name = "./sluice run",
        mixinStandardHelpOptions = true,
        resourceBundle = "dev.sluice.model.release",
        version = "Sluice ${bundle:release}",
        sortOptions = false,
        usageHelpAutoWidth = true,
        description = "Starts all of Sluice on this machine, sends simulated players' traffic and shows it live.",
        footer = {
            "",
            "Exit status: 0 if nothing was lost and every membership and push agrees with the simulator's truth;",
            "1 if not; 2 if the command is wrong; 3 if something could not start."
        })
public final class SluiceLocal implements Callable<Integer> {
    private static final int WRONG_COMMAND = 2;
    private static final int FAILED_TO_START = 3;

    @Option(
            names = "--for",
            paramLabel = "TIME",
            converter = RunCommand.Time.class,
            description = "End by itself after this time, such as 60s or 5m, and print a summary.")
    private @Nullable Duration limit;

    @Option(names = "--report", paramLabel = "FILE", description = "Write the summary as JSON.")
    private @Nullable Path report;

    @Option(
            names = "--rate",
            paramLabel = "N",
            defaultValue = "200",
            description = "Events a second (default ${DEFAULT-VALUE}).")
    private double rate;

    @Option(
            names = "--players",
            paramLabel = "N",
            defaultValue = "300",
            description = "Simulated players (default ${DEFAULT-VALUE}).")
    private int players;

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "1",
            description = "Seed of the simulation (default ${DEFAULT-VALUE}).")
    private long seed;

    @Option(
            names = "--chaos",
            paramLabel = "SEED",
            description = {
                "Repeat, delay and reorder batches, kill the classifier and the dispatcher, break connections to"
                        + " Redis and answers of DynamoDB, repeatably by this seed. Needs --for."
            })
    private @Nullable Long chaos;

    @Option(names = "--no-traffic", description = "Simulate nobody: send events of your own.")
    private boolean noTraffic;

    @Option(
            names = "--port-base",
            paramLabel = "N",
            defaultValue = "7100",
            description = "First of the 12 ports to use (default ${DEFAULT-VALUE}).")
    private int portBase;

    @Spec
    private @Nullable CommandSpec spec;

    private SluiceLocal() {}

    /** Runs and exits with its status. */
    public static void main(String[] arguments) {
        System.exit(new CommandLine(new SluiceLocal())
                .setExecutionExceptionHandler((failed, command, parsed) -> {
                    if (failed instanceof ServerFailure || failed instanceof IllegalArgumentException) {
                        System.err.println("sluice: " + failed.getMessage());
                    } else {
                        failed.printStackTrace();
                    }
                    return FAILED_TO_START;
                })
                .setParameterExceptionHandler((wrong, given) -> {
                    System.err.println("sluice: " + wrong.getMessage() + "; see ./sluice run --help");
                    return WRONG_COMMAND;
                })
                .execute(arguments));
    }

    @Override
    public Integer call() throws InterruptedException {
        var out = new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
        return new Run(command(), Path.of(""), out).execute() ? 0 : 1;
    }

    private RunCommand command() {
        try {
            return new RunCommand(
                    Optional.ofNullable(limit),
                    Optional.ofNullable(report).map(this::asCallerMeans),
                    rate,
                    players,
                    seed,
                    !noTraffic,
                    portBase,
                    Optional.ofNullable(chaos));
        } catch (IllegalArgumentException wrong) {
            throw new CommandLine.ParameterException(
                    Objects.requireNonNull(spec).commandLine(), String.valueOf(wrong.getMessage()), wrong);
        }
    }

    /** {@code ./sluice} changes into the checkout: a relative file is meant from where it was called. */
    private Path asCallerMeans(Path file) {
        return Path.of(System.getProperty("sluice.caller", "")).resolve(file);
    }
}
