package dev.sluice.tracker.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.tracker.Limits;
import io.netty.util.ResourceLeakDetector;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/**
 * A listener on a free port with small bounds. {@code /echo} answers with the body, {@code /later} when it is told to,
 * {@code /fails} throws, {@code /long} and {@code /huge} have such answers.
 */
final class TestListener implements AutoCloseable {
    static final int BODY_BYTES = 10_000;
    /** As long as the largest file of the API's page. */
    static final int LONG_BYTES = 1_700_000;

    /** More than the operating system takes for a client that does not read. */
    static final int HUGE_BYTES = 12_000_000;

    private static final Reply HUGE = Reply.text(200, "text/plain", "0123456789".repeat(HUGE_BYTES / 10));
    private static final Reply LONG = Reply.text(200, "text/plain", "0123456789".repeat(LONG_BYTES / 10));

    private final ConcurrentLinkedQueue<CompletableFuture<Reply>> later = new ConcurrentLinkedQueue<>();
    private final Traffic traffic = new Traffic();
    private final Listener listener;

    TestListener() {
        this(Patience.LONG);
    }

    TestListener(Patience patience) {
        this(patience, 5000, System::nanoTime);
    }

    /** @param nanoTime by which clients are idle and take nothing */
    TestListener(Patience patience, LongSupplier nanoTime) {
        this(patience, 5000, nanoTime);
    }

    TestListener(Patience patience, int connections) {
        this(patience, connections, System::nanoTime);
    }

    private TestListener(Patience patience, int connections, LongSupplier nanoTime) {
        ResourceLeakDetector.setLevel(ResourceLeakDetector.Level.PARANOID);
        Routes routes = Routes.builder()
                .post("/echo", call -> Reply.json(200, call.body()).now())
                .get(
                        "/echo",
                        call -> Reply.text(200, "text/plain", call.query("say").orElse("nothing"))
                                .now())
                .post("/later", call -> answerLater())
                .get("/long", call -> LONG.now())
                .get("/huge", call -> HUGE.now())
                .post("/fails", call -> {
                    throw new IllegalStateException("as asked");
                })
                .build();
        listener = new Listener(
                routes,
                settings(patience, connections),
                new Limits(BODY_BYTES, 1000, 100, 10),
                traffic,
                new Listener.Clocks(InstantSource.system(), nanoTime));
        listener.start();
    }

    /**
     * How long a client may take. What a test is not about is long: on a slow machine it must not come first.
     *
     * @param idle between requests
     * @param drain of a stop
     */
    record Patience(Duration request, Duration write, Duration idle, Duration drain) {
        private static final Duration A_MINUTE = Duration.ofMinutes(1);
        static final Patience LONG = new Patience(A_MINUTE, A_MINUTE, A_MINUTE, A_MINUTE);

        Patience request(Duration within) {
            return new Patience(within, write, idle, drain);
        }

        Patience write(Duration within) {
            return new Patience(request, within, idle, drain);
        }

        Patience idle(Duration within) {
            return new Patience(request, write, within, drain);
        }

        Patience drain(Duration within) {
            return new Patience(request, write, idle, within);
        }
    }

    /** With little of everything. */
    private static ListenerSettings settings(Patience patience, int connections) {
        return new ListenerSettings(
                "127.0.0.1",
                0,
                1,
                connections,
                8,
                4,
                2048,
                64 << 10,
                20,
                patience.request(),
                patience.write(),
                patience.idle(),
                patience.drain());
    }

    static void await(BooleanSupplier condition) {
        long deadline = System.nanoTime() + 60_000_000_000L;
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("within a minute").isLessThan(deadline);
            LockSupport.parkNanos(5_000_000);
        }
    }

    private CompletionStage<Reply> answerLater() {
        var reply = new CompletableFuture<Reply>();
        later.add(reply);
        return reply;
    }

    /** Requests for {@code /later} that wait. */
    int waiting() {
        return later.size();
    }

    /** Answers the one that came first, or the last; from this thread, which is none of the listener's. */
    void answer(boolean last, String text) {
        answer(last, Reply.text(200, "text/plain", text));
    }

    void answer(boolean last, Reply reply) {
        var waiting = new ArrayList<>(later);
        CompletableFuture<Reply> one = last ? waiting.getLast() : waiting.getFirst();
        later.remove(one);
        one.complete(reply);
    }

    OpenSocket open() {
        return new OpenSocket(listener.port());
    }

    Traffic traffic() {
        return traffic;
    }

    /** One of the traffic's counters. */
    long counted(String name) {
        return traffic.counters().getOrDefault(name, -1L);
    }

    CompletableFuture<Void> drain() {
        return listener.drain();
    }

    @Override
    public void close() {
        listener.drain().orTimeout(2, TimeUnit.MINUTES).join();
    }
}
