package dev.sluice.local.drills;

import dev.sluice.local.Jvm;
import dev.sluice.local.Program;
import dev.sluice.local.eventsource.ReadPace;
import dev.sluice.local.servers.AwsClients;
import dev.sluice.local.servers.ChildProcess;
import dev.sluice.local.servers.Eventually;
import dev.sluice.local.servers.FreePorts;
import dev.sluice.local.servers.LocalServers;
import dev.sluice.local.servers.Programs;
import dev.sluice.model.EventJson;
import dev.sluice.model.JsonText;
import dev.sluice.model.LineBatch;
import dev.sluice.model.plan.Rate;
import dev.sluice.model.plan.SourceKey;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.core.sync.ResponseTransformer;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.S3Object;

/**
 * One tracker as it is deployed, in a process of its own, with a {@link Gate} before Kinesis and one before S3. Both are
 * reached by names of a hosts file, so that name resolution can fail. Shared by all drills: each leaves it calm.
 */
public final class Rig implements AutoCloseable {
    static final String STREAM = "drills";
    static final String BUCKET = "drills-lake";
    static final String WRITE_KEY = "drill-key";
    static final String ACCOUNT = "drill";
    static final String OTHER_WRITE_KEY = "other-key";
    /** Of an account whose tracking plan allows no more than {@link #LOUD_RATE}. */
    static final String LOUD_WRITE_KEY = "loud-key";
    /** A little more than the loud account sends when it is not loud. */
    static final Rate LOUD_RATE = new Rate(100, 100);
    /** How long the breaker stays open: shorter than the default of 5 s, so that drills are short. */
    static final Duration OPEN_FOR = Duration.ofMillis(500);

    static final boolean SOAK = Boolean.getBoolean("sluice.soak");

    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final String PLANS = "drills-plans";
    private static final String KINESIS_NAME = "kinesis.drill";
    private static final String S3_NAME = "s3.drill";
    private static final int MAX_UNPACKED = 64 << 20;

    private final LocalServers servers;
    private final Path folder;
    private final HttpClient http;
    private final Gate kinesis;
    private final Gate s3;
    private final Program tracker;
    private final Witness witness;

    private Rig(LocalServers servers, Path folder) {
        this.servers = servers;
        this.folder = folder;
        this.http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(Duration.ofSeconds(1))
                .build();
        int ports = FreePorts.base(3);
        servers.clients().kinesis().createStream(it -> it.streamName(STREAM).shardCount(2));
        servers.clients().kinesis().waiter().waitUntilStreamExists(it -> it.streamName(STREAM));
        servers.clients().s3().createBucket(it -> it.bucket(BUCKET));
        servers.clients().s3().createBucket(it -> it.bucket(PLANS));
        publishThePlan();
        kinesis = Gate.before(servers.kinesis().endpoint(), ports);
        s3 = Gate.before(servers.s3().endpoint(), ports + 1);
        namesResolve(true);
        tracker = Program.start(
                http,
                new Program.Deployment(
                        "event-tracker",
                        Jvm.of(ROOT.resolve("event-tracker")),
                        unpacked(),
                        ports + 2,
                        environment(),
                        folder));
        witness = Witness.of(servers.clients().kinesis(), STREAM, ReadPace.KINESIS_PUSHED);
        tracker.awaitReady();
        // Its first orderly end writes the archive of classes, from which the many later starts are quick.
        ProcessHandle.of(tracker.pid()).ifPresent(ProcessHandle::destroy);
        Eventually.within(Duration.ofSeconds(60), "a second start", () -> tracker.restarts() == 1 && tracker.isReady());
    }

    /** The program as it is deployed, with its libraries beside it: only so can a JVM archive its classes. */
    private Path unpacked() {
        Path jar = ROOT.resolve("event-tracker/target/event-tracker-0.1.0-exec.jar");
        Path unpacked = folder.resolve("unpacked");
        var process = ChildProcess.start(new ChildProcess.Command(
                "unpacking",
                List.of(
                        Programs.java().toString(),
                        "-Djarmode=tools",
                        "-jar",
                        jar.toString(),
                        "extract",
                        "--destination",
                        unpacked.toString()),
                Map.of(),
                folder,
                folder.resolve("unpacking.log")));
        Eventually.until("the tracker unpacked", () -> !process.isAlive());
        return jar();
    }

    private Path jar() {
        return folder.resolve("unpacked/event-tracker-0.1.0-exec.jar");
    }

    static Rig start(LocalServers servers) {
        try {
            Path home = Path.of("").toAbsolutePath();
            return new Rig(
                    servers, Files.createTempDirectory(Files.createDirectories(home.resolve("target")), "drills"));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private Map<String, String> environment() {
        Map<String, String> environment = new HashMap<>(AwsClients.environment());
        environment.put("AWS_ENDPOINT_URL_KINESIS", "http://" + KINESIS_NAME + ":" + kinesis.port());
        environment.put("AWS_ENDPOINT_URL_S3", "http://" + S3_NAME + ":" + s3.port());
        // The gate reads JSON; names are asked anew each time, as a short-lived record in the cloud would be.
        environment.put(
                "JAVA_TOOL_OPTIONS",
                "-XX:VMOptionsFile=" + written("vm-options", "")
                        + " -XX:+AutoCreateSharedArchive -XX:SharedArchiveFile=" + folder.resolve("classes.jsa")
                        + " -Daws.cborEnabled=false -Djdk.net.hosts.file=" + hosts() + " -Djava.security.properties="
                        + written("security", "networkaddress.cache.ttl=0\nnetworkaddress.cache.negative.ttl=0\n"));
        environment.put("SLUICE_S3_PATH_STYLE", "true");
        environment.put("SLUICE_EVENTS_STREAM", STREAM);
        environment.put("SLUICE_LAKE_BUCKET", BUCKET);
        environment.put("SLUICE_PLANS_BUCKET", PLANS);
        environment.put("SLUICE_WRITE_KEYS", WRITE_KEY + "=" + ACCOUNT + "," + OTHER_WRITE_KEY + "=other");
        environment.put("SLUICE_NODE", "drill-node");
        // The stand-in shares two cores with all else: what would be an outage in the cloud is a busy moment here.
        environment.put("SLUICE_TRACKER_KINESIS_WITHIN", "1200ms");
        environment.put("SLUICE_TRACKER_BREAKER_OPEN_FOR", OPEN_FOR.toMillis() + "ms");
        environment.put("SLUICE_TRACKER_REPLAY_EVERY", "300ms");
        environment.put("SLUICE_TRACKER_REJECTED_EVERY", "500ms");
        return environment;
    }

    private void publishThePlan() {
        String plan = """
                {"v": 1, "account": "loud", "number": 1,
                 "sources": [{"name": "app", "keys": [{"sha256": "%s"}],
                              "rate": {"eventsPerSecond": %d, "burst": %d}}]}
                """.formatted(SourceKey.hash(LOUD_WRITE_KEY), LOUD_RATE.eventsPerSecond(), LOUD_RATE.burst());
        servers.clients()
                .s3()
                .putObject(
                        it -> it.bucket(PLANS).key("tracking-plans/loud/0000000001.json"),
                        RequestBody.fromString(plan));
    }

    private Path hosts() {
        return folder.resolve("hosts");
    }

    /** Whether the names of Kinesis and S3 are known from now on; connections that stand go on standing. */
    void namesResolve(boolean known) {
        resolve(known, true);
    }

    void kinesisResolves(boolean known) {
        resolve(known, true);
        kinesis.breakConnections();
    }

    private void resolve(boolean kinesisKnown, boolean s3Known) {
        written(
                "hosts",
                "127.0.0.1 localhost" + (kinesisKnown ? " " + KINESIS_NAME : "") + (s3Known ? " " + S3_NAME : "")
                        + "\n");
    }

    /**
     * Whether the tracker's next starts do without the optimising compiler, which takes half of a start's time. Otherwise
     * its JVM is that of production.
     */
    void startsQuickly(boolean quickly) {
        written("vm-options", quickly ? "-XX:TieredStopAtLevel=1" : "");
    }

    private Path written(String name, String text) {
        try {
            return Files.writeString(folder.resolve(name), text, StandardCharsets.UTF_8);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    LocalServers servers() {
        return servers;
    }

    Program tracker() {
        return tracker;
    }

    Gate kinesis() {
        return kinesis;
    }

    Gate s3() {
        return s3;
    }

    /** Reads the stream from its beginning, as any consumer does. */
    Witness witness() {
        return witness;
    }

    HttpClient http() {
        return http;
    }

    /** 200 phones that send four requests a second each, more or less. */
    Clients clients(String name, int clients, Duration pause) {
        return clients(new Clients.Habits(name, clients, pause, 1));
    }

    Clients clients(Clients.Habits habits) {
        return clients(WRITE_KEY, habits);
    }

    Clients clients(String writeKey, Clients.Habits habits) {
        return new Clients(tracker.address(), writeKey).start(habits);
    }

    /** What a command of the tracker's jar writes; the test fails if it does not end well. */
    String command(String main, String... arguments) throws IOException {
        List<String> line = new ArrayList<>(
                List.of(Programs.java().toString(), "-XX:TieredStopAtLevel=1", "-cp", jar().toString(), main));
        line.addAll(List.of(arguments));
        Path log = Files.createTempFile(folder, "command", ".log");
        Map<String, String> environment = new HashMap<>(environment());
        environment.remove("JAVA_TOOL_OPTIONS");
        environment.put("AWS_ENDPOINT_URL_KINESIS", servers.kinesis().endpoint().toString());
        environment.put("AWS_ENDPOINT_URL_S3", servers.s3().endpoint().toString());
        var process = ChildProcess.start(new ChildProcess.Command("a command", line, environment, folder, log));
        Eventually.within(Duration.ofSeconds(40), "the command's end", () -> !process.isAlive());
        return Files.readString(log);
    }

    /** Everything works again, and the tracker knows it. */
    void calm() {
        kinesis.calm();
        s3.calm();
        namesResolve(true);
        Eventually.until("the tracker is ready", tracker::isReady);
    }

    /** One of the tracker's figures; those of a new process begin at 0. */
    long figure(String name) {
        try {
            return JsonText.readObject(tracker.ask("/health/metrics").body()).whole(name);
        } catch (IOException away) {
            return 0;
        }
    }

    /** Keys of the bucket that begin so. */
    List<String> keys(String prefix) {
        return servers
                .clients()
                .s3()
                .listObjectsV2Paginator(it -> it.bucket(BUCKET).prefix(prefix))
                .contents()
                .stream()
                .map(S3Object::key)
                .toList();
    }

    /** Lines of an object; none if it is gone, or is being written and was listed under the name that it has meanwhile. */
    List<byte[]> lines(String key) {
        try {
            byte[] object = servers.clients()
                    .s3()
                    .getObject(it -> it.bucket(BUCKET).key(key), ResponseTransformer.toBytes())
                    .asByteArray();
            return LineBatch.decode(object, MAX_UNPACKED);
        } catch (NoSuchKeyException gone) {
            return List.of();
        }
    }

    /** Ids of the events in the failover objects. */
    Set<String> inFailover() {
        Set<String> ids = new HashSet<>();
        for (String key : keys("failover/")) {
            lines(key).forEach(line -> ids.add(EventJson.read(line).id()));
        }
        return ids;
    }

    /** Waits until every acknowledged event is in the stream and no failover object is left. */
    void awaitAllInKinesis(Clients clients, Duration within) {
        Set<String> acknowledged = clients.acknowledged();
        try {
            Eventually.within(within, "all acknowledged events in Kinesis", () -> witness.sawAll(acknowledged));
        } catch (AssertionError lost) {
            Set<String> unseen = witness.unseen(acknowledged);
            Set<String> waiting = inFailover();
            throw new AssertionError(
                    unseen.size() + " of " + acknowledged.size() + " are not in Kinesis, of which "
                            + unseen.stream().filter(waiting::contains).count() + " wait in S3",
                    lost);
        }
        Eventually.within(
                within, "no failover object waits", () -> keys("failover/").isEmpty());
    }

    /** Memory that the tracker's process holds, bytes. */
    long residentBytes() {
        try {
            return Files.readAllLines(Path.of("/proc/" + tracker.pid() + "/status")).stream()
                    .filter(line -> line.startsWith("VmRSS:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * 1024)
                    .findFirst()
                    .orElse(0);
        } catch (IOException away) {
            return 0;
        }
    }

    /** A figure for the record. */
    static void say(String format, Object... arguments) {
        System.out.println("drill: " + String.format(Locale.ROOT, format, arguments));
    }

    static String millis(Duration duration) {
        return duration.toMillis() + " ms";
    }

    static URI at(Program program, String path) {
        return program.address().resolve(path);
    }

    @Override
    public void close() {
        witness.close();
        tracker.close();
        kinesis.close();
        s3.close();
        http.close();
    }
}
