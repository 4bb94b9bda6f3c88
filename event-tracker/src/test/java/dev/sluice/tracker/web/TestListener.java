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
        this(settings(Duration.ofSeconds(5)));
    }

    TestListener(ListenerSettings settings) {
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
        listener =
                new Listener(routes, settings, new Limits(BODY_BYTES, 1000, 100, 10), traffic, InstantSource.system());
        listener.start();
    }

    /** With little of everything. */
    static ListenerSettings settings(Duration patience) {
        return settings(patience, patience);
    }

    static ListenerSettings settings(Duration writeWithin, Duration idleWithin) {
        return new ListenerSettings(
                "127.0.0.1",
                0,
                1,
                5000,
                8,
                4,
                2048,
                64 << 10,
                20,
                idleWithin,
                writeWithin,
                idleWithin,
                Duration.ofSeconds(3));
    }

    static void await(BooleanSupplier condition) {
        long deadline = System.nanoTime() + 10_000_000_000L;
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("within 10 s").isLessThan(deadline);
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
        listener.drain().orTimeout(10, TimeUnit.SECONDS).join();
    }
}
