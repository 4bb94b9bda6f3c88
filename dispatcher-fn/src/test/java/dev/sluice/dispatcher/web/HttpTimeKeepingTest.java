package dev.sluice.dispatcher.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.sluice.dispatcher.schedule.TimeKeeping;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Promises: what the classifier says is understood, whatever else it says is a reason, and a cursor arrives as it was given. */
class HttpTimeKeepingTest {
    private final List<String> asked = new ArrayList<>();
    private int status = 200;
    private String body = "{}";
    private HttpServer server;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            asked.add(
                    exchange.getRequestMethod() + " " + exchange.getRequestURI().getPath() + " "
                            + exchange.getRequestURI().getQuery());
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void aRoundIsUnderstood() {
        body = "{\"v\":1,\"evaluated\":500,\"changed\":3,\"more\":true}";

        assertThat(classifier().round()).isEqualTo(new TimeKeeping.Looked(500, 3, 0, Optional.of("more")));
        assertThat(asked).containsExactly("POST /v1/due null");
    }

    @Test
    void aPageIsUnderstoodAndItsCursorArrives() {
        body = "{\"v\":1,\"checked\":12,\"differed\":1,\"later\":2,\"next\":\"n1:7&x\"}";

        assertThat(classifier().page(Optional.of("n1:7&x=é"), Optional.of(Instant.parse("2026-11-21T12:00:00Z"))))
                .isEqualTo(new TimeKeeping.Looked(12, 1, 2, Optional.of("n1:7&x")));
        assertThat(asked).containsExactly("POST /v1/audit cursor=n1:7&x=é&releasing=2026-11-21T12:00:00Z");
    }

    @Test
    void anythingElseIsAReason() {
        status = 503;
        assertThat(classifier().round()).isEqualTo(new TimeKeeping.Unavailable("the classifier answered 503"));
        status = 200;
        body = "<html>";
        assertThat(classifier().round()).isInstanceOf(TimeKeeping.Unavailable.class);
        server.stop(0);
        assertThat(classifier().round()).isInstanceOf(TimeKeeping.Unavailable.class);
    }

    private TimeKeeping classifier() {
        return new HttpTimeKeeping(
                URI.create("http://127.0.0.1:" + server.getAddress().getPort()), Duration.ofMinutes(5));
    }
}
