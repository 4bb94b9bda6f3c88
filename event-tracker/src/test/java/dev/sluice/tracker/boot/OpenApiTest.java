package dev.sluice.tracker.boot;

import static dev.sluice.tracker.boot.RunningTracker.await;
import static dev.sluice.tracker.boot.RunningTracker.basic;
import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.dialect.Dialects;
import dev.sluice.tracker.aws.FakeAws;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * The description of the API against the running tracker. Promises: every example in it is answered as it says; every answer
 * keeps to its schema, and so does a request if and only if nothing of it is refused; all paths of the tracking API are in it.
 */
final class OpenApiTest {
    private static final RunningTracker TRACKER = new RunningTracker();
    private static final JsonMapper JSON = new JsonMapper();
    private static final String LOCATION = "https://sluice.example/openapi.json";
    private static final JsonNode DOCUMENT = read(get("/openapi.json"));
    private static final SchemaRegistry SCHEMAS = SchemaRegistry.withDialect(
            Dialects.getOpenApi31(), builder -> builder.schemas(Map.of(LOCATION, DOCUMENT.toString())));

    /** One request that the document shows. */
    record Example(String path, String name, JsonNode example, JsonNode responses) {
        String status() {
            return responses
                    .propertyStream()
                    .filter(response -> answer(response.getKey()).isPresent())
                    .map(Map.Entry::getKey)
                    .findFirst()
                    .orElse(example.path("x-status").asString("200"));
        }

        /** What it is answered, if the document shows that. */
        Optional<JsonNode> answer(String status) {
            JsonNode value = responses.at("/" + status + "/content/application~1json/examples/" + name + "/value");
            return value.isMissingNode() ? Optional.empty() : Optional.of(value);
        }

        @Override
        public String toString() {
            return path + " " + name;
        }
    }

    @AfterAll
    static void stop() {
        TRACKER.close();
    }

    @BeforeEach
    void recover() {
        TRACKER.recover();
    }

    @ParameterizedTest
    @MethodSource("examples")
    void everyExampleIsAnsweredAsTheDocumentSays(Example example) {
        JsonNode body = example.example().path("value");

        HttpResponse<byte[]> answer = post(
                example.path(),
                body.toString(),
                example.example().path("x-write-key").asString("key-1"));

        String status = example.status();
        assertThat(Integer.toString(answer.statusCode())).isEqualTo(status);
        assertKeepsTo(responseSchema(example.path(), status), read(answer));
        example.answer(status).ifPresent(shown -> {
            assertThat(timeless(read(answer))).isEqualTo(timeless(shown));
            assertKeepsTo(responseSchema(example.path(), status), shown);
        });
        if (!status.equals("401")) {
            boolean allGood =
                    status.equals("200") && read(answer).path("rejected").isEmpty();
            assertThat(keepsTo(requestSchema(example.path()), body))
                    .as("a request without faults")
                    .isEqualTo(allGood);
        }
    }

    static Stream<Example> examples() {
        return DOCUMENT.path("paths").propertyStream().flatMap(path -> {
            JsonNode post = path.getValue().path("post");
            return post.at("/requestBody/content/application~1json/examples")
                    .propertyStream()
                    .map(example ->
                            new Example(path.getKey(), example.getKey(), example.getValue(), post.path("responses")));
        });
    }

    @Test
    void everyPathOfTheTrackingApiIsInIt() {
        assertThat(DOCUMENT.path("paths").propertyNames())
                .contains(
                        "/v1/track",
                        "/v1/identify",
                        "/v1/page",
                        "/v1/screen",
                        "/v1/group",
                        "/v1/alias",
                        "/v1/batch",
                        "/v1/import");
        assertThat(examples().map(Example::path).distinct()).hasSize(8);
    }

    @ParameterizedTest
    @ValueSource(strings = {"t", "i", "p", "s", "g", "a", "b", "track/", "/import/", "/v1//batch"})
    void shortAndUntidyPathsAreTheSame(String path) {
        String message = "{\"type\":\"track\",\"event\":\"A\",\"userId\":\"short\"}";
        boolean batch = path.equals("b") || path.contains("batch") || path.contains("import");
        String tidyless = path.startsWith("/v1") ? path : "/v1/" + path;

        assertThat(post(tidyless, batch ? "{\"batch\":[" + message + "]}" : message, "key-1")
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void whatCanBeReadIsAnsweredAsTheDocumentSays() {
        // Not ready is who could store nothing a moment ago.
        await(() -> get("/health/ready").statusCode() == 200 || TRACKER.sendsTraffic());
        List<String> read = new ArrayList<>();
        DOCUMENT.path("paths")
                .propertyStream()
                .filter(path -> path.getValue().has("get"))
                .forEach(path -> {
                    HttpResponse<byte[]> answer = get(path.getKey().replace("{writeKey}", "key-1"));
                    assertThat(answer.statusCode()).as(path.getKey()).isEqualTo(200);
                    JsonNode schema =
                            resolved(path.getValue().at("/get/responses/200")).at("/content/application~1json/schema");
                    if (!schema.isMissingNode()) {
                        Schema inline = SCHEMAS.getSchema(schema);
                        assertThat(inline.validate(read(answer)))
                                .as(path.getKey())
                                .isEmpty();
                        read.add(path.getKey());
                    }
                });
        assertThat(read).contains("/health/live", "/health/ready", "/v1/projects/{writeKey}/settings");
    }

    @Test
    void whatIsRefusedForAllPathsIsAnsweredAsTheDocumentSays() {
        String order =
                examples().findFirst().orElseThrow().example().path("value").toString();

        assertShown("TooLarge", "tooLarge", 413, post("/v1/track", " ".repeat(600_000), "key-1"));
        assertShown(
                "UnsupportedEncoding",
                "brotli",
                415,
                TRACKER.send(TRACKER.request("/v1/track")
                        .header("Content-Encoding", "br")
                        .header("Authorization", basic("key-1"))
                        .POST(HttpRequest.BodyPublishers.ofString(order))));
        TRACKER.aws().kinesis(FakeAws.Mood.BROKEN);
        TRACKER.aws().s3(FakeAws.Mood.BROKEN);
        HttpResponse<byte[]> unavailable = post("/v1/track", order, "key-1");
        assertShown("Unavailable", "notDurable", 503, unavailable);
        assertThat(unavailable.headers().firstValue("Retry-After").orElse("")).matches("[1-9][0-9]*");
        assertKeepsTo(
                pointer("components", "schemas", "Refused"),
                DOCUMENT.at("/components/responses/TooMany/content/application~1json/examples/tooMany/value"));
    }

    @Test
    void aPageMayReadWhyItWasRefusedAndWhenToComeBack() {
        TRACKER.aws().kinesis(FakeAws.Mood.BROKEN);
        TRACKER.aws().s3(FakeAws.Mood.BROKEN);

        HttpResponse<byte[]> answer = post("/v1/t", RunningTracker.TRACK, "key-1");

        assertThat(answer.headers().firstValue("Access-Control-Allow-Origin")).contains("*");
        assertThat(answer.headers().firstValue("Access-Control-Expose-Headers").orElse(""))
                .contains("Retry-After");
    }

    private static void assertShown(String response, String name, int status, HttpResponse<byte[]> answer) {
        JsonNode shown = DOCUMENT.at(
                "/components/responses/" + response + "/content/application~1json/examples/" + name + "/value");
        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(read(answer)).isEqualTo(shown);
        assertKeepsTo(pointer("components", "schemas", "Refused"), shown);
    }

    private static void assertKeepsTo(String schema, JsonNode value) {
        assertThat(SCHEMAS.getSchema(SchemaLocation.of(LOCATION + schema)).validate(value))
                .as(value + " against " + schema)
                .isEmpty();
    }

    private static boolean keepsTo(String schema, JsonNode value) {
        return SCHEMAS.getSchema(SchemaLocation.of(LOCATION + schema))
                .validate(value)
                .isEmpty();
    }

    private static String requestSchema(String path) {
        return pointer("paths", path, "post", "requestBody", "content", "application/json", "schema");
    }

    private static String responseSchema(String path, String status) {
        JsonNode response =
                DOCUMENT.path("paths").path(path).path("post").path("responses").path(status);
        return response.has("$ref")
                ? response.path("$ref").asString() + "/content/application~1json/schema"
                : pointer("paths", path, "post", "responses", status, "content", "application/json", "schema");
    }

    private static String pointer(String... names) {
        return "#"
                + String.join(
                        "",
                        Stream.of(names)
                                .map(name -> "/" + name.replace("/", "~1"))
                                .toList());
    }

    private static JsonNode resolved(JsonNode node) {
        return node.has("$ref") ? DOCUMENT.at(node.path("$ref").asString().substring(1)) : node;
    }

    private static JsonNode timeless(JsonNode answer) {
        ObjectNode copy = (ObjectNode) answer.deepCopy();
        if (copy.has("receivedAt")) {
            copy.put("receivedAt", "");
        }
        return copy;
    }

    private static HttpResponse<byte[]> get(String path) {
        return TRACKER.send(TRACKER.request(path).GET());
    }

    private static HttpResponse<byte[]> post(String path, String body, String writeKey) {
        HttpRequest.Builder request = TRACKER.request(path)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body));
        return TRACKER.send(writeKey.isEmpty() ? request : request.header("Authorization", basic(writeKey)));
    }

    private static JsonNode read(HttpResponse<byte[]> answer) {
        return JSON.readTree(answer.body());
    }
}
