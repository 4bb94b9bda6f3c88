package dev.sluice.classifier;

import static dev.sluice.classifier.ProgramUnderTest.client;
import static dev.sluice.classifier.ProgramUnderTest.json;
import static dev.sluice.classifier.ProgramUnderTest.send;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What no route answers:
 *
 * <ul>
 *   <li>a path that is not there is 404, a method that a path does not have is 405 with those that it has;
 *   <li>what Tomcat refuses before it asks a route is JSON as every other answer, and repeats nothing of the request.
 * </ul>
 */
@ExtendWith(ProgramUnderTest.class)
class RefusedRequestsTest {
    @ParameterizedTest
    @CsvSource({
        "DELETE, /v1/people/ann/segments, 'GET, HEAD, OPTIONS'",
        "PUT, /v1/anonymous/ann/segments, 'GET, HEAD, OPTIONS'",
        "PATCH, /v1/people/ann/tokens, 'GET, POST'",
        "GET, /v1/classifications, POST",
        "PUT, /v1/people/demo/ann/names/x, DELETE",
        "GET, /v1/due, POST",
        "POST, /health/live, GET",
    })
    void aMethodThatAPathDoesNotHaveIsToldWhichItHas(String method, String path, String allowed) {
        HttpResponse<String> answer = send(method, path, Map.of(), "");

        assertThat(answer.statusCode()).isEqualTo(405);
        assertThat(answer.headers().firstValue("Allow")).contains(allowed);
        assertThat(json(answer).text("code")).isEqualTo("unknown_method");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/v1/people", "/v2/people/ann/segments", "/error"})
    void aPathThatIsNotThereIsNotFound(String path) {
        HttpResponse<String> answer = send("GET", path, Map.of(), "");

        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(json(answer).text("code")).isEqualTo("unknown_path");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /v1/people/%00sEcr3t/segments HTTP/1.1\r\nHost: x",
                "GET /v1/people/%sEcr3t/segments HTTP/1.1\r\nHost: x",
                "GET /v1/people/demo/%zzsEcr3t HTTP/1.1\r\nHost: x",
                "GET /v1/../../sEcr3t HTTP/1.1\r\nHost: x",
                "GET /sEcr3t<> HTTP/1.1\r\nHost: x",
                "G@T /sEcr3t HTTP/1.1\r\nHost: x",
                "GET /sEcr3t HTTP/1.1",
                "GET /sEcr3t HTTP/1.1\r\nHost: x\r\nContent-Length: sEcr3t",
            })
    void whatTomcatRefusesIsToldInJson(String head) throws IOException {
        String answer = raw(head);

        assertThat(answer).startsWith("HTTP/1.1 400 ").containsIgnoringCase("\r\nContent-Type: application/json");
        assertThat(answer).contains("{\"code\":\"").doesNotContain("<html", "sEcr3t", "Tomcat");
    }

    /** All that comes until the server closes. */
    private static String raw(String head) throws IOException {
        try (var socket =
                new Socket(InetAddress.getLoopbackAddress(), client.address().getPort())) {
            socket.setSoTimeout((int) Client.PATIENCE.toMillis());
            socket.getOutputStream()
                    .write((head + "\r\nConnection: close\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
