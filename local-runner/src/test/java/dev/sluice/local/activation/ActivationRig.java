package dev.sluice.local.activation;

import dev.sluice.local.Resources;
import dev.sluice.local.Schedule;
import dev.sluice.local.eventsource.EventSourceCounters;
import dev.sluice.local.eventsource.EventSourceMapping;
import dev.sluice.local.eventsource.EventSourceSettings;
import dev.sluice.local.eventsource.EventSourceTarget;
import dev.sluice.local.eventsource.KinesisEventSourceMapping;
import dev.sluice.local.eventsource.ReadPace;
import dev.sluice.local.eventsource.S3FailureDestination;
import dev.sluice.local.lambda.LambdaFunction;
import dev.sluice.local.lambda.LambdaFunctionSettings;
import dev.sluice.local.servers.AwsClients;
import dev.sluice.local.servers.ChildProcess;
import dev.sluice.local.servers.Eventually;
import dev.sluice.local.servers.LocalServers;
import dev.sluice.local.servers.Programs;
import dev.sluice.model.activation.ProfileChange;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.model.S3Object;

/**
 * The way from the activations stream to partners as it is deployed: a function for the stream and one for retries of each
 * kind of partner, each in a process of its own, before a stream, a ledger and buckets that belong to one drill.
 */
final class ActivationRig implements AutoCloseable {
    static final String ACCOUNT = "demo";

    private static final String DUE = "{\"work\":\"due\"}";
    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final EventSourceSettings UNTIL_EXPIRY = new EventSourceSettings(
            100, Duration.ZERO, EventSourceSettings.NO_LIMIT, Duration.ofDays(1), true, true, true);
    /** The mappings are told when something is put; each read costs the stand-in, and nine kinds read beside each other. */
    private static final ReadPace TOLD = new ReadPace(Duration.ofMillis(400), Duration.ZERO);

    private final Deque<AutoCloseable> open = new ArrayDeque<>();
    private final LocalServers servers;
    private final String name;
    private final Path folder;
    private final ActivationsInput input;
    private final Map<String, EventSourceMapping> mappings = new ConcurrentHashMap<>();
    private final Map<String, LambdaFunction> streamFunctions = new ConcurrentHashMap<>();
    private final Map<String, LambdaFunction> dueFunctions = new ConcurrentHashMap<>();
    /** JVMs that start side by side: more would wait for each other longer than a start may take. */
    private final ExecutorService starters = Executors.newFixedThreadPool(4);

    private final List<Schedule> schedules = new CopyOnWriteArrayList<>();
    private Duration betweenRetries = Duration.ofMillis(500);
    private boolean byHand;
    private int published;

    private ActivationRig(LocalServers servers, String name, Path folder) {
        this.servers = servers;
        this.name = name;
        this.folder = folder;
        this.input = new ActivationsInput(servers.clients().kinesis(), stream());
    }

    /** @param name unique among the drills of one run */
    static ActivationRig start(LocalServers servers, String name) {
        try {
            Path home = Files.createDirectories(Path.of("").toAbsolutePath().resolve("target"));
            var rig = new ActivationRig(servers, name, Files.createTempDirectory(home, "activation-" + name));
            AwsClients clients = servers.clients();
            clients.kinesis().createStream(it -> it.streamName(rig.stream()).shardCount(2));
            clients.kinesis().waiter().waitUntilStreamExists(it -> it.streamName(rig.stream()));
            clients.s3().createBucket(it -> it.bucket(rig.lake()));
            clients.s3().createBucket(it -> it.bucket(rig.bundles()));
            clients.dynamoDb().createTable(Resources.ledgerTable(rig.ledger()));
            return rig;
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private String stream() {
        return "activations-" + name;
    }

    String lake() {
        return "lake-" + name;
    }

    private String bundles() {
        return "bundles-" + name;
    }

    String ledger() {
        return "ledger-" + name;
    }

    /** How long the retries of whoever is served from now on rest: many that look often have little else to do. */
    void lookEvery(Duration rest) {
        betweenRetries = rest;
    }

    /** What is due is looked for only when {@link #tellDue} says so, by whoever is served from now on. */
    void lookByHand() {
        byHand = true;
    }

    /** Looks once for what is due; ends when that has been told. */
    void tellDue(String partner) {
        LambdaFunction function = Objects.requireNonNull(dueFunctions.get(partner), partner);
        function.invoke(DUE.getBytes(StandardCharsets.UTF_8));
    }

    /** Where partners' secrets lie. */
    void secret(String secret, String text) {
        try {
            Path account = Files.createDirectories(
                    folder.resolve("secrets/" + ACCOUNT),
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            Path file = account.resolve(secret);
            Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            Files.writeString(file, text, StandardCharsets.UTF_8);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** Publishes the account's next set of connections: JSON objects. */
    void publish(String... connections) {
        published++;
        String bundle = "{\"v\":1,\"account\":\"%s\",\"number\":%d,\"connections\":[%s],\"readKeys\":[]}"
                .formatted(ACCOUNT, published, String.join(",", connections));
        servers.clients()
                .s3()
                .putObject(
                        it -> it.bucket(bundles()).key("connections/%s/%010d.json".formatted(ACCOUNT, published)),
                        RequestBody.fromString(bundle));
    }

    /**
     * Starts what tells a kind of partner, side by side with what is started before and after.
     *
     * @param more variables besides those that all functions have
     */
    CompletableFuture<Void> serve(String partner, Map<String, String> more) {
        Map<String, String> environment = new HashMap<>(environment());
        environment.put("SLUICE_PARTNER", partner);
        environment.putAll(more);
        var activator = function(partner, "ActivatorHandler", environment);
        var retries = function(partner, "RetryHandler", environment);
        return activator.thenAcceptBoth(retries, (stream, due) -> {
            synchronized (open) {
                open.push(stream);
                open.push(due);
                var failures = new S3FailureDestination(servers.clients().s3(), lake());
                EventSourceMapping mapping = KinesisEventSourceMapping.start(
                        servers.clients(), stream(), UNTIL_EXPIRY, EventSourceTarget.of(stream, failures), TOLD);
                open.push(mapping);
                mappings.put(partner, mapping);
                streamFunctions.put(partner, stream);
                dueFunctions.put(partner, due);
                if (!byHand) {
                    Schedule retrying = Schedule.start(due, DUE, betweenRetries);
                    open.push(retrying);
                    schedules.add(retrying);
                }
            }
        });
    }

    private CompletableFuture<LambdaFunction> function(
            String partner, String handler, Map<String, String> environment) {
        var settings = LambdaFunctionSettings.of(
                        name + "-" + partner + "-" + handler,
                        "dev.sluice.activators.partners." + handler,
                        classPath(),
                        environment)
                .withTimeout(Duration.ofSeconds(60));
        return CompletableFuture.supplyAsync(() -> LambdaFunction.start(settings, folder), starters);
    }

    private static List<Path> classPath() {
        Path module = ROOT.resolve("partner-activators");
        try (Stream<Path> jars = Files.list(module.resolve("target/lib"))) {
            return Stream.concat(Stream.of(module.resolve("target/classes")), jars.sorted())
                    .toList();
        } catch (IOException notBuilt) {
            throw new UncheckedIOException("partner-activators is not built", notBuilt);
        }
    }

    private Map<String, String> environment() {
        Map<String, String> environment = new HashMap<>(AwsClients.environment());
        environment.put("AWS_ENDPOINT_URL_KINESIS", servers.kinesis().endpoint().toString());
        environment.put(
                "AWS_ENDPOINT_URL_DYNAMODB", servers.dynamoDb().endpoint().toString());
        environment.put("AWS_ENDPOINT_URL_S3", servers.s3().endpoint().toString());
        environment.put("SLUICE_S3_PATH_STYLE", "true");
        environment.put("SLUICE_ACTIVATIONS_STREAM", stream());
        environment.put("SLUICE_LEDGER_TABLE", ledger());
        environment.put("SLUICE_LAKE_BUCKET", lake());
        environment.put("SLUICE_RULE_SETS_BUCKET", bundles());
        environment.put("SLUICE_SECRETS_DIRECTORY", folder.resolve("secrets").toString());
        environment.put("SLUICE_EGRESS_ALLOW_LOOPBACK", "true");
        return environment;
    }

    /** Puts lines onto the stream as the propagator does: those of a slot together, in their order. */
    void put(List<ProfileChange> changes) {
        input.put(changes);
        look();
    }

    /** Puts one record that holds whatever it is given. */
    void putBytes(int slot, byte[] data) {
        input.putBytes(slot, data);
        look();
    }

    private void look() {
        mappings.values().forEach(EventSourceMapping::look);
    }

    /** Records that the functions have done. */
    long recordsDone() {
        return mappings.values().stream()
                .mapToLong(mapping -> mapping.counters().recordsDone())
                .sum();
    }

    /** What the function of one kind of partner has done of the stream. */
    EventSourceCounters done(String partner) {
        return mapping(partner).counters();
    }

    /** Whether the function of one kind of partner has done all that was put. */
    boolean hasTakenAll(String partner) {
        return mapping(partner).counters().recordsDone() >= input.recordsPut();
    }

    /** Whether all functions have. */
    boolean haveTakenAll() {
        return mappings.keySet().stream().allMatch(this::hasTakenAll);
    }

    /** Kills, as {@code kill -9} does, the process of a kind's stream function if it is at work; how many were killed. */
    int kill(String partner) {
        LambdaFunction function = streamFunctions.get(partner);
        if (function == null) {
            throw new IllegalArgumentException(partner + " is not served");
        }
        return function.killBusy();
    }

    private EventSourceMapping mapping(String partner) {
        EventSourceMapping mapping = mappings.get(partner);
        if (mapping == null) {
            throw new IllegalArgumentException(partner + " is not served");
        }
        return mapping;
    }

    /** Waits until what is due has been looked for so many times more. */
    boolean awaitRetries(int count) {
        Map<Schedule, Long> wanted = new HashMap<>();
        schedules.forEach(schedule -> wanted.put(schedule, schedule.after(count)));
        return schedules.stream()
                .allMatch(schedule -> schedule.awaitCalls(wanted.getOrDefault(schedule, 0L), Duration.ofMinutes(3)));
    }

    /** As the other, side by side with what is started before and after. */
    CompletableFuture<String> commandAside(String main, String... arguments) {
        return CompletableFuture.supplyAsync(() -> command(main, arguments), starters);
    }

    /** What a command of the activators writes; ends when it ends. */
    String command(String main, String... arguments) {
        List<String> line = new ArrayList<>(List.of(
                Programs.java().toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                classPath().stream().map(Path::toString).collect(Collectors.joining(":")),
                "dev.sluice.activators.command." + main));
        line.addAll(List.of(arguments));
        try {
            Path log = Files.createTempFile(folder, "command", ".log");
            var process = ChildProcess.start(new ChildProcess.Command("a command", line, environment(), folder, log));
            Eventually.within(Duration.ofMinutes(3), "the command's end", () -> !process.isAlive());
            return Files.readString(log);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** What the stream's function of a kind of partner has written. */
    String log(String partner) {
        try {
            return Files.readString(folder.resolve(name + "-" + partner + "-ActivatorHandler-1.log"));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** Keys of the lake that begin so. */
    List<String> keys(String prefix) {
        return servers
                .clients()
                .s3()
                .listObjectsV2Paginator(it -> it.bucket(lake()).prefix(prefix))
                .contents()
                .stream()
                .map(S3Object::key)
                .toList();
    }

    /** How many things were set aside: each is a line of an object. */
    long setAside() {
        return keys("set-aside/").stream()
                .mapToLong(key -> servers.clients()
                        .s3()
                        .getObjectAsBytes(it -> it.bucket(lake()).key(key))
                        .asUtf8String()
                        .lines()
                        .count())
                .sum();
    }

    /** A figure for the record. */
    static void say(String format, Object... arguments) {
        System.out.println("drill: " + String.format(Locale.ROOT, format, arguments));
    }

    @Override
    public void close() {
        starters.shutdownNow();
        synchronized (open) {
            while (!open.isEmpty()) {
                try {
                    open.pop().close();
                } catch (Exception failed) {
                    System.err.println("did not end cleanly: " + failed.getMessage());
                }
            }
        }
    }
}
