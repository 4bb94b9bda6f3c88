package dev.sluice.classifier;

import static dev.sluice.classifier.ReadSamples.key;
import static dev.sluice.classifier.ReadSamples.keys;
import static dev.sluice.classifier.ReadSamples.revoked;
import static org.assertj.core.api.Assertions.assertThat;

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
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * What an app and an ad server are answered by the whole program:
 *
 * <ul>
 *   <li>a read key, as Bearer or as the user of Basic, is told in which segments a person of its account is, and no more than
 *       it may see; nobody is told whether a person is known;
 *   <li>no key, a wrong one, a revoked one and one of another account's people are refused;
 *   <li>what has not changed is 304, to HEAD too; another who may see less has another tag;
 *   <li>a token is of one person, for a while, and worth nothing once its key is revoked; it may come from a page of any
 *       origin, a key may not;
 *   <li>too fast is 429; a store that does not answer is 503;
 *   <li>the document names each route and no other; the routes for the other programs answer as before.
 * </ul>
 */
class SegmentsForAppsTest {
    @TempDir
    private static Path directory;

    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private static RealRedis redis;
    private static FakeAws aws;
    private static ConfigurableApplicationContext application;
    private static URI address;

    @BeforeAll
    static void start() throws IOException {
        redis = RealRedis.start();
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
        application = SpringApplication.run(
                ClassifierApplication.class,
                "--server.port=0",
                "--server.address=127.0.0.1",
                "--sluice.classifier.redis-uri=" + redis.uri(),
                "--sluice.classifier.profiles-table=" + FakeAws.TABLE,
                "--sluice.classifier.identities-table=" + FakeAws.IDENTITIES,
                "--sluice.classifier.rule-sets-bucket=" + FakeAws.BUCKET,
                "--sluice.classifier.s3-path-style=true",
                "--sluice.classifier.rules-directory=" + directory.resolve("rules"),
                "--sluice.reading.keys-poll=100ms",
                "--sluice.reading.requests-per-second=20",
                "--sluice.reading.tokens-secret-file="
                        + Files.writeString(directory.resolve("secret"), "s".repeat(40)));
        address = Client.of(application).address();
        Client.await(() -> get("/v1/people/ann/segments", "all").statusCode(), status -> status == 200);
    }

    @AfterAll
    static void stop() {
        application.close();
        aws.close();
        redis.close();
    }

    @Test
    void aKeyIsToldInWhichSegmentsAPersonIs() {
        HttpResponse<String> answer = get("/v1/people/ann/segments", "all");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body())
                .isEqualTo("{\"userId\":\"ann\",\"segments\":[{\"id\":\"gold\",\"since\":\"2026-11-21T12:00:00Z\"},"
                        + "{\"id\":\"silver\",\"since\":\"2026-11-21T12:00:00Z\"}],\"version\":1,"
                        + "\"asOf\":\"2026-11-21T12:00:00Z\"}");
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/json");
        assertThat(answer.headers().firstValue("Cache-Control")).contains("private, max-age=5");
        assertThat(answer.headers().allValues("Vary")).contains("Authorization");
        assertThat(answer.headers().firstValue("Access-Control-Allow-Origin")).isEmpty();
        String basic = "Basic " + Base64.getEncoder().encodeToString("all:".getBytes(StandardCharsets.UTF_8));
        assertThat(send("GET", "/v1/people/ann/segments", Map.of("Authorization", basic), "")
                        .body())
                .isEqualTo(answer.body());
        assertThat(get("/v1/people/Zo%C3%AB%2F1%20%26%202/segments", "all").body())
                .startsWith("{\"userId\":\"Zoë/1 & 2\",\"segments\":[{\"id\":\"gold\"");
    }

    @Test
    void nobodyIsToldMoreThanItsKeyMaySee() {
        HttpResponse<String> some = get("/v1/people/ann/segments", "some");
        HttpResponse<String> all = get("/v1/people/ann/segments", "all");

        assertThat(some.body()).contains("gold").doesNotContain("silver");
        assertThat(tag(some)).isNotEqualTo(tag(all));
        // Their own account has no such person, and says of it what it says of everybody whom it does not know.
        assertThat(get("/v1/people/ann/segments", "theirs").body())
                .isEqualTo("{\"userId\":\"ann\",\"segments\":[],\"version\":0}");
        assertThat(get("/v1/anonymous/ann/segments", "all").body())
                .isEqualTo("{\"anonymousId\":\"ann\",\"segments\":[],\"version\":0}");
    }

    @Test
    void whoHasNoGoodKeyIsRefused() {
        for (Map<String, String> headers : List.of(
                Map.<String, String>of(),
                Map.of("Authorization", "Bearer nobodys"),
                Map.of("Authorization", "Bearer gone"),
                Map.of("Authorization", "Basic !!!"),
                Map.of("Authorization", "Digest all"),
                Map.of("Authorization", "Bearer eyJhbGciOiJub25lIn0.e30."))) {
            HttpResponse<String> refused = send("GET", "/v1/people/ann/segments", headers, "");
            assertThat(refused.statusCode()).isEqualTo(401);
            assertThat(refused.headers().allValues("WWW-Authenticate")).anyMatch(each -> each.startsWith("Bearer"));
            assertThat(refused.body()).contains("unauthorized").doesNotContain("gold");
        }
        assertThat(get("/v1/people/anonymous%3Ax/segments", "all").statusCode()).isEqualTo(400);
        assertThat(send("POST", "/v1/people/ann/tokens", Map.of(), "").statusCode())
                .isEqualTo(401);
    }

    @Test
    void whatHasNotChangedIsNotSentAgain() {
        String path = "/v1/people/ann/segments";
        String tag = tag(get(path, "all"));

        HttpResponse<String> again = get(path, "all", "If-None-Match", tag);
        assertThat(again.statusCode()).isEqualTo(304);
        assertThat(again.body()).isEmpty();
        assertThat(tag(again)).isEqualTo(tag);
        assertThat(again.headers().firstValue("Cache-Control")).contains("private, max-age=5");
        assertThat(get(path, "all", "If-None-Match", "\"x\", W/" + tag).statusCode())
                .isEqualTo(304);
        assertThat(get(path, "some", "If-None-Match", tag).statusCode()).isEqualTo(200);
        HttpResponse<String> head = send("HEAD", path, Map.of("Authorization", "Bearer all"), "");
        assertThat(head.statusCode()).isEqualTo(200);
        assertThat(head.body()).isEmpty();
        assertThat(tag(head)).isEqualTo(tag);
        profile("changing", "gold");
        String before = tag(get("/v1/people/changing/segments", "all"));
        profile("changing", "silver");
        assertThat(get("/v1/people/changing/segments", "all", "If-None-Match", before)
                        .body())
                .contains("silver");
    }

    @Test
    void aTokenIsOfOnePerson() {
        HttpResponse<String> made = send(
                "POST", "/v1/people/ann/tokens", Map.of("Authorization", "Bearer some"), "{\"expiresInSeconds\":60}");
        assertThat(made.statusCode()).isEqualTo(201);
        assertThat(made.headers().firstValue("Cache-Control")).contains("no-store");
        String token = json(made).text("token");

        HttpResponse<String> own = get("/v1/people/ann/segments", token);
        assertThat(own.statusCode()).isEqualTo(200);
        assertThat(own.body()).contains("gold").doesNotContain("silver");
        assertThat(own.headers().firstValue("Access-Control-Allow-Origin")).contains("*");
        HttpResponse<String> others = get("/v1/people/Zo%C3%AB%2F1%20%26%202/segments", token);
        assertThat(others.statusCode()).isEqualTo(403);
        assertThat(others.body()).doesNotContain("gold");
        assertThat(get("/v1/anonymous/ann/segments", token).statusCode()).isEqualTo(403);
        assertThat(get("/v1/people/ann/segments", token.substring(0, token.length() - 4) + "AAAA")
                        .statusCode())
                .isEqualTo(401);
        assertThat(send("POST", "/v1/people/ann/tokens", Map.of("Authorization", "Bearer " + token), "")
                        .statusCode())
                .isEqualTo(403);
    }

    @Test
    void aTokenLivesAnHourAtMost() {
        for (String body : List.of("{\"expiresInSeconds\":3601}", "{\"expiresInSeconds\":0}", "{\"x\":1}", "[")) {
            assertThat(send("POST", "/v1/people/ann/tokens", Map.of("Authorization", "Bearer all"), body)
                            .statusCode())
                    .isEqualTo(400);
        }
        assertThat(send("POST", "/v1/people/ann/tokens", Map.of("Authorization", "Bearer all"), " ".repeat(2_000))
                        .statusCode())
                .isEqualTo(413);
    }

    @Test
    void aPageMayAskWithATokenOnly() {
        HttpResponse<String> preflight =
                send("OPTIONS", "/v1/people/ann/segments", Map.of("Access-Control-Request-Method", "GET"), "");

        assertThat(preflight.statusCode()).isEqualTo(204);
        assertThat(preflight.headers().firstValue("Access-Control-Allow-Headers"))
                .contains("Authorization, If-None-Match");
        assertThat(get("/v1/people/ann/segments", "eyJhbGciOiJIUzI1NiJ9.e30.x")
                        .headers()
                        .firstValue("Access-Control-Allow-Origin"))
                .contains("*");
    }

    @Test
    void aKeyThatIsRevokedIsSoonRefusedAndSoAreItsTokens() {
        publish(keys("leaving", 1, key("leaver")));
        Client.await(() -> get("/v1/people/x/segments", "leaver").statusCode(), status -> status == 200);
        String token = json(send("POST", "/v1/people/x/tokens", Map.of("Authorization", "Bearer leaver"), ""))
                .text("token");
        assertThat(get("/v1/people/x/segments", token).statusCode()).isEqualTo(200);

        publish(keys("leaving", 2, revoked("leaver")));

        Client.await(() -> get("/v1/people/x/segments", "leaver").statusCode(), status -> status == 401);
        assertThat(get("/v1/people/x/segments", token).statusCode()).isEqualTo(401);
    }

    @Test
    void whoAsksTooFastIsToldWhen() {
        List<CompletableFuture<HttpResponse<Void>>> asked = IntStream.range(0, 300)
                .mapToObj(i -> HTTP.sendAsync(
                        HttpRequest.newBuilder(URI.create(address + "/v1/people/ann/segments"))
                                .timeout(Duration.ofSeconds(20))
                                .header("Authorization", "Bearer slow")
                                .build(),
                        BodyHandlers.discarding()))
                .toList();

        List<HttpResponse<Void>> answers =
                asked.stream().map(CompletableFuture::join).toList();
        assertThat(answers)
                .extracting(HttpResponse::statusCode)
                .contains(200, 429)
                .doesNotContain(503);
        assertThat(answers)
                .filteredOn(answer -> answer.statusCode() == 429)
                .allSatisfy(answer ->
                        assertThat(answer.headers().firstValue("Retry-After")).contains("1"));
        assertThat(get("/v1/people/ann/segments", "all").statusCode()).isEqualTo(200);
    }

    @Test
    void aStoreThatDoesNotAnswerIsToldFromNobody() {
        aws.putItem("demo/broken", "{\"v\":99}");

        HttpResponse<String> broken = get("/v1/people/broken/segments", "all");

        assertThat(broken.statusCode()).isEqualTo(500);
        assertThat(broken.body()).contains("unreadable").doesNotContain("99");
    }

    @Test
    void theDocumentNamesEachRouteAndNoOther() {
        HttpResponse<String> document = send("GET", "/v1/segments/openapi.json", Map.of(), "");

        assertThat(document.statusCode()).isEqualTo(200);
        Value.Fields paths = json(document).inner("paths");
        Set<String> named = new TreeSet<>();
        paths.fields()
                .forEach((path, methods) -> paths.inner(path)
                        .fields()
                        .keySet()
                        .forEach(method -> named.add(method.toUpperCase(Locale.ROOT) + " " + path)));
        Set<String> served = new TreeSet<>();
        var route = Pattern.compile("\\((GET|HEAD|OPTIONS|POST) && (/v1/[a-z]+/\\{id}/[a-z]+)\\)")
                .matcher(application.getBean("segmentRoutes").toString());
        while (route.find()) {
            served.add(route.group(1) + " " + route.group(2));
        }
        assertThat(named).hasSize(8).isEqualTo(served);
        for (String one : named) {
            String[] parts = one.split(" ", -1);
            assertThat(send(parts[0], parts[1].replace("{id}", "ann"), Map.of("Authorization", "Bearer all"), "")
                            .statusCode())
                    .as(one)
                    .isBetween(200, 299);
        }
    }

    @Test
    void theRoutesForOtherProgramsAnswerAsBefore() {
        assertThat(send("GET", "/v1/people/demo/ann", Map.of(), "").body()).contains("\"memberships\"");
        assertThat(send("GET", "/health/metrics", Map.of(), "").body())
                .contains("\"segmentReads\":", "\"segmentReadsRefused\":", "\"tokensIssued\":");
    }

    private static void publish(Connections connections) {
        aws.put(
                "connections/%s/%010d.json".formatted(connections.account(), connections.number()),
                ConnectionsJson.write(connections));
    }

    private static void profile(String person, String... segments) {
        PersonKey key = Samples.person(person);
        Map<String, Membership> memberships = new TreeMap<>();
        for (String segment : segments) {
            memberships.put(segment, new Membership(Samples.NOON, 1, true));
        }
        SegmentedProfile profile = Samples.profile(key, 1, "w", "x").with(memberships, List.of());
        aws.putItem(key.qualified(), new String(SegmentedProfileJson.write(profile), StandardCharsets.UTF_8));
    }

    private static String tag(HttpResponse<String> answer) {
        return answer.headers().firstValue("ETag").orElse("no tag");
    }

    private static Value.Fields json(HttpResponse<String> answer) {
        return JsonText.readObject(answer.body().getBytes(StandardCharsets.UTF_8));
    }

    private static HttpResponse<String> get(String path, String credential) {
        return send("GET", path, Map.of("Authorization", "Bearer " + credential), "");
    }

    private static HttpResponse<String> get(String path, String credential, String header, String value) {
        return send("GET", path, Map.of("Authorization", "Bearer " + credential, header, value), "");
    }

    private static HttpResponse<String> send(String method, String path, Map<String, String> headers, String body) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(address + path))
                .timeout(Duration.ofSeconds(20))
                .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        headers.forEach(request::setHeader);
        try {
            return HTTP.send(request.build(), BodyHandlers.ofString());
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException("no answer", e);
        }
    }
}
