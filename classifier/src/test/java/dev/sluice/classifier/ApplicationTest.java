package dev.sluice.classifier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.sluice.classifier.aws.FakeAws;
import dev.sluice.model.JsonText;
import dev.sluice.model.LineBatch;
import dev.sluice.model.PersonKey;
import dev.sluice.model.Value;
import dev.sluice.model.profile.SegmentedProfile;
import dev.sluice.model.profile.SegmentedProfileJson;
import dev.sluice.model.rules.RuleSetJson;
import dev.sluice.model.rules.RuleSetTiming;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * The whole program, wired as in production, with Redis and AWS's protocol on the loopback:
 *
 * <ul>
 *   <li>lines sent, plain or gzip, end as a profile that can be asked for;
 *   <li>why someone is in a segment can be asked for, and whether someone was at a moment;
 *   <li>which names go by someone can be asked for, and a name parted from them;
 *   <li>it is ready once it knows its rule sets, and says which; a new one runs once its delay is over, and says so in
 *       the repository; while S3 is away a restart runs the last good one;
 *   <li>an account whose rules cannot be read keeps nobody else's lines waiting;
 *   <li>bodies that cannot be read or are too large are refused; more work than there is room for is told to come back;
 *   <li>a crash between the two stores loses nothing;
 *   <li>unknown keys under its prefix stop the start.
 * </ul>
 */
class ApplicationTest {
    @TempDir
    private static Path directory;

    private static RealRedis redis;
    private static FakeAws aws;
    private static ConfigurableApplicationContext application;
    private static Client client;

    @BeforeAll
    static void start() {
        redis = RealRedis.start();
        aws = new FakeAws();
        System.setProperty("aws.region", "eu-west-1");
        System.setProperty("aws.accessKeyId", "test");
        System.setProperty("aws.secretAccessKey", "test");
        System.setProperty("aws.endpointUrlDynamoDb", aws.endpoint().toString());
        System.setProperty("aws.endpointUrlS3", aws.endpoint().toString());
        publish(1, 2);
        application = SpringApplication.run(ClassifierApplication.class, arguments());
        client = Client.of(application);
        client.await("/health/ready", "\"ready\":true");
    }

    @AfterAll
    static void stop() {
        application.close();
        aws.close();
        redis.close();
    }

    private static String[] arguments(String... more) {
        List<String> arguments = new ArrayList<>(List.of(
                "--server.port=0",
                "--server.address=127.0.0.1",
                "--sluice.classifier.redis-uri=" + redis.uri(),
                "--sluice.classifier.profiles-table=" + FakeAws.TABLE,
                "--sluice.classifier.identities-table=" + FakeAws.IDENTITIES,
                "--sluice.classifier.rule-sets-bucket=" + FakeAws.BUCKET,
                "--sluice.classifier.s3-path-style=true",
                "--sluice.classifier.rules-poll=100ms",
                "--sluice.classifier.rules-directory=" + directory,
                "--sluice.classifier.max-concurrent=2",
                "--sluice.classifier.max-body=20000",
                "--sluice.classifier.max-lines=50"));
        arguments.addAll(List.of(more));
        return arguments.toArray(String[]::new);
    }

    @Test
    void linesSentPlainEndAsAProfile() {
        PersonKey ann = Samples.person("ann");

        var response = client.post(Client.plain(
                Samples.line(ann, "1", "Ad Skipped", 0),
                "rubbish".getBytes(StandardCharsets.UTF_8),
                Samples.line(ann, "2", "Ad Skipped", 1)));

        assertThat(response.statusCode()).isEqualTo(200);
        Value.Fields json = JsonText.readObject(response.body()).ofVersion(1);
        assertThat(json.whole("classified")).isEqualTo(2);
        assertThat(json.whole("ignored")).isZero();
        assertThat(json.list("retry")).isEmpty();
        assertThat(json.innerList("setAside").get(0).whole("index")).isEqualTo(1);
        assertThat(json.innerList("setAside").get(0).text("code")).isEqualTo("malformed_event");
        assertThat(profile("ann").memberships()).containsOnlyKeys("skips");
        assertThat(client.text("/health/metrics")).contains("\"events\":", "\"profileWrites\":");
    }

    @Test
    void linesSentCompressedEndAsAProfile() {
        PersonKey bob = PersonKey.ofAnonymous("demo", "b/ö b");
        byte[] line = new String(Samples.line(bob, "1", "Order Completed", 0), StandardCharsets.UTF_8)
                .replace("\"userId\":\"anonymous:", "\"anonymousId\":\"")
                .getBytes(StandardCharsets.UTF_8);

        var response = client.post(HttpRequest.newBuilder()
                .header("Content-Encoding", "gzip")
                .POST(BodyPublishers.ofByteArray(LineBatch.encode(List.of(line)))));

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(profile("anonymous:b%2F%C3%B6%20b").memberships()).containsOnlyKeys("buyer");
    }

    @Test
    void whoIsWhoCanBeAskedForAndUndone() {
        client.post(Client.plain(
                Samples.line(Household.track(Household.anonymous("h/1"), "h1", "Order Completed", 0)),
                Samples.line(Household.identify(Samples.person("hank"), "h2", 1, Household.anonymousId("h/1")))));
        assertThat(profile("hank").memberships()).containsOnlyKeys("buyer");

        assertThat(client.text("/v1/people/demo/hank/names"))
                .isEqualTo("{\"v\":1,\"names\":[{\"name\":\"anonymous:h/1\",\"goesBy\":\"hank\","
                        + "\"since\":\"2026-11-21T12:01:00.040Z\",\"eventId\":\"h2\"}]}");
        assertThat(client.delete("/v1/people/demo/hank/names/anonymous:h%2F1").statusCode())
                .isEqualTo(200);
        assertThat(client.delete("/v1/people/demo/hank/names/anonymous:h%2F1").statusCode())
                .isEqualTo(200);
        assertThat(client.delete("/v1/people/demo/hank/names/anonymous:other").statusCode())
                .isEqualTo(404);

        assertThat(profile("hank").memberships()).isEmpty();
        assertThat(profile("anonymous:h%2F1").memberships()).containsOnlyKeys("buyer");
        assertThat(client.text("/v1/people/demo/hank/names")).isEqualTo("{\"v\":1,\"names\":[]}");
    }

    @Test
    void whySomeoneIsInASegmentCanBeAskedFor() {
        client.post(Client.plain(Samples.line(Samples.person("gina"), "1", "Order Completed", 0)));

        var response = client.get("/v1/people/demo/gina/segments/buyer/explain");
        assertThat(response.statusCode()).isEqualTo(200);
        Value.Fields explained = JsonText.readObject(response.body()).ofVersion(1);
        assertThat(explained.flag("true")).isTrue();
        assertThat(explained.text("event")).isEqualTo("1");
        assertThat(client.get("/v1/people/demo/gina/segments/unknown/explain").statusCode())
                .isEqualTo(404);
        assertThat(client.get("/v1/people/stranger/gina/segments/buyer/explain").statusCode())
                .isEqualTo(404);
        assertThat(client.get("/v1/people/DEMO/gina/segments/buyer/explain").statusCode())
                .isEqualTo(400);
        assertThat(client.text("/health/ready")).doesNotContain("stranger");
    }

    @Test
    void whetherSomeoneWasInASegmentThenCanBeAskedFor() {
        int weekAgo = -7 * 24 * 60;
        PersonKey hugo = Samples.person("hugo");
        client.post(Client.plain(
                Samples.line(hugo, "1", "Ad Skipped", weekAgo), Samples.line(hugo, "2", "Ad Skipped", weekAgo + 1)));
        String path = "/v1/people/demo/hugo/segments/skips/explain";

        assertThat(JsonText.readObject(client.get(path).body()).text("standing"))
                .as("a week later, by time alone")
                .isEqualTo("was");
        Value.Fields then = JsonText.readObject(
                client.get(path + "?at=2026-11-14T12:30:00Z").body());
        assertThat(then.text("standing")).isEqualTo("is");
        assertThat(then.text("since")).isEqualTo("2026-11-14T12:01:00Z");
        assertThat(then.text("until")).isEqualTo("2026-11-15T12:00:00Z");
        assertThat(then.flag("true")).isTrue();
        assertThat(JsonText.readObject(
                                client.get(path + "?at=2026-11-14T12:00:30Z").body())
                        .text("standing"))
                .isEqualTo("isNot");
        assertThat(client.get(path + "?at=yesterday").statusCode()).isEqualTo(400);
        assertThat(client.get(path + "?at=9999-01-01T00:00:00Z").statusCode()).isEqualTo(400);
    }

    @Test
    void aPersonWithoutAProfileIsNotFound() {
        assertThat(client.get("/v1/people/demo/unknown").statusCode()).isEqualTo(404);
        assertThat(client.get("/v1/people/DEMO/unknown").statusCode()).isEqualTo(400);
    }

    @Test
    void aNewRuleSetRunsOnceItsDelayIsOverAndOutlivesARestartWithoutS3() {
        publish(2, 2);
        long published = System.nanoTime();
        client.await("/health/ready", "\"demo\":2");
        assertThat(Duration.ofNanos(System.nanoTime() - published)).isGreaterThanOrEqualTo(RuleSetTiming.SWAP_DELAY);
        assertThat(client.text("/health/ready"))
                .isEqualTo("{\"ready\":true,\"ruleSets\":{\"demo\":2},\"problems\":{}}");
        assertThat(client.get("/health/live").statusCode()).isEqualTo(200);
        assertThat(Client.text(client.post(Client.plain(Samples.line(Samples.person("finn"), "1", "Ad Skipped", 0)))))
                .contains("\"ruleSets\":{\"demo\":2}");
        Client.await(() -> aws.keys("rule-set-reports/demo/0000000002/classifier-"), keys -> keys.size() == 1);

        try (var other = SpringApplication.run(
                ClassifierApplication.class, arguments("--sluice.classifier.rule-sets-bucket=no-such-bucket"))) {
            Client there = Client.of(other);
            there.await("/health/ready", "\"ready\":true");
            assertThat(there.text("/health/ready"))
                    .contains("\"ruleSets\":{\"demo\":2}", "rule set 2 runs as it was kept on disk");
        }
    }

    @Test
    void anAccountWhoseRulesCannotBeReadKeepsNobodyElseWaiting() {
        aws.put("rule-sets/broken/0000000001.json", "{".getBytes(StandardCharsets.UTF_8));
        try (var other = SpringApplication.run(
                ClassifierApplication.class, arguments("--sluice.classifier.accounts=demo,broken"))) {
            Client there = Client.of(other);
            assertThat(there.get("/health/ready").statusCode()).isEqualTo(503);

            var response = there.post(Client.plain(
                    Samples.line(Samples.person("eve"), "1", "Order Completed", 0),
                    Samples.line(PersonKey.ofUser("broken", "eve"), "2", "Order Completed", 0)));

            assertThat(response.statusCode()).isEqualTo(200);
            Value.Fields json = JsonText.readObject(response.body()).ofVersion(1);
            assertThat(json.whole("classified")).isEqualTo(1);
            assertThat(json.list("retry")).containsExactly(Value.of(1));
        }
    }

    @Test
    void aCrashBetweenTheStoresLosesNothing() {
        var lines = Samples.line(Samples.person("carl"), "1", "Order Completed", 0);
        // Every attempt of the client.
        aws.failingPuts.set(3);
        assertThat(retry(client.post(Client.plain(lines)))).isEqualTo(1);
        assertThat(client.get("/v1/people/demo/carl").statusCode()).isEqualTo(404);

        assertThat(retry(client.post(Client.plain(lines)))).isZero();

        assertThat(profile("carl").memberships()).containsOnlyKeys("buyer");
        assertThat(profile("carl").version()).isEqualTo(1);
    }

    @Test
    void bodiesThatCannotBeReadAreRefused() {
        assertThat(client.post(HttpRequest.newBuilder()
                                .header("Content-Encoding", "gzip")
                                .POST(BodyPublishers.ofString("not gzip")))
                        .statusCode())
                .isEqualTo(400);
        assertThat(client.post(HttpRequest.newBuilder()
                                .header("Content-Encoding", "br")
                                .POST(BodyPublishers.ofString("?")))
                        .statusCode())
                .isEqualTo(415);
        assertThat(client.post(HttpRequest.newBuilder().POST(BodyPublishers.ofByteArray(new byte[20_001])))
                        .statusCode())
                .isEqualTo(413);
        assertThat(client.post(HttpRequest.newBuilder().POST(BodyPublishers.ofString("{}\n".repeat(51))))
                        .statusCode())
                .isEqualTo(413);
    }

    @Test
    void moreWorkThanThereIsRoomForIsToldToComeBack() throws IOException {
        List<Socket> waiting = new ArrayList<>();
        try {
            var refused = postUntil(503, () -> waiting.add(halfSent()));
            assertThat(refused.headers().firstValue("Retry-After")).contains("1");
        } finally {
            for (Socket socket : waiting) {
                socket.close();
            }
        }
        assertThat(postUntil(200, () -> {}).statusCode()).isEqualTo(200);
    }

    private static HttpResponse<byte[]> postUntil(int status, Runnable between) {
        long deadline = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        HttpResponse<byte[]> response;
        do {
            between.run();
            response = client.post(Client.plain(Samples.line(Samples.person("dora"), "1", "Ad Skipped", 0)));
        } while (response.statusCode() != status && System.nanoTime() < deadline);
        assertThat(response.statusCode()).isEqualTo(status);
        return response;
    }

    @Test
    void unknownKeysUnderItsPrefixStopTheStart() {
        assertThat(catchThrowable(() -> SpringApplication.run(
                                ClassifierApplication.class, arguments("--sluice.classifier.redis-url=x"))
                        .close()))
                .hasRootCauseMessage("The elements [sluice.classifier.redis-url] were left unbound.");
    }

    /** A request of which the body never comes. */
    private static Socket halfSent() {
        try {
            var socket = new Socket(
                    InetAddress.getLoopbackAddress(), client.address().getPort());
            socket.getOutputStream()
                    .write("POST /v1/classifications HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n\r\n"
                            .getBytes(StandardCharsets.US_ASCII));
            return socket;
        } catch (IOException e) {
            throw new UncheckedIOException("not connected", e);
        }
    }

    private static void publish(int number, int skips) {
        aws.put("rule-sets/demo/%010d.json".formatted(number), RuleSetJson.write(Samples.rules(number, skips)));
    }

    private static int retry(HttpResponse<byte[]> response) {
        return JsonText.readObject(response.body()).list("retry").size();
    }

    private static SegmentedProfile profile(String person) {
        var response = client.get("/v1/people/demo/" + person);
        assertThat(response.statusCode()).isEqualTo(200);
        return SegmentedProfileJson.read(response.body());
    }
}
