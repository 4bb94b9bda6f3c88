package dev.sluice.activators.http;

import static dev.sluice.activators.http.PinnedHttpTest.answered;
import static dev.sluice.activators.http.PinnedHttpTest.http;
import static dev.sluice.activators.http.Reply.endless;
import static dev.sluice.activators.http.Reply.endlessHead;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.activators.http.PartnerHttp.Exchange;
import dev.sluice.activators.http.PartnerHttp.Exchange.Answered;
import dev.sluice.activators.http.PartnerHttp.Exchange.Unanswered;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Promises of what a partner can cost us:
 *
 * <ul>
 *   <li>whatever the partner does is a value, within the time that was given: silence, a stall, one byte at a time, a head or
 *       a body without end, a look-up that hangs
 *   <li>a call that is given up keeps a place until its thread has ended, and one that was answered none
 *   <li>a call waits for no other, of the same host or of others
 *   <li>whether the partner may have got a request that was given up is told
 * </ul>
 */
@Timeout(240)
final class PinnedHttpLimitsTest {
    private static final Duration PATIENT = Duration.ofMinutes(2);
    private static final Duration IMPATIENT = Duration.ofMillis(300);
    private static final String ANYBODY = "anybody";

    private final ScriptedServer server = new ScriptedServer();
    private final PinnedHttp http = http(HttpLimits.DEFAULT, InetAddress::getAllByName);

    @AfterEach
    void close() {
        http.close();
        server.close();
    }

    @Test
    void silenceEndsInTime() {
        server.always(server.silence());

        assertGivenUp(http.call(server.post("/", "{}"), IMPATIENT));
    }

    @Test
    void anAnswerThatStallsInItsBodyEndsInTime() {
        server.always(server.stalledBody(200));

        assertGivenUp(http.call(server.post("/", "{}"), IMPATIENT));
    }

    @Test
    void oneByteAtATimeDoesNotMakeTheTimeLonger() {
        server.always(server.dribble(200, Duration.ofMillis(20)));

        assertGivenUp(http.call(server.post("/", "{}"), IMPATIENT));
    }

    @Test
    void whoeverIsToldToStopSaysWhatMayHaveArrived() throws Exception {
        server.always(server.silence());
        var told = new FutureTask<Exchange>(() -> http.call(server.post("/", "{}"), PATIENT));
        Thread caller = Thread.startVirtualThread(told);
        server.awaitReceived(1);

        caller.interrupt();

        assertThat(told.get()).isEqualTo(new Unanswered("interrupted", true));
    }

    @Test
    void aCallThatIsGivenUpKeepsAPlaceUntilItsThreadHasEnded() {
        var end = new CountDownLatch(1);
        try (var hanging = http(limits(1), host -> {
            await(end);
            throw new UnknownHostException(host);
        })) {
            hanging.call(server.post("/", "{}"), IMPATIENT);

            assertThat(hanging.places().take(ANYBODY, Duration.ZERO)).isFalse();
            end.countDown();
            assertThat(hanging.places().take(ANYBODY, PATIENT)).isTrue();
        }
    }

    @Test
    void aCallThatWasAnsweredKeepsNone() {
        try (var one = http(limits(1), InetAddress::getAllByName)) {
            answered(one.call(server.post("/", "{}"), PATIENT));

            assertThat(one.places().take(ANYBODY, Duration.ZERO)).isTrue();
        }
    }

    @Test
    void aLookUpThatHangsEndsInTime() {
        var end = new CountDownLatch(1);
        try (var hanging = http(HttpLimits.DEFAULT, host -> {
            await(end);
            throw new UnknownHostException(host);
        })) {
            assertThat(hanging.call(server.post("/", "{}"), IMPATIENT))
                    .isEqualTo(new Unanswered("no answer within PT0.3S", false));
        } finally {
            end.countDown();
        }
    }

    @Test
    void aBodyWithoutEndIsHungUpOn() {
        server.always(endless(200));

        Answered answer = answered(http.call(server.post("/", "{}"), PATIENT));

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.whole()).isFalse();
        assertThat(answer.body()).hasSize(HttpLimits.DEFAULT.answerBytes());
    }

    @Test
    void aHeadWithoutEndIsNoAnswer() {
        server.always(endlessHead());

        assertThat(http.call(server.post("/", "{}"), PATIENT))
                .isInstanceOfSatisfying(
                        Unanswered.class, none -> assertThat(none.sent()).isTrue());
    }

    @Test
    void manyCallsOfOneHostWaitForNoneOfEachOther() throws Exception {
        int calls = 80;
        server.always(server.silence());
        try (var http = http(HttpLimits.DEFAULT, InetAddress::getAllByName);
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Exchange>> hanging = new ArrayList<>();
            for (int i = 0; i < calls; i++) {
                hanging.add(threads.submit(() -> http.call(server.post("/", "{}"), PATIENT)));
            }
            server.awaitReceived(calls);

            server.close();
            for (Future<Exchange> one : hanging) {
                assertThat(one.get()).isInstanceOf(Unanswered.class);
            }
        }
    }

    /** How far it was by then is the machine's affair; but what arrived was sent. */
    private void assertGivenUp(Exchange exchange) {
        assertThat(exchange).isInstanceOfSatisfying(Unanswered.class, none -> {
            assertThat(none.reason()).isEqualTo("no answer within PT0.3S");
            assertThat(none.sent() || server.received().isEmpty()).isTrue();
        });
    }

    private static HttpLimits limits(int atOnce) {
        return new HttpLimits(PATIENT, 3, atOnce, 4, PATIENT, PATIENT, 8192, 100, 1024);
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
