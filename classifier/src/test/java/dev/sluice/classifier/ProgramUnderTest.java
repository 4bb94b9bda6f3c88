package dev.sluice.classifier;

import static dev.sluice.classifier.ReadSamples.key;
import static dev.sluice.classifier.ReadSamples.keys;
import static dev.sluice.classifier.ReadSamples.revoked;

import dev.sluice.classifier.aws.FakeAws;
import dev.sluice.model.JsonText;
import dev.sluice.model.PersonKey;
import dev.sluice.model.Value;
import dev.sluice.model.activation.Connections;
import dev.sluice.model.activation.ConnectionsJson;
import dev.sluice.model.profile.Membership;
import dev.sluice.model.profile.SegmentedProfile;
import dev.sluice.model.profile.SegmentedProfileJson;
import dev.sluice.model.rules.RuleSetJson;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.util.FileSystemUtils;

/**
 * The whole program, wired as in production, with Redis and AWS's protocol on the loopback, some people and read keys. It is
 * started once for all tests that ask it, and ends with the last. Its stores are given more time than any machine takes,
 * and a key is never too fast unless a test lets the clock of the pace stand.
 */
final class ProgramUnderTest implements BeforeAllCallback {
    static final int MAX_BODY = 20_000;
    static final int MAX_LINES = 50;
    static final int REQUESTS_PER_SECOND = 20;

    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final PaceClock PACE = new PaceClock();

    @SuppressWarnings("NullAway.Init") // Set before the first test.
    static FakeAws aws;

    @SuppressWarnings("NullAway.Init") // Set before the first test.
    static Client client;

    @SuppressWarnings("NullAway.Init") // Set before the first test.
    private static Running running;

    /** What ends with the last test. */
    private record Running(RealRedis redis, FakeAws aws, ConfigurableApplicationContext application, Path folder)
            implements AutoCloseable {
        @Override
        public void close() throws IOException {
            application.close();
            aws.close();
            redis.close();
            FileSystemUtils.deleteRecursively(folder);
        }
    }

    /** A second passes with every look at it, except while it stands. */
    private static final class PaceClock implements LongSupplier {
        private final AtomicLong nanos = new AtomicLong();
        private volatile boolean stands;

        @Override
        public long getAsLong() {
            return stands ? nanos.get() : nanos.addAndGet(Duration.ofSeconds(1).toNanos());
        }
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        running = context.getRoot()
                .getStore(ExtensionContext.Namespace.GLOBAL)
                .computeIfAbsent(ProgramUnderTest.class, key -> start(), Running.class);
    }

    /** The routes for apps, as Spring prints them. */
    static String routes() {
        return running.application().getBean("segmentRoutes").toString();
    }

    /** Does something in no time, by the clock that says who asks too fast. */
    static void inNoTime(Runnable body) {
        PACE.stands = true;
        try {
            body.run();
        } finally {
            PACE.stands = false;
        }
    }

    /** Another program over the same stores, with the same last good rules unless told otherwise. */
    static ConfigurableApplicationContext another(String... more) {
        return SpringApplication.run(ClassifierApplication.class, arguments(running.redis(), running.folder(), more));
    }

    private static Running start() {
        try {
            Path folder = Files.createTempDirectory("program-under-test");
            return start(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Running start(Path folder) throws IOException {
        var redis = RealRedis.start();
        aws = new FakeAws();
        System.setProperty("aws.region", "eu-west-1");
        System.setProperty("aws.accessKeyId", "test");
        System.setProperty("aws.secretAccessKey", "test");
        System.setProperty("aws.endpointUrlDynamoDb", aws.endpoint().toString());
        System.setProperty("aws.endpointUrlS3", aws.endpoint().toString());
        publishRules(1);
        publish(keys("demo", 1, key("all"), key("some", "gold"), key("fast"), revoked("gone")));
        publish(keys("other", 1, key("theirs")));
        profile("ann", "gold", "silver");
        profile("Zoë/1 & 2", "gold");
        Files.writeString(folder.resolve("secret"), "s".repeat(40));
        var program = new SpringApplication(ClassifierApplication.class);
        program.addInitializers(ProgramUnderTest::drivePace);
        var application = program.run(arguments(redis, folder));
        client = Client.of(application);
        client.await("/health/ready", "\"ready\":true");
        Client.await(() -> get("/v1/people/ann/segments", "all").statusCode(), status -> status == 200);
        return new Running(redis, aws, application, folder);
    }

    private static void drivePace(ConfigurableApplicationContext context) {
        ((GenericApplicationContext) context)
                .registerBean(
                        "drivenPace",
                        ReadPace.class,
                        () -> new ReadPace(REQUESTS_PER_SECOND, PACE),
                        definition -> definition.setPrimary(true));
    }

    private static String[] arguments(RealRedis redis, Path folder, String... more) {
        List<String> arguments = new ArrayList<>(List.of(
                "--server.port=0",
                "--server.address=127.0.0.1",
                // No connection that a client means to use again is closed by the server first.
                "--server.tomcat.connection-timeout=2m",
                "--sluice.classifier.redis-uri=" + redis.uri(),
                "--sluice.classifier.redis-timeout=10s",
                "--sluice.classifier.aws-timeout=30s",
                "--sluice.classifier.classify-within=5m",
                "--sluice.classifier.profiles-table=" + FakeAws.TABLE,
                "--sluice.classifier.identities-table=" + FakeAws.IDENTITIES,
                "--sluice.classifier.rule-sets-bucket=" + FakeAws.BUCKET,
                "--sluice.classifier.s3-path-style=true",
                "--sluice.classifier.rules-poll=100ms",
                "--sluice.classifier.rules-directory=" + folder.resolve("rules"),
                "--sluice.classifier.max-concurrent=2",
                "--sluice.classifier.max-body=" + MAX_BODY,
                "--sluice.classifier.max-lines=" + MAX_LINES,
                "--sluice.reading.keys-poll=100ms",
                "--sluice.reading.tokens-secret-file=" + folder.resolve("secret")));
        arguments.addAll(List.of(more));
        return arguments.toArray(String[]::new);
    }

    /** Publishes the sample rules under this number. */
    static void publishRules(int number) {
        aws.put("rule-sets/demo/%010d.json".formatted(number), RuleSetJson.write(Samples.rules(number, 2)));
    }

    static void publish(Connections connections) {
        aws.put(
                "connections/%s/%010d.json".formatted(connections.account(), connections.number()),
                ConnectionsJson.write(connections));
    }

    static void profile(String person, String... segments) {
        PersonKey key = Samples.person(person);
        Map<String, Membership> memberships = new TreeMap<>();
        for (String segment : segments) {
            memberships.put(segment, new Membership(Samples.NOON, 1, true));
        }
        SegmentedProfile profile = Samples.profile(key, 1, "w", "x").with(memberships, List.of());
        aws.putItem(key.qualified(), new String(SegmentedProfileJson.write(profile), StandardCharsets.UTF_8));
    }

    static String tag(HttpResponse<String> answer) {
        return answer.headers().firstValue("ETag").orElse("no tag");
    }

    static Value.Fields json(HttpResponse<String> answer) {
        return JsonText.readObject(answer.body().getBytes(StandardCharsets.UTF_8));
    }

    static HttpResponse<String> get(String path, String credential) {
        return send("GET", path, Map.of("Authorization", "Bearer " + credential), "");
    }

    static HttpResponse<String> get(String path, String credential, String header, String value) {
        return send("GET", path, Map.of("Authorization", "Bearer " + credential, header, value), "");
    }

    static HttpResponse<String> send(String method, String path, Map<String, String> headers, String body) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(client.address() + path))
                .timeout(Client.PATIENCE)
                .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        headers.forEach(request::setHeader);
        try {
            return HTTP.send(request.build(), BodyHandlers.ofString());
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException("no answer", e);
        }
    }
}
