package dev.sluice.tracker.boot;

import static dev.sluice.tracker.boot.RunningTracker.TRACK;
import static dev.sluice.tracker.boot.RunningTracker.basic;
import static dev.sluice.tracker.boot.RunningTracker.bytes;
import static dev.sluice.tracker.boot.RunningTracker.gzip;
import static dev.sluice.tracker.boot.RunningTracker.json;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The whole program. Promises: bad input is answered 4xx in JSON with its code, whatever it is, and never 500. */
final class TrackerBadInputTest {
    private static final RunningTracker TRACKER = new RunningTracker();

    @AfterAll
    static void stop() {
        TRACKER.close();
    }

    @BeforeEach
    void recover() {
        TRACKER.recover();
    }

    @Test
    void badInputIsAnsweredInJsonAndNeverByAServerError() {
        Map<String, byte[]> bodies = new LinkedHashMap<>();
        bodies.put("empty", new byte[0]);
        bodies.put("not JSON", bytes("hello"));
        bodies.put("cut short", bytes("{\"event\":\"A\",\"userId\":\"u"));
        bodies.put("trailing text", bytes(TRACK + "x"));
        bodies.put("an array", bytes("[]"));
        bodies.put("bad UTF-8", new byte[] {'{', '"', (byte) 0xC3, '"', ':', '1', '}'});
        bodies.put("UTF-16", TRACK.getBytes(StandardCharsets.UTF_16));
        bodies.put("half a pair", bytes("{\"event\":\"\\ud800\",\"userId\":\"u1\"}"));
        bodies.put("duplicate key", bytes("{\"event\":\"A\",\"userId\":\"u1\",\"userId\":\"u2\"}"));
        bodies.put(
                "deep",
                bytes("{\"event\":\"A\",\"userId\":\"u1\",\"properties\":" + "[".repeat(20) + "]".repeat(20) + "}"));
        bodies.put("very deep", bytes("[".repeat(200_000)));
        bodies.put("huge number", bytes("{\"event\":\"A\",\"userId\":\"u1\",\"properties\":{\"n\":1e999999999}}"));
        bodies.put(
                "long number",
                bytes("{\"event\":\"A\",\"userId\":\"u1\",\"properties\":{\"n\":" + "9".repeat(5000) + "}}"));
        bodies.put("wrong type", bytes("{\"event\":7,\"userId\":\"u1\"}"));
        bodies.put("no person", bytes("{\"event\":\"A\"}"));
        bodies.put("no event", bytes("{\"userId\":\"u1\"}"));
        bodies.put("reserved person", bytes("{\"event\":\"A\",\"userId\":\"anonymous:1\"}"));
        bodies.put("bad time", bytes("{\"event\":\"A\",\"userId\":\"u1\",\"timestamp\":\"yesterday\"}"));
        bodies.put("large event", bytes("{\"event\":\"A\",\"userId\":\"u1\",\"p\":\"" + "x".repeat(40_000) + "\"}"));
        var wrong = new ArrayList<String>();

        bodies.forEach((name, body) -> {
            HttpResponse<byte[]> answer = TRACKER.send(TRACKER.request("/v1/track")
                    .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                    .header("Authorization", basic("key-1")));
            if (answer.statusCode() != 400 || json(answer).text("code").isEmpty()) {
                wrong.add(name + ": " + answer.statusCode());
            }
        });

        assertThat(wrong).isEmpty();
    }

    @Test
    void aGzipBombAndAHugeBodyAreTooLarge() {
        byte[] bomb = gzip(new byte[50_000_000]);

        HttpResponse<byte[]> unpacked = TRACKER.send(TRACKER.request("/v1/track")
                .POST(HttpRequest.BodyPublishers.ofByteArray(bomb))
                .header("Authorization", basic("key-1"))
                .header("Content-Encoding", "gzip"));
        HttpResponse<byte[]> sent = TRACKER.post("/v1/track", " ".repeat(600_000));

        assertThat(List.of(unpacked.statusCode(), sent.statusCode())).containsExactly(413, 413);
        assertThat(json(unpacked).text("code")).isEqualTo("body_too_large");
    }

    @Test
    void anEncodingThatIsNotGzipIsAnswered415() {
        HttpResponse<byte[]> answer = TRACKER.send(TRACKER.request("/v1/track")
                .POST(HttpRequest.BodyPublishers.ofString(TRACK))
                .header("Authorization", basic("key-1"))
                .header("Content-Encoding", "br"));

        assertThat(answer.statusCode()).isEqualTo(415);
        assertThat(json(answer).text("code")).isEqualTo("unsupported_encoding");
    }

    @ParameterizedTest
    @ValueSource(strings = {"-999999999-01-01T00:00:00Z", "+999999999-12-31T23:59:59Z"})
    void aBatchSentAtEitherEndOfTimeIsAnswered400(String sentAt) {
        HttpResponse<byte[]> answer = TRACKER.post(
                "/v1/batch",
                "{\"batch\":[{\"type\":\"track\",\"event\":\"A\",\"userId\":\"u1\"}],\"sentAt\":\"" + sentAt + "\"}");

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(json(answer).text("code")).isEqualTo("bad_timestamp");
    }

    @Test
    void anUnknownWriteKeyIsAnswered401() {
        HttpResponse<byte[]> answer = TRACKER.send(TRACKER.request("/v1/track")
                .POST(HttpRequest.BodyPublishers.ofString(TRACK))
                .header("Authorization", basic("nobody")));

        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(json(answer).text("code")).isEqualTo("unknown_write_key");
    }

    @Test
    void aPathThatIsNotThereAndAMethodThatIsNotAllowedAreAnsweredInJson() {
        assertThat(json(TRACKER.send(TRACKER.request("/v2/x").GET())).text("code"))
                .isEqualTo("not_found");
        assertThat(json(TRACKER.send(TRACKER.request("/v1/track").GET())).text("code"))
                .isEqualTo("method_not_allowed");
    }

    @ParameterizedTest
    @CsvSource({
        "GET /v1/{} HTTP/1.1, 400, http_400",
        "G@T /v1/track HTTP/1.1, 400, http_400",
        "GET /v1/%00 HTTP/1.1, 404, not_found",
        "GET /v1/track%zz HTTP/1.1, 404, not_found",
        "DELETE /v1/track?validate=%zz HTTP/1.1, 405, method_not_allowed",
        "PUT /v1/batch HTTP/1.1, 405, method_not_allowed",
    })
    void whatIsNoRequestIsAnsweredInJson(String line, int status, String code) throws IOException {
        try (var socket = new Socket(TRACKER.base().getHost(), TRACKER.base().getPort())) {
            OutputStream out = socket.getOutputStream();
            out.write(bytes(line + "\r\nHost: x\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"));

            String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

            assertThat(answer).startsWith("HTTP/1.1 " + status).contains("\"code\":\"" + code + "\"");
            assertThat(answer.contains("\r\nAllow: ")).isEqualTo(status == 405);
        }
    }
}
