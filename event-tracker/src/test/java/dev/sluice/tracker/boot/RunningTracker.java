package dev.sluice.tracker.boot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.model.Event;
import dev.sluice.model.EventJson;
import dev.sluice.model.JsonText;
import dev.sluice.model.LineBatch;
import dev.sluice.model.RejectedEvent;
import dev.sluice.model.Value;
import dev.sluice.tracker.aws.FakeAws;
import dev.sluice.tracker.failover.Breaker;
import dev.sluice.tracker.web.Listener;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;

/** The real program with the real SDK clients, a server in AWS's place, and a client. Loopback, free ports. */
final class RunningTracker implements AutoCloseable {
    static final String TRACK = "{\"event\":\"Card Played\",\"userId\":\"u1\",\"messageId\":\"m1\"}";

    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final List<String> SETTINGS = List.of(
            "--server.port=0",
            "--server.address=127.0.0.1",
            "--sluice.tracker.write-keys=key-1=demo,key-2=other",
            "--sluice.tracker.node=10.0.0.7",
            "--sluice.tracker.s3-path-style=true",
            "--sluice.tracker.breaker.failures=2",
            "--sluice.tracker.breaker.open-for=200ms",
            "--sluice.tracker.replay.every=200ms",
            "--sluice.tracker.rejected.every=100ms",
            "--sluice.tracker.region-after=1s");
    private static final List<String> PATIENT = List.of(
            "--sluice.tracker.answer-within=30s",
            "--sluice.tracker.kinesis.within=14s",
            "--sluice.tracker.s3-within=14s",
            // A replay that takes long is a failure too.
            "--sluice.tracker.breaker.failures=1000");

    private final FakeAws aws = new FakeAws();
    private final ConfigurableApplicationContext application;
    private final HttpClient client = HttpClient.newHttpClient();
    private final URI base;
    private final AtomicInteger recovered = new AtomicInteger();

    RunningTracker() {
        this(FakeAws.Mood.WELL);
    }

    /**
     * One that waits long for AWS, and holds nothing against it: what is answered then does not depend on how fast the
     * machine is.
     *
     * @param more settings, {@code --name=value}
     */
    RunningTracker(FakeAws.Mood s3, String... more) {
        this(s3, Stream.concat(PATIENT.stream(), Stream.of(more)).toList());
    }

    /** One with the times that are the default: it may be too late for anything, and then says so. */
    static RunningTracker withTheDefaultTimes() {
        return new RunningTracker(FakeAws.Mood.WELL, List.of());
    }

    private RunningTracker(FakeAws.Mood s3, List<String> more) {
        aws.s3(s3);
        System.setProperty("aws.region", "eu-west-1");
        System.setProperty("aws.accessKeyId", "fake");
        System.setProperty("aws.secretAccessKey", "fake");
        point();
        application = start(settings(more));
        base = URI.create(
                "http://127.0.0.1:" + application.getBean(Listener.class).port());
    }

    /** Of two with one name the later one. */
    private static String[] settings(List<String> more) {
        var byName = new LinkedHashMap<String, String>();
        Stream.concat(SETTINGS.stream(), more.stream())
                .forEach(setting -> byName.put(setting.substring(0, setting.indexOf('=')), setting));
        return byName.values().toArray(String[]::new);
    }

    private ConfigurableApplicationContext start(String[] arguments) {
        try {
            return SpringApplication.run(TrackerApplication.class, arguments);
        } catch (RuntimeException e) {
            aws.close();
            throw e;
        }
    }

    /** The SDK's endpoints are the JVM's: the last tracker that started has set them, its clients keep theirs. */
    void point() {
        System.setProperty("aws.endpointUrlKinesis", aws.endpoint().toString());
        System.setProperty("aws.endpointUrlS3", aws.endpoint().toString());
    }

    FakeAws aws() {
        return aws;
    }

    URI base() {
        return base;
    }

    /** As at the start: AWS works, and the tracker has found that out, which it does by traffic only. */
    void recover() {
        aws.kinesis(FakeAws.Mood.WELL);
        aws.s3(FakeAws.Mood.WELL);
        String id = "recovered-" + recovered.incrementAndGet();
        await(() -> post("/v1/track", TRACK.replace("m1", id)).statusCode() == 200
                && events().stream().anyMatch(event -> event.id().equals(id))
                && !application.getBean(Breaker.class).isOpen());
    }

    /** Always false, so that a condition is looked at again. */
    boolean sendsTraffic() {
        return post("/v1/track", TRACK).statusCode() == 0;
    }

    List<Event> events() {
        return aws.records().stream()
                .flatMap(record -> LineBatch.decode(record.data(), 1 << 20).stream())
                .map(EventJson::read)
                .toList();
    }

    List<RejectedEvent> rejected(String code) {
        return aws.objects().entrySet().stream()
                .filter(entry ->
                        entry.getKey().contains("/rejected/") || entry.getKey().contains("rejected/"))
                .filter(entry -> entry.getKey().contains("/" + code + "/10.0.0.7-"))
                .flatMap(entry -> LineBatch.decode(entry.getValue(), 1 << 20).stream())
                .map(RejectedEvent::fromJson)
                .toList();
    }

    HttpResponse<byte[]> post(String path, String body) {
        return post(path, body, "key-1");
    }

    HttpResponse<byte[]> post(String path, String body, String key) {
        return send(
                request(path).POST(HttpRequest.BodyPublishers.ofString(body)).header("Authorization", basic(key)));
    }

    HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(base + path)).timeout(PATIENCE);
    }

    HttpResponse<byte[]> send(HttpRequest.Builder request) {
        try {
            return client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
        } catch (IOException e) {
            throw new AssertionError(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    static Value.Fields json(HttpResponse<byte[]> answer) {
        return JsonText.readObject(answer.body());
    }

    static String basic(String key) {
        return "Basic " + Base64.getEncoder().encodeToString(bytes(key + ":"));
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    static byte[] gzip(byte[] bytes) {
        var out = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(out)) {
            gzip.write(bytes);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return out.toByteArray();
    }

    static void await(BooleanSupplier condition) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("within " + PATIENCE).isLessThan(deadline);
            LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
        }
    }

    /** As at SIGTERM; AWS goes on. */
    void stop() {
        application.close();
    }

    @Override
    public void close() {
        stop();
        client.close();
        aws.close();
    }
}
