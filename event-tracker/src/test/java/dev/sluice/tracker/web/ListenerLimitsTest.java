package dev.sluice.tracker.web;

import static dev.sluice.tracker.web.TestListener.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.tracker.web.TestListener.Patience;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Real sockets. Promises: a client that is slow, idle or greedy costs no more than its bounds and others nothing; beyond
 * the node's own bounds the answer is 503 with Retry-After; a stop answers what is under way and ends the rest.
 */
final class ListenerLimitsTest {
    private static final String ECHO = "POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\n\r\nx";
    private static final String HEAD = "POST /later HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\n\r\n";

    @Test
    void whoSendsARequestTooSlowlyIsCutOffHoweverSteadily() {
        try (var listener = new TestListener(Patience.LONG.request(Duration.ofMillis(400)));
                OpenSocket head = listener.open();
                OpenSocket body = listener.open()) {
            head.say("POST /echo HTTP/1.1\r\n");
            body.say("POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n\r\n");

            await(() -> {
                head.sayUntilRefused(new byte[] {'x'}, 1);
                body.sayUntilRefused(new byte[] {'x'}, 1);
                return listener.counted("tooSlow") == 2;
            });

            assertThat(head.hear().status()).isEqualTo(408);
            assertThat(body.hear().status()).isEqualTo(408);
            await(() -> listener.traffic().connections() == 0);
        }
    }

    /** RFC 9112, 2.2: some clients say one after a body. */
    @ParameterizedTest
    @ValueSource(strings = {"\r\n", "\n", "\r\n\r\n"})
    void anEmptyLineIsNoRequestThatArrivesSlowly(String line) {
        var nanos = new AtomicLong();
        try (var listener = new TestListener(Patience.LONG.request(Duration.ofMillis(200)), nanos::get);
                OpenSocket together = listener.open();
                OpenSocket later = listener.open()) {
            together.say(ECHO + line);
            later.say(ECHO);
            assertThat(List.of(together.hear().body(), later.hear().body())).containsExactly("x", "x");
            later.say(line);
            nanos.addAndGet(Duration.ofMinutes(2).toNanos());

            // For they are idle.
            assertThat(List.of(together.ends(), later.ends())).containsOnly(true);
            assertThat(listener.counted("tooSlow")).isZero();
        }
    }

    @Test
    void aStopDoesNotWaitForWhatFollowsAnEmptyLine() {
        var listener = new TestListener();
        try (OpenSocket socket = listener.open()) {
            assertThat(socket.say(ECHO + "\r\n").hear().body()).isEqualTo("x");

            listener.drain().orTimeout(30, TimeUnit.SECONDS).join();

            assertThat(socket.ends()).isTrue();
        }
    }

    @Test
    void whoSaysNothingIsSentAwayWithoutAnError() {
        try (var listener = new TestListener(Patience.LONG.idle(Duration.ofMillis(200)));
                OpenSocket socket = listener.open()) {
            assertThat(socket.ends()).isTrue();
            assertThat(listener.counted("tooSlow")).isZero();
        }
    }

    @Test
    void whoTakesNoAnswersIsReadNoFurtherAndThenCutOff() {
        try (var listener = new TestListener(Patience.LONG.write(Duration.ofMillis(500)));
                OpenSocket socket = listener.open()) {
            String request = "POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 9000\r\n\r\n" + "x".repeat(9000);
            socket.sayUntilRefused(request.getBytes(StandardCharsets.ISO_8859_1), 20_000);

            await(() -> listener.traffic().connections() == 0);
            assertThat(listener.counted("tooSlow")).isEqualTo(1);
        }
    }

    @Test
    void moreRequestsThanMayWaitAreToldToComeBack() {
        try (var listener = new TestListener()) {
            var sockets = new ArrayList<OpenSocket>();
            for (int i = 0; i < 9; i++) {
                sockets.add(listener.open().say(HEAD + "x"));
            }
            await(() -> listener.waiting() == 8 && listener.counted("answers5xx") == 1);
            for (int i = 0; i < 8; i++) {
                listener.answer(false, "done");
            }

            List<OpenSocket.Answer> answers =
                    sockets.stream().map(OpenSocket::hear).toList();

            assertThat(answers).filteredOn(answer -> answer.status() == 200).hasSize(8);
            assertThat(answers)
                    .filteredOn(answer -> answer.status() == 503)
                    .singleElement()
                    .satisfies(answer -> assertThat(answer.head()).contains("Retry-After: 2"));
            sockets.forEach(OpenSocket::close);
        }
    }

    @Test
    void moreBodiesInPartsThanThereIsRoomForAreToldToComeBack() {
        try (var listener = new TestListener()) {
            var sockets = new ArrayList<OpenSocket>();
            for (int i = 0; i < 12; i++) {
                sockets.add(listener.open()
                        .say("POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 9500\r\n\r\n" + "x".repeat(9000)));
            }
            await(() -> listener.counted("answers5xx") > 0);

            sockets.forEach(socket -> socket.sayUntilRefused(new byte[500], 1));
            List<Integer> statuses =
                    sockets.stream().map(socket -> socket.hear().status()).toList();

            assertThat(statuses).containsOnly(200, 503).contains(200, 503);
            sockets.forEach(OpenSocket::close);
            await(() -> listener.traffic().addArriving(0) == 0);
        }
    }

    @Test
    void moreConnectionsThanAreAllowedAreToldToComeBack() {
        try (var listener = new TestListener(Patience.LONG, 2);
                OpenSocket first = listener.open();
                OpenSocket second = listener.open()) {
            await(() -> listener.traffic().connections() == 2);
            try (OpenSocket third = listener.open()) {
                assertThat(third.hear().status()).isEqualTo(503);
                assertThat(third.ends()).isTrue();
            }
            assertThat(first.say("GET /echo HTTP/1.1\r\nHost: x\r\n\r\n").hear().status())
                    .isEqualTo(200);
            second.endOfTalk();
            await(() -> listener.traffic().connections() == 1);
            try (OpenSocket again = listener.open()) {
                assertThat(again.say("GET /echo HTTP/1.1\r\nHost: x\r\n\r\n")
                                .hear()
                                .status())
                        .isEqualTo(200);
            }
        }
    }

    @Test
    void thousandsOfConnectionsAreServedSideBySide() {
        try (var listener = new TestListener()) {
            var sockets = new ArrayList<OpenSocket>();
            for (int i = 0; i < 2000; i++) {
                sockets.add(listener.open());
            }
            await(() -> listener.traffic().connections() == 2000);

            sockets.forEach(socket -> socket.say("GET /echo?say=hi HTTP/1.1\r\nHost: x\r\n\r\n"));

            assertThat(sockets)
                    .allSatisfy(socket -> assertThat(socket.hear().body()).isEqualTo("hi"));
            sockets.forEach(OpenSocket::close);
            await(() -> listener.traffic().connections() == 0);
        }
    }

    @Test
    void aStopAnswersWhatIsUnderWayAndTakesNothingNew() {
        var listener = new TestListener();
        try (OpenSocket idle = listener.open();
                OpenSocket underWay = listener.open();
                OpenSocket halfSent = listener.open()) {
            underWay.say(HEAD + "x");
            halfSent.say("POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 4\r\n\r\nab");
            await(() -> listener.waiting() == 1 && listener.traffic().connections() == 3);
            // What was not read of a request yet does not keep its connection.
            await(() -> listener.traffic().addArriving(0) > 0);

            var drained = listener.drain();
            await(() -> listener.traffic().isDraining());
            halfSent.say("cd");
            listener.answer(false, "still");

            OpenSocket.Answer last = underWay.hear();
            assertThat(last.body()).isEqualTo("still");
            assertThat(last.closes()).isTrue();
            assertThat(halfSent.hear().body()).isEqualTo("abcd");
            assertThat(idle.ends()).isTrue();
            drained.orTimeout(1, TimeUnit.MINUTES).join();
            assertThat(listener.traffic().connections()).isZero();
        }
    }

    @Test
    void aStopWaitsNoLongerThanItsTimeForWhoDoesNotGo() {
        var listener = new TestListener(Patience.LONG.drain(Duration.ofSeconds(1)));
        try (OpenSocket stuck = listener.open()) {
            stuck.say("POST /later HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\n\r\nx");
            await(() -> listener.waiting() == 1);
            long begun = System.nanoTime();

            listener.drain().orTimeout(60, TimeUnit.SECONDS).join();

            assertThat(Duration.ofNanos(System.nanoTime() - begun)).isGreaterThanOrEqualTo(Duration.ofMillis(900));
            assertThat(stuck.ends()).isTrue();
        }
    }
}
