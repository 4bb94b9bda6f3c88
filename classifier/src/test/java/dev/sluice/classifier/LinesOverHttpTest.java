package dev.sluice.classifier;

import static dev.sluice.classifier.ProgramUnderTest.MAX_BODY;
import static dev.sluice.classifier.ProgramUnderTest.MAX_LINES;
import static dev.sluice.classifier.ProgramUnderTest.aws;
import static dev.sluice.classifier.ProgramUnderTest.client;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.model.JsonText;
import dev.sluice.model.LineBatch;
import dev.sluice.model.PersonKey;
import dev.sluice.model.Value;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Lines sent to the whole program:
 *
 * <ul>
 *   <li>plain or gzip, they end as a profile that can be asked for;
 *   <li>a crash between the two stores loses nothing;
 *   <li>bodies that cannot be read or are too large are refused; more work than there is room for is told to come back.
 * </ul>
 */
@ExtendWith(ProgramUnderTest.class)
class LinesOverHttpTest {
    @Test
    void linesSentPlainEndAsAProfile() {
        PersonKey anton = Samples.person("anton");

        var response = client.post(Client.plain(
                Samples.line(anton, "1", "Ad Skipped", 0),
                "rubbish".getBytes(StandardCharsets.UTF_8),
                Samples.line(anton, "2", "Ad Skipped", 1)));

        assertThat(response.statusCode()).isEqualTo(200);
        Value.Fields json = JsonText.readObject(response.body()).ofVersion(1);
        assertThat(json.whole("classified")).isEqualTo(2);
        assertThat(json.whole("ignored")).isZero();
        assertThat(json.list("retry")).isEmpty();
        assertThat(json.innerList("setAside").get(0).whole("index")).isEqualTo(1);
        assertThat(json.innerList("setAside").get(0).text("code")).isEqualTo("malformed_event");
        assertThat(client.profile("anton").memberships()).containsOnlyKeys("skips");
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
        assertThat(client.profile("anonymous:b%2F%C3%B6%20b").memberships()).containsOnlyKeys("buyer");
    }

    @Test
    void aCrashBetweenTheStoresLosesNothing() {
        var lines = Samples.line(Samples.person("carl"), "1", "Order Completed", 0);
        // Every attempt of the client.
        aws.failingPuts.set(3);
        assertThat(retry(client.post(Client.plain(lines)))).isEqualTo(1);
        assertThat(client.get("/v1/people/demo/carl").statusCode()).isEqualTo(404);

        assertThat(retry(client.post(Client.plain(lines)))).isZero();

        assertThat(client.profile("carl").memberships()).containsOnlyKeys("buyer");
        assertThat(client.profile("carl").version()).isEqualTo(1);
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
        assertThat(client.post(HttpRequest.newBuilder().POST(BodyPublishers.ofByteArray(new byte[MAX_BODY + 1])))
                        .statusCode())
                .isEqualTo(413);
        assertThat(client.post(HttpRequest.newBuilder().POST(BodyPublishers.ofString("{}\n".repeat(MAX_LINES + 1))))
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
        long deadline = System.nanoTime() + Client.PATIENCE.toNanos();
        HttpResponse<byte[]> response;
        do {
            between.run();
            response = client.post(Client.plain(Samples.line(Samples.person("dora"), "1", "Ad Skipped", 0)));
        } while (response.statusCode() != status && System.nanoTime() < deadline);
        assertThat(response.statusCode()).isEqualTo(status);
        return response;
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

    private static int retry(HttpResponse<byte[]> response) {
        return JsonText.readObject(response.body()).list("retry").size();
    }
}
