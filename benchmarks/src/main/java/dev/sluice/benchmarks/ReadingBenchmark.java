package dev.sluice.benchmarks;

import dev.sluice.classifier.Answer;
import dev.sluice.classifier.CurrentProfiles;
import dev.sluice.classifier.CurrentSegments;
import dev.sluice.classifier.PublishedReadKeys;
import dev.sluice.classifier.ReadGate;
import dev.sluice.classifier.ReadPace;
import dev.sluice.classifier.RulePorts;
import dev.sluice.classifier.RunningRules;
import dev.sluice.classifier.Stores;
import dev.sluice.classifier.Swapping;
import dev.sluice.classifier.aws.DynamoDbProfiles;
import dev.sluice.classifier.drools.DroolsMatcher;
import dev.sluice.classifier.memory.MemoryConnectionBundles;
import dev.sluice.classifier.memory.MemoryDueIndex;
import dev.sluice.classifier.memory.MemoryIdentities;
import dev.sluice.classifier.memory.MemoryLastGoodRules;
import dev.sluice.classifier.memory.MemoryRuleSetReports;
import dev.sluice.classifier.memory.MemoryRuleSets;
import dev.sluice.classifier.memory.MemoryUserStates;
import dev.sluice.model.PersonKey;
import dev.sluice.model.activation.Connections;
import dev.sluice.model.activation.ReadKey;
import dev.sluice.model.profile.Cause;
import dev.sluice.model.profile.Membership;
import dev.sluice.model.profile.SegmentedProfile;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The command line of {@code ./sluice bench reading}. */
@Command(
        name = "./sluice bench reading",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        usageHelpAutoWidth = true,
        description = {
            "Measures how long it takes to answer in which segments a person is: the key is looked up, the profile read from"
                    + " DynamoDB Local on this machine. Without HTTP.",
            "Each thread asks again as soon as it was answered; whom is drawn anew each time."
        })
public final class ReadingBenchmark implements Callable<Integer> {
    private static final String KEY = "the-key-of-the-benchmark";
    private static final int WRITTEN_AT_ONCE = 500;

    @Option(
            names = "--people",
            defaultValue = "20000",
            description = "People with a profile (default ${DEFAULT-VALUE}).")
    private int people;

    @Option(names = "--segments", defaultValue = "20", description = "Of each (default ${DEFAULT-VALUE}).")
    private int segments;

    @Option(names = "--threads", split = ",", defaultValue = "1,4,16", description = "Default ${DEFAULT-VALUE}.")
    private List<Integer> threads = List.of();

    @Option(names = "--warm-up", defaultValue = "5", description = "Seconds (default ${DEFAULT-VALUE}).")
    private int warmUp;

    @Option(names = "--for", defaultValue = "10", description = "Seconds (default ${DEFAULT-VALUE}).")
    private int duration;

    @Option(
            names = "--dynamodb",
            defaultValue = "local-runner/target/dynamodb-local",
            description = "Folder of DynamoDB Local's jars (default ${DEFAULT-VALUE}).")
    private Path dynamoDb = Path.of("");

    private final PrintStream out =
            new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);

    public static void main(String[] args) {
        System.exit(new CommandLine(new ReadingBenchmark()).execute(args));
    }

    @Override
    public Integer call() throws InterruptedException, ExecutionException {
        try (LoadStores stores = LoadStores.start(dynamoDb);
                ExecutorService requests = Executors.newFixedThreadPool(8)) {
            var profiles = new DynamoDbProfiles(stores.dynamoDb(), LoadStores.TABLE, requests, Duration.ofMinutes(1));
            fill(profiles);
            ReadGate gate = gate();
            CurrentSegments segmentsOf = segments(profiles);
            run(gate, segmentsOf, 4, Duration.ofSeconds(warmUp));
            out.printf("%8s %12s %10s %10s %10s%n", "threads", "answers/s", "p50 ms", "p99 ms", "p99.9 ms");
            for (int at : threads) {
                long[] nanos = run(gate, segmentsOf, at, Duration.ofSeconds(duration));
                out.printf(
                        "%8d %,12d %10.2f %10.2f %10.2f%n",
                        at, nanos.length / duration, millis(nanos, 0.5), millis(nanos, 0.99), millis(nanos, 0.999));
            }
        }
        return 0;
    }

    private void fill(DynamoDbProfiles profiles) {
        for (int from = 0; from < people; from += WRITTEN_AT_ONCE) {
            profiles.write(IntStream.range(from, Math.min(people, from + WRITTEN_AT_ONCE))
                    .mapToObj(this::profile)
                    .toList());
        }
    }

    private SegmentedProfile profile(int person) {
        Instant since = Instant.parse("2026-11-21T12:00:00Z");
        Map<String, Membership> memberships = new TreeMap<>();
        for (int i = 0; i < segments; i++) {
            memberships.put("segment-%03d".formatted(i), new Membership(since, 1, true));
        }
        return new SegmentedProfile(
                new PersonKey("demo", "p" + person),
                1,
                1,
                since,
                "w",
                memberships,
                new Cause(Cause.Kind.EVENT, "e", since, Optional.empty()));
    }

    private static ReadGate gate() {
        var bundles = new MemoryConnectionBundles();
        bundles.publish(new Connections(
                "demo", 1, List.of(), List.of(new ReadKey("benchmark", ReadKey.hash(KEY), true, Optional.empty()))));
        var keys = new PublishedReadKeys(bundles);
        keys.look();
        return new ReadGate(keys, Optional.empty(), new ReadPace(1_000_000, System::nanoTime), InstantSource.system());
    }

    private static CurrentSegments segments(DynamoDbProfiles profiles) {
        var ports = new RulePorts(new MemoryRuleSets(), new MemoryLastGoodRules(), new MemoryRuleSetReports());
        var rules = new RunningRules(ports, DroolsMatcher::of, List.of(), Swapping.of(1, "benchmark"));
        var identities = new MemoryIdentities();
        var stores = new Stores(
                new MemoryUserStates(), profiles, new MemoryDueIndex(), identities, () -> "w", InstantSource.system());
        return new CurrentSegments(
                profiles.eventuallyConsistent(),
                identities,
                new CurrentProfiles(rules, stores),
                InstantSource.system());
    }

    /** How long each answer took, sorted. */
    private long[] run(ReadGate gate, CurrentSegments segmentsOf, int at, Duration length)
            throws InterruptedException, ExecutionException {
        long end = System.nanoTime() + length.toNanos();
        List<Future<long[]>> asking = new ArrayList<>();
        try (ExecutorService askers = Executors.newFixedThreadPool(at)) {
            for (int i = 0; i < at; i++) {
                var random = new SplittableRandom(i);
                asking.add(askers.submit(() -> ask(gate, segmentsOf, random, end)));
            }
        }
        LongStream all = LongStream.empty();
        for (Future<long[]> each : asking) {
            all = LongStream.concat(all, Arrays.stream(each.get()));
        }
        return all.sorted().toArray();
    }

    private long[] ask(ReadGate gate, CurrentSegments segmentsOf, SplittableRandom random, long end) {
        LongStream.Builder took = LongStream.builder();
        for (long begin = System.nanoTime(); begin - end < 0; begin = System.nanoTime()) {
            String id = "p" + random.nextInt(people);
            if (!(gate.admit(KEY, account -> new PersonKey(account, id)) instanceof ReadGate.Admitted admitted)) {
                throw new IllegalStateException("not let in");
            }
            if (!(segmentsOf.of(admitted.person()) instanceof Answer.Found<?>)) {
                throw new IllegalStateException("DynamoDB Local does not answer");
            }
            took.add(System.nanoTime() - begin);
        }
        return took.build().toArray();
    }

    private static double millis(long[] sorted, double share) {
        return sorted.length == 0
                ? 0
                : sorted[(int) Math.min(sorted.length - 1L, (long) (sorted.length * share))] / 1e6;
    }
}
