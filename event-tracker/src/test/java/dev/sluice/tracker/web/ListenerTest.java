package dev.sluice.tracker.web;

import static dev.sluice.tracker.web.TestListener.await;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Real sockets. Promises: what HTTP/1.1 allows is understood, in any cut; what it does not is answered 4xx in JSON, and
 * nothing after it is believed; answers keep the order of their requests.
 */
final class ListenerTest {
    private static final String TWICE =
            "POST /echo HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\nTransfer-Encoding: ";
    private static final TestListener LISTENER = new TestListener();

    @AfterAll
    static void stop() {
        LISTENER.close();
    }

    private static String post(String path, String body) {
        return "POST " + path + " HTTP/1.1\r\nHost: x\r\nContent-Length: " + body.length() + "\r\n\r\n" + body;
    }

    @Test
    void aConnectionIsKeptForTheNextRequest() {
        try (OpenSocket socket = LISTENER.open()) {
            assertThat(socket.say(post("/echo", "one")).hear().body()).isEqualTo("one");
            assertThat(socket.say(post("//echo/", "two")).hear().body()).isEqualTo("two");
            assertThat(socket.say("GET /echo?say=a%20b HTTP/1.1\r\nHost: x\r\n\r\n")
                            .hear()
                            .body())
                    .isEqualTo("a b");
        }
    }

    @Test
    void aRequestMayComeByteByByte() {
        try (OpenSocket socket = LISTENER.open()) {
            for (byte one : post("/echo", "slowly").getBytes(StandardCharsets.ISO_8859_1)) {
                socket.say(new byte[] {one});
            }

            assertThat(socket.hear().body()).isEqualTo("slowly");
        }
    }

    @Test
    void answersKeepTheOrderOfTheirRequestsWhateverIsReadyFirst() {
        try (OpenSocket socket = LISTENER.open()) {
            socket.say(post("/later", "a") + post("/later", "b") + post("/echo", "c"));
            await(() -> LISTENER.waiting() == 2);
            LISTENER.answer(true, "second");
            LISTENER.answer(false, "first");

            assertThat(List.of(
                            socket.hear().body(),
                            socket.hear().body(),
                            socket.hear().body()))
                    .containsExactly("first", "second", "c");
        }
    }

    @Test
    void moreRequestsAtOnceThanAreReadAheadAreAllAnswered() {
        try (OpenSocket socket = LISTENER.open()) {
            var all = new StringBuilder();
            for (int i = 0; i < 500; i++) {
                all.append(post("/echo", Integer.toString(i)));
            }
            socket.say(all.toString());

            for (int i = 0; i < 500; i++) {
                assertThat(socket.hear().body()).isEqualTo(Integer.toString(i));
            }
        }
    }

    @Test
    void aBodyMayComeInChunksAndPacked() throws IOException {
        byte[] packed = gzip("chunks and gzip ".repeat(10).getBytes(StandardCharsets.UTF_8));
        try (OpenSocket socket = LISTENER.open()) {
            socket.say(
                    "POST /echo HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\nContent-Encoding: gzip\r\n\r\n");
            for (byte one : packed) {
                socket.say("1\r\n").say(new byte[] {one}).say("\r\n");
            }
            socket.say("0\r\n\r\n");

            assertThat(socket.hear().body()).startsWith("chunks and gzip chunks");
        }
    }

    @Test
    void aClientThatAsksToSendIsToldTo() {
        try (OpenSocket socket = LISTENER.open()) {
            socket.say("POST /echo HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\n");
            assertThat(socket.hear().status()).isEqualTo(100);

            assertThat(socket.say("hi").hear().body()).isEqualTo("hi");
        }
    }

    @Test
    void aClientThatAsksToSendAndDoesNotWaitIsToldNothingAfterItsAnswer() {
        try (OpenSocket socket = LISTENER.open()) {
            socket.say(post("/later", "a")
                    + "POST /echo HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\nhi"
                    + post("/later", "b"));
            await(() -> LISTENER.waiting() == 2);
            LISTENER.answer(false, "first");
            assertThat(socket.hear().body()).isEqualTo("first");
            assertThat(socket.hear().body()).isEqualTo("hi");
            LISTENER.answer(false, "third");

            assertThat(socket.hear().body()).isEqualTo("third");
            assertThat(socket.say(post("/echo", "fourth")).hear().body()).isEqualTo("fourth");
        }
    }

    @Test
    void aClientThatAsksToSendTooMuchIsToldNotToAndNothingIsRead() {
        try (OpenSocket socket = LISTENER.open()) {
            socket.say("POST /echo HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: 10001\r\n\r\n");

            OpenSocket.Answer answer = socket.hear();

            assertThat(answer.status()).isEqualTo(413);
            assertThat(answer.body()).contains("body_too_large");
            assertThat(answer.closes()).isTrue();
            assertThat(socket.ends()).isTrue();
        }
    }

    @Test
    void aClientThatSendsTooMuchHearsWhyBeforeTheConnectionEnds() {
        byte[] chunk = ("1000\r\n" + "x".repeat(4096) + "\r\n").getBytes(StandardCharsets.ISO_8859_1);
        try (OpenSocket socket = LISTENER.open()) {
            socket.say("POST /echo HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n");
            // It may be refused before all of it is said.
            socket.sayUntilRefused(chunk, 20);

            assertThat(socket.hear().status()).isEqualTo(413);
            assertThat(socket.ends()).isTrue();
        }
    }

    @Test
    void aBombIsTooLargeAndAHalfPackedBodyIsBad() throws IOException {
        byte[] bomb = gzip(new byte[2_000_000]);
        byte[] half = Arrays.copyOf(gzip("a whole body".getBytes(StandardCharsets.UTF_8)), 20);

        assertThat(packed(bomb)).contains("body_too_large");
        assertThat(packed(half)).contains("bad_gzip");
        assertThat(packed(new byte[] {1, 2, 3})).contains("bad_gzip");
    }

    private static String packed(byte[] body) {
        try (OpenSocket socket = LISTENER.open()) {
            socket.say("POST /echo HTTP/1.1\r\nHost: x\r\nContent-Encoding: gzip\r\nContent-Length: " + body.length
                            + "\r\n\r\n")
                    .say(body);
            return socket.hear().body();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "NONSENSE\r\n\r\n",
                "GET /echo\r\n\r\n",
                "GET /echo HTTP/9.9\r\nHost: x\r\n\r\n",
                "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
                "GET /echo HTTP/1.1\r\n\r\n",
                "GET /echo HTTP/1.1\r\nHost: x\r\nbad name: 1\r\n\r\n",
                "GET /{} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
                "POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: -5\r\n\r\n",
                "POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab",
                "POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
                "POST /echo HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n",
                "POST /echo HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n\r\n",
                TWICE + "identity\r\n\r\n0\r\n\r\n",
                TWICE + "chunked\r\n\r\n0\r\n\r\n",
                "POST /echo HTTP/1.0\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
                "\u0016\u0003\u0001\u0002\u0000\u0001\u0000\u0003\u0003 a TLS greeting\r\n\r\n",
            })
    void whatIsNoRequestIsAnswered400AndNothingAfterIt(String text) {
        try (OpenSocket socket = LISTENER.open()) {
            socket.say(text + post("/echo", "smuggled"));

            OpenSocket.Answer answer = socket.hear();

            assertThat(answer.status()).isEqualTo(400);
            assertThat(answer.body()).contains("\"code\":\"http_400\"");
            assertThat(answer.closes()).isTrue();
            assertThat(socket.ends()).isTrue();
        }
    }

    @Test
    void hugeHeadersAreRefused() {
        try (OpenSocket line = LISTENER.open();
                OpenSocket field = LISTENER.open();
                OpenSocket fields = LISTENER.open()) {
            line.say("GET /" + "x".repeat(3000) + " HTTP/1.1\r\nHost: x\r\n\r\n");
            field.say("GET /echo HTTP/1.1\r\nHost: x\r\nX: " + "x".repeat(3000) + "\r\n\r\n");
            fields.say("GET /echo HTTP/1.1\r\nHost: x\r\n" + "X-Y: z\r\n".repeat(400) + "\r\n");

            assertThat(List.of(
                            line.hear().status(),
                            field.hear().status(),
                            fields.hear().status()))
                    .containsExactly(414, 431, 431);
        }
    }

    @Test
    void anExpectationThatNobodyCanMeetIsAnswered417() {
        try (OpenSocket socket = LISTENER.open()) {
            assertThat(socket.say("GET /echo HTTP/1.1\r\nHost: x\r\nExpect: miracles\r\n\r\n")
                            .hear()
                            .status())
                    .isEqualTo(417);
        }
    }

    @Test
    void headOptionsAndMethodsThatAreNotThere() {
        try (OpenSocket socket = LISTENER.open()) {
            OpenSocket.Answer head =
                    socket.say("HEAD /echo HTTP/1.1\r\nHost: x\r\n\r\n").hear(false);
            OpenSocket.Answer options =
                    socket.say("OPTIONS /later HTTP/1.1\r\nHost: x\r\n\r\n").hear();
            OpenSocket.Answer delete =
                    socket.say("DELETE /echo HTTP/1.1\r\nHost: x\r\n\r\n").hear();
            OpenSocket.Answer nowhere =
                    socket.say("GET /nowhere HTTP/1.1\r\nHost: x\r\n\r\n").hear();

            assertThat(head.head()).contains("Content-Length: 7");
            assertThat(options.status()).isEqualTo(204);
            assertThat(options.head())
                    .contains(
                            "Allow: POST, OPTIONS", "Access-Control-Allow-Origin: *", "Access-Control-Max-Age: 86400");
            assertThat(delete.status()).isEqualTo(405);
            assertThat(delete.head()).contains("Allow: GET, HEAD, POST, OPTIONS");
            assertThat(nowhere.status()).isEqualTo(404);
            assertThat(nowhere.body()).contains("not_found");
        }
    }

    @Test
    void anOldClientsConnectionEndsWithItsAnswer() {
        try (OpenSocket socket = LISTENER.open()) {
            assertThat(socket.say("GET /echo HTTP/1.0\r\n\r\n").hear().status()).isEqualTo(200);
            assertThat(socket.ends()).isTrue();
        }
    }

    @Test
    void aHandlerThatFailsTellsNothingOfItself() {
        try (OpenSocket socket = LISTENER.open()) {
            OpenSocket.Answer answer = socket.say(post("/fails", "x")).hear();

            assertThat(answer.status()).isEqualTo(500);
            assertThat(answer.body()).contains("internal").doesNotContain("as asked", "Exception");
        }
    }

    @Test
    void aClientThatEndsItsSideStillGetsItsAnswer() {
        try (OpenSocket socket = LISTENER.open()) {
            socket.say(post("/later", "x")).endOfTalk();
            await(() -> LISTENER.waiting() == 1);
            LISTENER.answer(false, "late");

            assertThat(socket.hear().body()).isEqualTo("late");
            assertThat(socket.ends()).isTrue();
        }
    }

    @Test
    void aBodyThatIsCutShortIsAnswered400() {
        try (OpenSocket body = LISTENER.open();
                OpenSocket head = LISTENER.open()) {
            body.say("POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n\r\nabc")
                    .endOfTalk();
            head.say("POST /echo HTTP/1.1\r\nHost").endOfTalk();

            assertThat(body.hear().body()).contains("body_cut_short");
            assertThat(head.hear().status()).isEqualTo(400);
        }
    }

    private static byte[] gzip(byte[] bytes) throws IOException {
        var out = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(out)) {
            gzip.write(bytes);
        }
        return out.toByteArray();
    }
}
