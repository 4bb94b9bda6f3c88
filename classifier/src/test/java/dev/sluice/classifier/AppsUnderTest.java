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
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.util.FileSystemUtils;

/**
 * The whole program as apps meet it, with some people and read keys. It is started once for all tests that ask it, and ends
 * with the last.
 */
final class AppsUnderTest implements BeforeAllCallback {
    static final HttpClient HTTP = HttpClient.newHttpClient();

    @SuppressWarnings("NullAway.Init") // Set before the first test.
    static FakeAws aws;

    @SuppressWarnings("NullAway.Init") // Set before the first test.
    static URI address;

    private static String routes = "";

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

    @Override
    public void beforeAll(ExtensionContext context) {
        context.getRoot()
                .getStore(ExtensionContext.Namespace.GLOBAL)
                .computeIfAbsent(AppsUnderTest.class, key -> start(), Running.class);
    }

    /** The routes for apps, as Spring prints them. */
    static String routes() {
        return routes;
    }

    private static Running start() {
        try {
            Path folder = Files.createTempDirectory("apps-under-test");
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
        aws.put("rule-sets/demo/0000000001.json", RuleSetJson.write(Samples.rules(1, 2)));
        publish(keys("demo", 1, key("all"), key("some", "gold"), key("slow"), revoked("gone")));
        publish(keys("other", 1, key("theirs")));
        profile("ann", "gold", "silver");
        profile("Zoë/1 & 2", "gold");
        var application = SpringApplication.run(
                ClassifierApplication.class,
                "--server.port=0",
                "--server.address=127.0.0.1",
                "--sluice.classifier.redis-uri=" + redis.uri(),
                "--sluice.classifier.profiles-table=" + FakeAws.TABLE,
                "--sluice.classifier.identities-table=" + FakeAws.IDENTITIES,
                "--sluice.classifier.rule-sets-bucket=" + FakeAws.BUCKET,
                "--sluice.classifier.s3-path-style=true",
                "--sluice.classifier.rules-directory=" + folder.resolve("rules"),
                "--sluice.reading.keys-poll=100ms",
                "--sluice.reading.requests-per-second=20",
                "--sluice.reading.tokens-secret-file=" + Files.writeString(folder.resolve("secret"), "s".repeat(40)));
        address = Client.of(application).address();
        routes = application.getBean("segmentRoutes").toString();
        Client.await(() -> get("/v1/people/ann/segments", "all").statusCode(), status -> status == 200);
        return new Running(redis, aws, application, folder);
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
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(address + path))
                .timeout(Duration.ofSeconds(60))
                .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        headers.forEach(request::setHeader);
        try {
            return HTTP.send(request.build(), BodyHandlers.ofString());
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException("no answer", e);
        }
    }
}
