package dev.sluice.tracker.command;

import dev.sluice.tracker.BatchBounds;
import dev.sluice.tracker.Counters;
import dev.sluice.tracker.LakeBucket;
import dev.sluice.tracker.LakeKeys;
import dev.sluice.tracker.failover.Breaker;
import dev.sluice.tracker.failover.FailoverObjects;
import dev.sluice.tracker.failover.FailoverReplay;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** The command line of {@code ./sluice failover}. */
@Command(
        name = "./sluice failover",
        mixinStandardHelpOptions = true,
        resourceBundle = "dev.sluice.model.release",
        version = "Sluice ${bundle:release}",
        usageHelpAutoWidth = true,
        description = "Batches that the tracker wrote to S3 because Kinesis did not take them. Trackers replay them by"
                + " themselves; this shows what waits, and replays it now.",
        subcommands = {FailoverCommand.ListWaiting.class, FailoverCommand.Replay.class},
        footer = {"", "Exit status: 0 done; 1 not all could be replayed; 2 the command is wrong; 3 S3 does not answer."
        })
public final class FailoverCommand implements Callable<Integer> {
    /** More than a fleet writes in an hour's outage. */
    private static final int MOST_OBJECTS = 1_000_000;

    private static final int PAGE = 1000;

    private final Lakes lakes;
    private final Streams streams;
    private final InstantSource clock;

    @Spec
    @SuppressWarnings("NullAway.Init") // The command line sets it.
    private CommandSpec spec;

    private FailoverCommand(Lakes lakes, Streams streams, InstantSource clock) {
        this.lakes = lakes;
        this.streams = streams;
        this.clock = clock;
    }

    public static void main(String[] args) {
        var out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
        var err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
        System.exit(run(Lakes.inS3(), Streams.inKinesis(), out, err, args));
    }

    /** Runs a command and returns its exit status. */
    static int run(Lakes lakes, Streams streams, PrintWriter out, PrintWriter err, String... args) {
        return CommandRun.of(new FailoverCommand(lakes, streams, InstantSource.system()), out, err, args);
    }

    @Override
    public Integer call() {
        throw new ParameterException(spec.commandLine(), "say what to do");
    }

    @Command(
            name = "list",
            mixinStandardHelpOptions = true,
            usageHelpAutoWidth = true,
            description = "Lists what waits, oldest hour first: when, bytes, object.")
    static final class ListWaiting implements Callable<Integer> {
        @Mixin
        private LakeOptions where = new LakeOptions();

        @Option(
                names = "--most",
                paramLabel = "N",
                defaultValue = "100",
                description = "Lines (default ${DEFAULT-VALUE}).")
        private int most;

        @ParentCommand
        @SuppressWarnings("NullAway.Init") // The command line sets it.
        private FailoverCommand parent;

        @Override
        public Integer call() {
            PrintWriter out = parent.spec.commandLine().getOut();
            long objects = 0;
            long bytes = 0;
            Instant oldest = Instant.MAX;
            try (Lakes.Lake lake = where.open(parent.lakes)) {
                var waiting = new FailoverObjects(lake.bucket(), parent.keys());
                String after = "";
                List<LakeBucket.Entry> page;
                do {
                    String from = after;
                    page = Lakes.called(() -> waiting.after(from, PAGE));
                    for (LakeBucket.Entry entry : page) {
                        objects++;
                        bytes += entry.bytes();
                        oldest = entry.storedAt().isBefore(oldest) ? entry.storedAt() : oldest;
                        if (objects <= most) {
                            out.printf(
                                    Locale.ROOT,
                                    "%s %9d %s%n",
                                    entry.storedAt().truncatedTo(ChronoUnit.SECONDS),
                                    entry.bytes(),
                                    entry.key());
                        }
                    }
                    after = page.isEmpty() ? after : page.getLast().key();
                } while (page.size() == PAGE && objects < MOST_OBJECTS);
            }
            out.printf(
                    Locale.ROOT,
                    "%d objects, %d bytes%s%n",
                    objects,
                    bytes,
                    objects == 0
                            ? ""
                            : ", the oldest "
                                    + Duration.between(oldest, parent.clock.instant())
                                            .toSeconds() + " s old");
            return 0;
        }
    }

    @Command(
            name = "replay",
            mixinStandardHelpOptions = true,
            usageHelpAutoWidth = true,
            description = {
                "Puts what waits into Kinesis and deletes each object when all its events are there. Safe to interrupt and"
                        + " to repeat, and beside trackers that replay: an event that comes twice is known by its id."
            })
    static final class Replay implements Callable<Integer> {
        @Mixin
        private LakeOptions where = new LakeOptions();

        @Mixin
        private BatchOptions batch = new BatchOptions();

        @Option(
                names = "--stream",
                paramLabel = "NAME",
                defaultValue = "${env:SLUICE_EVENTS_STREAM:-sluice-events}",
                description = "The stream of events (default ${DEFAULT-VALUE}; SLUICE_EVENTS_STREAM).")
        @SuppressWarnings("NullAway.Init") // It has a default.
        private String stream;

        @Option(
                names = "--older-than",
                paramLabel = "D",
                defaultValue = "0s",
                description = "Only objects of this age, 10m say (default ${DEFAULT-VALUE}: all).")
        @SuppressWarnings("NullAway.Init") // It has a default.
        private String olderThan;

        @Option(
                names = "--bytes-per-second",
                paramLabel = "N",
                defaultValue = "4194304",
                description = "Of compressed records (default ${DEFAULT-VALUE}).")
        private long bytesPerSecond;

        @ParentCommand
        @SuppressWarnings("NullAway.Init") // The command line sets it.
        private FailoverCommand parent;

        @Override
        public Integer call() {
            FailoverReplay.Settings settings;
            BatchBounds bounds;
            try {
                bounds = batch.bounds();
                settings = new FailoverReplay.Settings(
                        Duration.ofSeconds(1), Spans.read("--older-than", olderThan), PAGE, bytesPerSecond);
            } catch (IllegalArgumentException e) {
                throw Failure.wrongUse(String.valueOf(e.getMessage()));
            }
            var counters = new Counters();
            try (Lakes.Lake lake = where.open(parent.lakes);
                    Streams.Stream events = parent.streams.open(stream, counters)) {
                var ports = new FailoverReplay.Ports(
                        lake.bucket(),
                        parent.keys(),
                        events.sink(),
                        new Breaker(new Breaker.Settings(3, Duration.ofMillis(100)), parent.clock),
                        parent.clock,
                        Thread::sleep,
                        counters);
                var replay = FailoverReplay.ofOperator(settings, bounds, ports);
                int done = 1;
                for (int looks = 0; done > 0 && looks < MOST_OBJECTS / PAGE; looks++) {
                    done = replay.replayOnce();
                }
            }
            return report(counters);
        }

        private int report(Counters counters) {
            long objects = counters.read().getOrDefault("replayedObjects", 0L);
            long events = counters.read().getOrDefault("replayedEvents", 0L);
            long failures = counters.read().getOrDefault("replayFailures", 0L);
            parent.spec
                    .commandLine()
                    .getOut()
                    .printf(Locale.ROOT, "replayed %d events of %d objects%n", events, objects);
            long unreadable = counters.read().getOrDefault("failoverUnreadable", 0L);
            if (unreadable > 0) {
                throw Failure.notAll(unreadable
                        + " objects are of a format that this release does not read; they are left for a later one");
            }
            if (failures > 0) {
                throw Failure.notAll(
                        "not everything could be replayed: see the log above; what is left waits, ask again");
            }
            return 0;
        }
    }

    /** A node of its own: the objects of every tracker are another's. */
    private LakeKeys keys() {
        return new LakeKeys("command", clock, () -> UUID.randomUUID().toString());
    }
}
