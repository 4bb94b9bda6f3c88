package dev.sluice.tracker.web;

import static dev.sluice.tracker.web.TestListener.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.tracker.web.TestListener.Patience;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufAllocatorMetricProvider;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/**
 * Real sockets. Promises: clients that do not take their answers cost direct memory for a few pieces of them, and no
 * request is worked off for them ahead; who takes them slowly gets them whole; who takes nothing is cut off, also at the
 * end of its connection; an answer that cannot be written ends the connection, and never makes way for the next one.
 */
final class SlowReceiverTest {
    private static final String LONG = "GET /long HTTP/1.1\r\nHost: x\r\n\r\n";
    private static final String LATER = "POST /later HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\n\r\nx";

    @Test
    void aLongAnswerIsWhole() {
        try (var listener = new TestListener();
                OpenSocket socket = listener.open()) {
            socket.say(LONG + "HEAD /long HTTP/1.1\r\nHost: x\r\n\r\n" + LONG);

            assertThat(socket.hear().body()).isEqualTo("0123456789".repeat(TestListener.LONG_BYTES / 10));
            assertThat(socket.hear(false).head()).contains("Content-Length: " + TestListener.LONG_BYTES);
            assertThat(socket.hear().body()).hasSize(TestListener.LONG_BYTES);
        }
    }

    @Test
    void longAnswersThatNobodyTakesCostLittleDirectMemory() {
        try (var listener = new TestListener()) {
            long before = directMemory();
            var sockets = new ArrayList<OpenSocket>();
            for (int i = 0; i < 30; i++) {
                sockets.add(listener.open().say(LONG));
            }
            await(() -> listener.counted("answers2xx") == 30);

            assertThat(directMemory() - before).isLessThan(8 << 20);
            assertThat(sockets)
                    .allSatisfy(socket -> assertThat(socket.hear().body()).hasSize(TestListener.LONG_BYTES));
            sockets.forEach(OpenSocket::close);
        }
    }

    /** Thousands of short requests fit into what is read at once. */
    @Test
    void requestsThatHaveBeenReadWaitUntilTheClientTakesItsAnswers() {
        try (var listener = new TestListener();
                OpenSocket socket = listener.open()) {
            growReads(socket);
            long before = listener.counted("answers2xx");
            String small = "GET /echo?say=" + "x".repeat(1000) + " HTTP/1.1\r\nHost: x\r\n\r\n";
            socket.say(LONG + small.repeat(3) + LONG.repeat(500));
            await(() -> listener.counted("answers2xx") > before);

            // A second connection of the same event loop: what it has to do for the first one is done before.
            try (OpenSocket other = listener.open()) {
                assertThat(other.say("GET /echo?say=hi HTTP/1.1\r\nHost: x\r\n\r\n")
                                .hear()
                                .body())
                        .isEqualTo("hi");
            }
            assertThat(listener.counted("answers2xx") - before).isLessThan(5);

            assertThat(socket.hear().body()).hasSize(TestListener.LONG_BYTES);
            for (int i = 0; i < 3; i++) {
                assertThat(socket.hear().body()).hasSize(1000);
            }
            for (int i = 0; i < 5; i++) {
                assertThat(socket.hear().body()).hasSize(TestListener.LONG_BYTES);
            }
        }
    }

    /** A listener reads more at once from who has sent much. */
    private static void growReads(OpenSocket socket) {
        for (int i = 0; i < 10; i++) {
            String body = "x".repeat(TestListener.BODY_BYTES);
            socket.say("POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: " + body.length() + "\r\n\r\n" + body);
            assertThat(socket.hear().body()).hasSize(body.length());
        }
    }

    @Test
    void requestsAreAnsweredThoughTheClientEndsItsSideWhileTheyWait() {
        try (var listener = new TestListener();
                OpenSocket socket = listener.open()) {
            socket.say(LONG + LATER.repeat(3) + LONG.repeat(3)).endOfTalk();

            assertThat(socket.hear().body()).hasSize(TestListener.LONG_BYTES);
            for (int i = 0; i < 3; i++) {
                await(() -> listener.waiting() > 0);
                listener.answer(false, "late");
                assertThat(socket.hear().body()).isEqualTo("late");
            }
            for (int i = 0; i < 3; i++) {
                assertThat(socket.hear().body()).hasSize(TestListener.LONG_BYTES);
            }
            assertThat(socket.ends()).isTrue();
        }
    }

    @Test
    void whoTakesAnAnswerSlowlyGetsAllOfIt() {
        var nanos = new AtomicLong();
        try (var listener = new TestListener(Patience.LONG.write(Duration.ofMillis(100)), nanos::get);
                OpenSocket socket = listener.open()) {
            socket.say("GET /huge HTTP/1.1\r\nHost: x\r\n\r\n");
            assertThat(socket.hear(false).status()).isEqualTo(200);
            int taken = 0;
            int part = TestListener.HUGE_BYTES / 50;
            for (int i = 0; i < 49; i++) {
                // Two parts are more than the operating system holds on the way: for one of them something leaves.
                taken += socket.take(part);
                nanos.addAndGet(30_000_000);
                // The listener looks every 25 ms.
                LockSupport.parkNanos(10_000_000);
            }
            taken += socket.take(part);

            assertThat(taken).isEqualTo(TestListener.HUGE_BYTES);
            assertThat(listener.counted("tooSlow")).isZero();
        }
    }

    @Test
    void whoTakesNothingIsCutOffThoughItIsIdleLongBefore() {
        var nanos = new AtomicLong();
        try (var listener = new TestListener(
                        Patience.LONG.write(Duration.ofSeconds(1)).idle(Duration.ofMillis(200)), nanos::get);
                OpenSocket idle = listener.open().say(LONG);
                OpenSocket last = listener.open().say("GET /long HTTP/1.0\r\n\r\n");
                OpenSocket half = listener.open().say(LONG).endOfTalk()) {
            await(() -> listener.counted("answers2xx") == 3);
            await(() -> {
                nanos.addAndGet(100_000_000);
                return listener.counted("tooSlow") == 3;
            });
            await(() -> listener.traffic().connections() == 0);
            assertThat(idle.ends() && last.ends() && half.ends()).isTrue();
        }
    }

    @Test
    void anAnswerThatCannotBeWrittenEndsTheConnection() {
        try (var listener = new TestListener();
                OpenSocket socket = listener.open()) {
            socket.say(LATER + LATER);
            await(() -> listener.waiting() == 2);
            listener.answer(false, new Reply(-1, "", new byte[0], Map.of()));
            listener.answer(false, "of the second request");

            assertThat(socket.take(1)).isZero();
            await(() ->
                    listener.traffic().connections() == 0 && listener.traffic().requests() == 0);
        }
    }

    private static long directMemory() {
        return ((ByteBufAllocatorMetricProvider) ByteBufAllocator.DEFAULT)
                .metric()
                .usedDirectMemory();
    }
}
