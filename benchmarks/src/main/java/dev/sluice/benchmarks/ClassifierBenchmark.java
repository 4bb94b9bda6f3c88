package dev.sluice.benchmarks;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The command line of {@code ./sluice bench classifier}. */
@Command(
        name = "./sluice bench classifier",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        usageHelpAutoWidth = true,
        description = {
            "Measures how many events a second the classifier takes through join, evaluation and merge, against a real"
                    + " Redis and DynamoDB Local on this machine.",
            "Per cent are of one core. Whose events come is drawn anew for each event, each active person as likely as"
                    + " any other, so hardly two events of a batch are of one person."
        })
public final class ClassifierBenchmark implements Callable<Integer> {
    @Option(names = "--segments", defaultValue = "1000", description = "Segments (default ${DEFAULT-VALUE}).")
    private int segments;

    @Option(
            names = "--people",
            defaultValue = "1000000",
            description = "People in Redis, some 5 KB each (default ${DEFAULT-VALUE}).")
    private int people;

    @Option(
            names = "--active",
            defaultValue = "100000",
            description =
                    "Of those, people whose events come, and who have a profile in DynamoDB Local, which takes some"
                            + " 5,000 a second (default ${DEFAULT-VALUE}).")
    private int active;

    @Option(
            names = "--threads",
            defaultValue = "4",
            description =
                    "Batches classified at once (default ${DEFAULT-VALUE}): of two, both wait for Redis at times, and a"
                            + " core with them; each more waits longer.")
    private int threads;

    @Option(names = "--batch", defaultValue = "500", description = "Events of a batch (default ${DEFAULT-VALUE}).")
    private int batch;

    @Option(
            names = "--changing",
            defaultValue = "5",
            description = "Events in a hundred of the mixed load that rules look for (default ${DEFAULT-VALUE}).")
    private int changing;

    @Option(
            names = "--loads",
            split = ",",
            defaultValue = "UNNEEDED,QUIET,KNOWN,MIXED",
            description =
                    "Which loads to send: ${COMPLETION-CANDIDATES} (default all). UNNEEDED: events that no rule needs;"
                            + " QUIET: that change no membership; KNOWN: the same with profiles in memory; MIXED: quiet ones and"
                            + " --changing.")
    private List<Load.Mix> loads = List.of();

    @Option(
            names = "--warm-up",
            defaultValue = "8",
            description =
                    "Seconds of processor time before each load is measured, up to five times as many until the JVM has"
                            + " hardly anything left to compile (default ${DEFAULT-VALUE}).")
    private int warmUp;

    @Option(
            names = "--for",
            defaultValue = "10",
            description = "Seconds of processor time for which each load is measured (default ${DEFAULT-VALUE}).")
    private int duration;

    @Option(
            names = "--dynamodb",
            defaultValue = "local-runner/target/dynamodb-local",
            description = "Folder of DynamoDB Local's jars (default ${DEFAULT-VALUE}).")
    private Path dynamoDb = Path.of("");

    @Option(names = "--profile", description = "Say after each load where the time went.")
    private boolean profile;

    public static void main(String[] args) {
        System.exit(new CommandLine(new ClassifierBenchmark()).execute(args));
    }

    @Override
    public Integer call() {
        var settings = new LoadSettings(
                segments,
                people,
                active,
                threads,
                batch,
                changing,
                loads,
                Duration.ofSeconds(warmUp),
                Duration.ofSeconds(duration),
                dynamoDb,
                profile);
        new ClassifierLoad(settings, out()).run();
        return 0;
    }

    private static PrintStream out() {
        return new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
    }
}
