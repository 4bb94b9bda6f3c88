package dev.sluice.tracker.boot;

import static dev.sluice.tracker.boot.RunningTracker.basic;
import static dev.sluice.tracker.boot.RunningTracker.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.model.JsonText;
import dev.sluice.model.LineBatch;
import dev.sluice.model.Value;
import java.io.IOException;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * What Segment's API means by its fields. Promises: a batch's context fills in a message's; {@code integrations}, {@code groupId},
 * {@code previousId}, {@code category} and what nobody knows are stored as they are; imported times are taken as they are; a
 * request of a phone or a page needs neither a header with a write key nor JSON's content type; answers have the form that SDKs
 * can read.
 */
final class SegmentMeaningTest {
    private static final RunningTracker TRACKER = new RunningTracker();

    @BeforeAll
    static void begin() {
        TRACKER.recover();
    }

    @AfterAll
    static void stop() {
        TRACKER.close();
    }

    @Test
    void aBatchsContextFillsInWhatAMessageDoesNotSay() {
        TRACKER.post(
                "/v1/batch",
                "{\"context\":{\"locale\":\"de-DE\",\"app\":{\"version\":\"1\",\"name\":\"game\"}},\"integrations\":{\"All\":false},"
                        + "\"batch\":[{\"type\":\"track\",\"event\":\"A\",\"userId\":\"m\",\"messageId\":\"ctx-1\","
                        + "\"context\":{\"app\":{\"version\":\"2\"}}},"
                        + "{\"type\":\"track\",\"event\":\"A\",\"userId\":\"m\",\"messageId\":\"ctx-2\"}]}");

        assertThat(text(stored("ctx-1").inner("context")))
                .isEqualTo("{\"app\":{\"version\":\"2\"},\"locale\":\"de-DE\"}");
        assertThat(stored("ctx-2").inner("context").inner("app").text("name")).isEqualTo("game");
    }

    @Test
    void whatSegmentHasBesidesIsStoredAsItIs() {
        TRACKER.post(
                "/v1/batch",
                "{\"batch\":["
                        + "{\"type\":\"group\",\"userId\":\"m\",\"messageId\":\"g\",\"groupId\":\"guild-7\",\"traits\":{\"name\":\"Ravens\"}},"
                        + "{\"type\":\"alias\",\"userId\":\"m\",\"messageId\":\"a\",\"previousId\":\"anon\"},"
                        + "{\"type\":\"page\",\"userId\":\"m\",\"messageId\":\"p\",\"name\":\"Shop\",\"category\":\"Store\",\"channel\":\"web\","
                        + "\"_metadata\":{\"bundled\":[\"Segment.io\"]},\"integrations\":{\"All\":true,\"X\":{\"id\":1}}}]}");

        assertThat(stored("g").text("groupId")).isEqualTo("guild-7");
        assertThat(stored("g").inner("traits").text("name")).isEqualTo("Ravens");
        assertThat(stored("a").text("previousId")).isEqualTo("anon");
        assertThat(stored("p").text("category")).isEqualTo("Store");
        assertThat(text(stored("p").inner("integrations"))).isEqualTo("{\"All\":true,\"X\":{\"id\":1}}");
        assertThat(text(stored("p").inner("_metadata"))).isEqualTo("{\"bundled\":[\"Segment.io\"]}");
    }

    @Test
    void importedTimesAreTakenAsTheyAre() {
        TRACKER.post(
                "/v1/import",
                "{\"batch\":[{\"type\":\"track\",\"event\":\"A\",\"userId\":\"m\",\"messageId\":\"old\",\"timestamp\":\"1999-12-31T23:59:59.999+01:00\"}]}");

        assertThat(stored("old").text("timestamp")).isEqualTo("1999-12-31T22:59:59.999Z");
        assertThat(stored("old").find("sentAt")).isEmpty();
    }

    /** What {@code uploadEvents} of @segment/analytics-react-native sends. */
    @Test
    void aRequestOfReactNativeIsUnderstood() {
        HttpResponse<byte[]> answer = TRACKER.send(TRACKER.request("/v1/b")
                .header("Content-Type", "application/json; charset=utf-8")
                .header("X-Retry-Count", "1")
                .POST(HttpRequest.BodyPublishers.ofString(
                        "{\"batch\":[{\"type\":\"screen\",\"name\":\"Home\",\"anonymousId\":\"rn\",\"messageId\":\"rn-1\","
                                + "\"timestamp\":\"2026-11-21T06:40:10.123Z\",\"integrations\":{},\"_metadata\":{}}],"
                                + "\"sentAt\":\"2026-11-21T06:40:11.000Z\",\"writeKey\":\"key-1\"}")));

        assertThat(json(answer).flag("success")).isTrue();
        assertThat(stored("rn-1").text("originalTimestamp")).isEqualTo("2026-11-21T06:40:10.123Z");
    }

    /** What a page sends while it is left: no header may be set, and the type is text. */
    @Test
    void aBeaconIsUnderstood() {
        HttpResponse<byte[]> answer = TRACKER.send(
                TRACKER.request("/v1/t")
                        .header("Content-Type", "text/plain;charset=UTF-8")
                        .header("Origin", "https://game.example")
                        .POST(
                                HttpRequest.BodyPublishers.ofString(
                                        "{\"type\":\"track\",\"event\":\"Left\",\"anonymousId\":\"b\",\"messageId\":\"beacon-1\",\"writeKey\":\"key-1\"}")));

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Access-Control-Allow-Origin")).contains("*");
        assertThat(stored("beacon-1").find("writeKey")).isEmpty();
    }

    /** Before a browser sends what is not simple; header names as the SDK for browsers sets them. */
    @Test
    void aPreflightAllowsWhatTheSdksSend() {
        HttpResponse<byte[]> answer = TRACKER.send(TRACKER.request("/v1/b")
                .header("Origin", "https://game.example")
                .header("Access-Control-Request-Method", "POST")
                .header("Access-Control-Request-Headers", "authorization,content-type,x-retry-count")
                .method("OPTIONS", HttpRequest.BodyPublishers.noBody()));

        assertThat(answer.statusCode()).isEqualTo(204);
        assertThat(answer.headers().firstValue("Access-Control-Allow-Headers").orElse(""))
                .containsIgnoringCase("Authorization")
                .containsIgnoringCase("Content-Type")
                .containsIgnoringCase("Content-Encoding")
                .containsIgnoringCase("X-Retry-Count");
        assertThat(answer.headers().firstValue("Access-Control-Allow-Methods").orElse(""))
                .contains("POST");
        assertThat(answer.headers().firstValue("Access-Control-Allow-Credentials"))
                .isEmpty();
        assertThat(answer.headers().firstValue("Access-Control-Max-Age")).contains("86400");
    }

    @Test
    void settingsNameTheHostThatWasAsked() {
        HttpResponse<byte[]> answer = TRACKER.send(TRACKER.request("/v1/projects/some-key/settings")
                .header("Host", "events.example.com")
                .GET());
        HttpResponse<byte[]> odd =
                TRACKER.send(TRACKER.request("/v1/projects/some%22key/settings").GET());

        assertThat(json(answer).inner("integrations").inner("Segment.io").text("apiHost"))
                .isEqualTo("events.example.com/v1");
        assertThat(answer.headers().firstValue("Access-Control-Allow-Origin")).contains("*");
        assertThat(odd.statusCode()).isEqualTo(404);
    }

    @Test
    void anUnknownKeyInTheBodyIsRefused() {
        assertThat(TRACKER.send(
                                TRACKER.request("/v1/b")
                                        .POST(
                                                HttpRequest.BodyPublishers.ofString(
                                                        "{\"writeKey\":\"nobody\",\"batch\":[{\"type\":\"identify\",\"userId\":\"u\"}]}")))
                        .statusCode())
                .isEqualTo(401);
        assertThat(TRACKER.send(TRACKER.request("/v1/track")
                                .header("Authorization", basic(""))
                                .POST(HttpRequest.BodyPublishers.ofString(RunningTracker.TRACK)))
                        .statusCode())
                .isEqualTo(401);
    }

    /** Without a reason in it the SDK for Kotlin fails where it should drop or retry. */
    @Test
    void everyStatusLineHasAReason() throws IOException {
        try (var socket = new Socket(TRACKER.base().getHost(), TRACKER.base().getPort())) {
            socket.getOutputStream()
                    .write(RunningTracker.bytes(
                            "POST /v1/b HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n" + "Connection: close\r\n\r\n{}"));

            String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

            assertThat(answer).matches("(?s)HTTP/1\\.1 4\\d\\d [A-Z][a-z].*");
        }
    }

    private static Value.Fields stored(String messageId) {
        List<Value.Fields> found = TRACKER.aws().records().stream()
                .flatMap(record -> LineBatch.decode(record.data(), 1 << 20).stream())
                .map(JsonText::readObject)
                .filter(json -> json.text("messageId").equals(messageId))
                .toList();
        assertThat(found).as(messageId).isNotEmpty();
        return found.getFirst();
    }

    private static String text(Value.Fields fields) {
        byte[] json = JsonText.writeObject(out -> fields.fields().forEach((name, value) -> {
            out.writeName(name);
            JsonText.write(out, value);
        }));
        return new String(json, StandardCharsets.UTF_8);
    }
}
