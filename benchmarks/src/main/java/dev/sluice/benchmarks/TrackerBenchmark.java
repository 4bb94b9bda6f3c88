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

/** The command line of {@code ./sluice bench tracker}. */
@Command(
        name = "./sluice bench tracker",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        usageHelpAutoWidth = true,
        description = {
            "Measures how many events a second one core of the tracker takes over HTTP, what an event costs it, and how long"
                    + " clients wait at half and at four fifths of that.",
            "Each server runs in a process of its own, pinned to one core, with the production flags of its JVM; the load"
                    + " comes from this process, on another core. Beside the tracker the same work runs behind Netty's own"
                    + " handlers, without Spring: the ceiling."
        })
public final class TrackerBenchmark implements Callable<Integer> {
    @Option(
            names = "--servers",
            split = ",",
            defaultValue = "RAW,TRACKER,KINESIS",
            description = "Which to measure: ${COMPLETION-CANDIDATES} (default all).")
    private List<TrackerServer.Kind> servers = List.of();

    @Option(
            names = "--batches",
            split = ",",
            defaultValue = "1,50",
            description = "Events of a request (default ${DEFAULT-VALUE}).")
    private List<Integer> batches = List.of();

    @Option(
            names = "--connections",
            defaultValue = "2048",
            description = "With one request under way on each at most (default ${DEFAULT-VALUE}).")
    private int connections;

    @Option(names = "--gzip", description = "Send bodies packed, as SDKs do with batches.")
    private boolean gzip;

    @Option(
            names = "--neighbours",
            description = "Measure instead what one account notices of another that sends ten times as much.")
    private boolean neighbours;

    @Option(
            names = "--warm-up",
            defaultValue = "15",
            description = "Seconds before each server is measured (default ${DEFAULT-VALUE}).")
    private int warmUp;

    @Option(
            names = "--for",
            defaultValue = "10",
            description = "Seconds of each measurement (default ${DEFAULT-VALUE}).")
    private int seconds;

    @Option(
            names = "--core",
            defaultValue = "0",
            description = "The core of the server, -1 not to pin it (default ${DEFAULT-VALUE}).")
    private int core;

    @Option(
            names = "--procfile",
            defaultValue = "event-tracker/Procfile",
            description = "Whence the JVM's flags are taken (default ${DEFAULT-VALUE}).")
    private Path procfile = Path.of("");

    @Option(
            names = "--kinesis",
            defaultValue = "local-runner/kinesis-local",
            description = "Folder of the Kinesis stand-in (default ${DEFAULT-VALUE}).")
    private Path kinesis = Path.of("");

    public static void main(String[] args) {
        System.exit(new CommandLine(new TrackerBenchmark()).execute(args));
    }

    @Override
    public Integer call() {
        var settings = new TrackerLoadSettings(
                servers,
                batches,
                connections,
                gzip,
                Duration.ofSeconds(warmUp),
                Duration.ofSeconds(seconds),
                core,
                procfile,
                kinesis);
        if (neighbours) {
            new NeighboursLoad(settings, out()).run();
        } else {
            new TrackerLoad(settings, out()).run();
        }
        return 0;
    }

    private static PrintStream out() {
        return new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
    }
}
