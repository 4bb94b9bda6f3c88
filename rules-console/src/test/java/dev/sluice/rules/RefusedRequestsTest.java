package dev.sluice.rules;

import static dev.sluice.rules.SharedConsole.console;
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
@ExtendWith(SharedConsole.class)
class RefusedRequestsTest {
    @ParameterizedTest
    @CsvSource({
        "DELETE, /v1/accounts/a/rule-sets, 'GET, POST'",
        "PUT, /v1/accounts/a/rule-sets/1, GET",
        "PATCH, /v1/accounts/a/rule-sets/current, GET",
        "POST, /health/live, GET",
        "OPTIONS, /openapi.json, GET",
    })
    void aMethodThatAPathDoesNotHaveIsToldWhichItHas(String method, String path, String allowed) {
        HttpResponse<String> answer = console.send(method, path, "", Map.of());

        assertThat(answer.statusCode()).isEqualTo(405);
        assertThat(ConsoleUnderTest.header(answer, "Allow")).isEqualTo(allowed);
        assertThat(ConsoleUnderTest.json(answer).text("code")).isEqualTo("unknown_method");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/v1", "/v2/accounts", "/error"})
    void aPathThatIsNotThereIsNotFound(String path) {
        HttpResponse<String> answer = console.get(path);

        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(ConsoleUnderTest.json(answer).text("code")).isEqualTo("unknown_path");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /v1/accounts/%00sEcr3t/rule-sets HTTP/1.1\r\nHost: x",
                "GET /v1/accounts/%sEcr3t/rule-sets HTTP/1.1\r\nHost: x",
                "GET /v1/accounts/%2FsEcr3t/rule-sets HTTP/1.1\r\nHost: x",
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
                new Socket(InetAddress.getLoopbackAddress(), console.address().getPort())) {
            socket.setSoTimeout(120_000);
            socket.getOutputStream()
                    .write((head + "\r\nConnection: close\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
