package dev.sluice.local.drills;

import dev.sluice.local.Jvm;
import dev.sluice.local.Program;
import dev.sluice.local.eventsource.ReadPace;
import dev.sluice.local.servers.AwsClients;
import dev.sluice.local.servers.Eventually;
import dev.sluice.local.servers.FreePorts;
import dev.sluice.local.servers.LocalServers;
import dev.sluice.model.JsonText;
import dev.sluice.model.plan.Rate;
import dev.sluice.model.plan.SourceKey;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import software.amazon.awssdk.core.sync.RequestBody;

/**
 * One tracker as it is deployed, in a process of its own, with a {@link Gate} before Kinesis and one before S3. Both are
 * reached by names of a hosts file, so that name resolution can fail. Shared by all drills: each leaves it calm.
 *
 * <p>Its times for S3 and for an answer are long, so that on a busy machine a drill's 503 is never one of slowness. A
 * drill of those times sets them with {@link #restartWith}.
 */
public final class Rig implements AutoCloseable {
    static final String STREAM = "drills";
    static final String BUCKET = "drills-lake";
    static final String PLANS = "drills-plans";
    static final String WRITE_KEY = "drill-key";
    static final String ACCOUNT = "drill";
    static final String OTHER_WRITE_KEY = "other-key";
    /** Of an account whose tracking plan allows no more than {@link #LOUD_RATE}. */
    static final String LOUD_WRITE_KEY = "loud-key";
    /** A little more than the loud account sends when it is not loud. */
    static final Rate LOUD_RATE = new Rate(30, 30);
    /** How long the breaker stays open: shorter than the default of 5 s, so that drills are short. */
    static final Duration OPEN_FOR = Duration.ofMillis(500);

    /** For a start of a JVM, and for a backlog to end, on a machine that may have much else to do. */
    static final Duration PATIENCE = Duration.ofMinutes(3);

    static final boolean SOAK = Boolean.getBoolean("sluice.soak");

    private final LocalServers servers;
    private final RigFolder folder;
    private final RigBucket bucket;
    private final HttpClient http;
    private final Gate kinesis;
    private final Gate s3;
    private final Program tracker;
    private final Witness witness;

    private Rig(LocalServers servers) {
        this.servers = servers;
        this.folder = RigFolder.create();
        this.bucket = new RigBucket(servers.clients().s3(), BUCKET);
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
        tracker = Program.start(
                http,
                new Program.Deployment(
                        "event-tracker",
                        Jvm.of(RigFolder.module()),
                        folder.jar(),
                        ports + 2,
                        folder.environment(kinesis.port(), s3.port()),
                        folder.path()));
        witness = Witness.of(servers.clients().kinesis(), STREAM, ReadPace.KINESIS_PUSHED);
        Eventually.within(PATIENCE, "the first start", tracker::isReady);
        // Its first orderly end writes the archive of classes, from which the many later starts are quick.
        restartWith("");
    }

    static Rig start(LocalServers servers) {
        return new Rig(servers);
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

    void kinesisResolves(boolean known) {
        folder.resolve(known);
        kinesis.breakConnections();
    }

    /** Ends the tracker in order and starts it with more options of its JVM: flags, and settings as properties. */
    void restartWith(String options) {
        folder.startWith(options);
        int before = tracker.restarts();
        ProcessHandle.of(tracker.pid()).ifPresent(ProcessHandle::destroy);
        Eventually.within(PATIENCE, "the next start", () -> {
            if (tracker.restarts() > before + 2) {
                throw new AssertionError("the tracker does not start with: " + options);
            }
            return tracker.restarts() > before && tracker.isReady();
        });
    }

    /**
     * Whether the tracker's next starts do without the optimising compiler, which takes half of a start's time. Otherwise
     * its JVM is that of production.
     */
    void startsQuickly(boolean quickly) {
        folder.startWith(quickly ? "-XX:TieredStopAtLevel=1" : "");
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

    RigBucket bucket() {
        return bucket;
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

    /** What a command of the tracker's jar writes, which reaches Kinesis and S3 past the gates. */
    String command(String main, String... arguments) throws IOException {
        Map<String, String> environment = new HashMap<>(AwsClients.environment());
        environment.putAll(folder.settings());
        environment.put("AWS_ENDPOINT_URL_KINESIS", servers.kinesis().endpoint().toString());
        environment.put("AWS_ENDPOINT_URL_S3", servers.s3().endpoint().toString());
        return folder.command(main, environment, arguments);
    }

    /** Everything works again, and the tracker knows it. */
    void calm() {
        kinesis.calm();
        s3.calm();
        folder.resolve(true);
        Eventually.within(PATIENCE, "the tracker is ready", tracker::isReady);
    }

    /** One of the tracker's figures; those of a new process begin at 0. Waits while it is too busy to say. */
    long figure(String name) {
        var figure = new AtomicLong();
        Eventually.until("an answer about " + name, () -> {
            try {
                figure.set(JsonText.readObject(tracker.ask("/health/metrics").body())
                        .whole(name));
                return true;
            } catch (IOException away) {
                return false;
            }
        });
        return figure.get();
    }

    /** Waits until every acknowledged event is in the stream and no failover object is left. */
    void awaitAllInKinesis(Clients clients) {
        Set<String> acknowledged = clients.acknowledged();
        try {
            Eventually.within(PATIENCE, "all acknowledged events in Kinesis", () -> witness.sawAll(acknowledged));
        } catch (AssertionError lost) {
            Set<String> unseen = witness.unseen(acknowledged);
            Set<String> waiting = bucket.inFailover();
            throw new AssertionError(
                    unseen.size() + " of " + acknowledged.size() + " are not in Kinesis, of which "
                            + unseen.stream().filter(waiting::contains).count() + " wait in S3",
                    lost);
        }
        Eventually.within(
                PATIENCE,
                "no failover object waits",
                () -> bucket.keys("failover/").isEmpty());
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
