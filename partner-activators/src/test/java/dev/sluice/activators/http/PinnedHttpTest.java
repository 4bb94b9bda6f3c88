package dev.sluice.activators.http;

import static dev.sluice.activators.http.Reply.hangUp;
import static dev.sluice.activators.http.Reply.json;
import static dev.sluice.activators.http.Reply.raw;
import static dev.sluice.activators.http.Reply.status;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.activators.http.PartnerHttp.Exchange;
import dev.sluice.activators.http.PartnerHttp.Exchange.Answered;
import dev.sluice.activators.http.PartnerHttp.Exchange.Unanswered;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.apache.hc.core5.ssl.SSLContexts;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Promises of calls to partners:
 *
 * <ul>
 *   <li>a request goes out as it was given, with nothing added but what HTTP needs
 *   <li>what is no HTTP, and what is cut off, is a value too
 *   <li>nothing is followed, kept, unpacked or sent twice
 *   <li>a connection serves again, and one that the partner closed is not used
 *   <li>whether the partner may have got a request is told
 * </ul>
 */
@Timeout(240)
final class PinnedHttpTest {
    private static final Duration PATIENT = Duration.ofMinutes(2);
    private final ScriptedServer server = new ScriptedServer();
    private final PinnedHttp http = http(HttpLimits.DEFAULT, InetAddress::getAllByName);

    @AfterEach
    void close() {
        http.close();
        server.close();
    }

    @Test
    void aRequestGoesOutAsItWasGiven() {
        server.next(json(200, "{\"ok\":true}", "X-Seen", "yes"));

        Answered answer = answered(http.call(server.post("/a%20b?token=t&x=%2F", "{\"é\":1}"), PATIENT));

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("x-seen")).contains("yes");
        assertThat(new String(answer.body(), StandardCharsets.UTF_8)).isEqualTo("{\"ok\":true}");
        assertThat(answer.whole()).isTrue();
        assertThat(server.received())
                .containsExactly(new ScriptedServer.Received(
                        "POST",
                        "/a%20b?token=t&x=%2F",
                        Map.of(
                                "connection",
                                "keep-alive",
                                "content-length",
                                "8",
                                "content-type",
                                "application/json",
                                "host",
                                "127.0.0.1:" + server.port(),
                                "user-agent",
                                "Sluice"),
                        "{\"é\":1}"));
    }

    @Test
    void whatIsNoHttpIsNoAnswer() {
        for (String bytes : List.of("", "SSH-2.0-Partner\r\n", "HTTP/1.1 abc\r\n\r\n", "HTTP/1.1 200 OK\r\nx")) {
            server.next(raw(bytes));

            assertThat(http.call(server.post("/", "{}"), PATIENT)).isInstanceOf(Unanswered.class);
        }
    }

    @Test
    void aBodyThatIsCutOffLeavesItsStatus() {
        server.next(raw("HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\nhalf"));

        Answered answer = answered(http.call(server.post("/", "{}"), PATIENT));

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.whole()).isFalse();
    }

    @Test
    void aRedirectIsNotFollowed() {
        server.next(status(302, "location", server.uri("/elsewhere").toString()));

        assertThat(answered(http.call(server.post("/", "{}"), PATIENT)).status())
                .isEqualTo(302);
        assertThat(server.received()).hasSize(1);
    }

    @Test
    void cookiesAreNotKept() {
        server.next(status(200, "set-cookie", "session=1; Path=/"));

        http.call(server.post("/", "{}"), PATIENT);
        http.call(server.post("/", "{}"), PATIENT);

        assertThat(server.received())
                .hasSize(2)
                .noneMatch(request -> request.headers().containsKey("cookie"));
    }

    @Test
    void nothingIsUnpacked() throws IOException {
        var packed = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(packed)) {
            gzip.write(new byte[1 << 20]);
        }
        server.next(Reply.body(200, packed.toByteArray(), "content-encoding", "gzip"));

        assertThat(answered(http.call(server.post("/", "{}"), PATIENT)).body()).isEqualTo(packed.toByteArray());
    }

    @Test
    void nothingIsSentTwice() {
        server.always(hangUp());

        assertThat(http.call(server.post("/", "{}"), PATIENT))
                .isInstanceOfSatisfying(
                        Unanswered.class, none -> assertThat(none.sent()).isTrue());
        assertThat(server.received()).hasSize(1);
    }

    @Test
    void aPartnerThatIsGoneGotNothing() {
        try (var nobody = new NobodysPort()) {
            var request = new PartnerHttp.Request("GET", nobody.uri("/"), Map.of(), new byte[0]);

            assertThat(http.call(request, PATIENT)).isEqualTo(new Unanswered("no connection", false));
        }
    }

    @Test
    void aConnectionServesAgain() {
        for (int i = 0; i < 5; i++) {
            assertThat(http.call(server.post("/", "{}"), PATIENT)).isInstanceOf(Answered.class);
        }

        assertThat(server.connections()).isEqualTo(1);
    }

    @Test
    void theProxyOfTheMachineIsNotUsed() {
        String before = System.getProperty("http.proxyHost", "");
        System.setProperty("http.proxyHost", "proxy.invalid");
        try (var asked = http(HttpLimits.DEFAULT, InetAddress::getAllByName)) {
            assertThat(asked.call(server.post("/", "{}"), PATIENT)).isInstanceOf(Answered.class);
        } finally {
            if (before.isEmpty()) {
                System.clearProperty("http.proxyHost");
            } else {
                System.setProperty("http.proxyHost", before);
            }
        }
    }

    static Answered answered(Exchange exchange) {
        assertThat(exchange).isInstanceOf(Answered.class);
        return (Answered) exchange;
    }

    static PinnedHttp http(HttpLimits limits, EgressGuard.Resolver resolver) {
        return new PinnedHttp(new EgressGuard(true, resolver), limits, SSLContexts.createDefault());
    }
}
