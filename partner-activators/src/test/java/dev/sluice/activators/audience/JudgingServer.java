package dev.sluice.activators.audience;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;

/**
 * A partner on loopback: it judges each request as that partner's documentation says, unless it was told to answer the next
 * ones otherwise. Thread-safe as far as the judge is; requests are judged one at a time.
 */
public final class JudgingServer implements AutoCloseable {
    private static final Duration LATENESS = Duration.ofMillis(500);

    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final List<Call> calls = Collections.synchronizedList(new ArrayList<>());
    private final Queue<Reply> next = new ConcurrentLinkedQueue<>();
    private final Function<Call, Reply> judge;
    private volatile Optional<Reply> always = Optional.empty();

    public JudgingServer(Function<Call, Reply> judge) {
        this.judge = judge;
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(threads);
        server.createContext("/", this::serve);
        server.start();
    }

    /** One request; header names in lower case. */
    public record Call(String method, String target, Map<String, String> headers, byte[] body) {
        public String header(String name) {
            return headers.getOrDefault(name, "");
        }
    }

    /** One answer; a status of 0 is none until the server closes, one below 0 is a body that never comes to its end. */
    public record Reply(int status, String body, Map<String, String> headers) {
        private static final int LOST = 1;
        private static final int LATE = 2;

        /** The request is judged and done; its answer is lost on the way. */
        public static Reply lost() {
            return new Reply(LOST, "", Map.of());
        }

        /** The request is judged and done; its answer takes half a second. */
        public static Reply late() {
            return new Reply(LATE, "", Map.of());
        }

        public static Reply json(int status, String body) {
            return new Reply(status, body, Map.of("content-type", "application/json; charset=utf-8"));
        }

        public static Reply html(int status) {
            return new Reply(status, "<!doctype html><title>Sorry</title>", Map.of("content-type", "text/html"));
        }

        public static Reply silence() {
            return new Reply(0, "", Map.of());
        }

        public static Reply slowly() {
            return new Reply(-1, "", Map.of());
        }

        public Reply with(String header, String value) {
            var more = new TreeMap<>(headers);
            more.put(header, value);
            return new Reply(status, body, more);
        }
    }

    /** Answers the next requests so, one each, without judging them. */
    public void next(Reply... replies) {
        next.addAll(List.of(replies));
    }

    /** Answers all requests so, without judging them, until it {@link #recover}s. */
    public void always(Reply reply) {
        always = Optional.of(reply);
    }

    /** Judges again. */
    public void recover() {
        always = Optional.empty();
    }

    public URI base() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    /** Requests so far. */
    public List<Call> calls() {
        synchronized (calls) {
            return List.copyOf(calls);
        }
    }

    @Override
    public void close() {
        closed.countDown();
        server.stop(0);
        threads.shutdownNow();
    }

    private void serve(HttpExchange exchange) throws IOException {
        try (exchange) {
            Map<String, String> headers = new TreeMap<>();
            exchange.getRequestHeaders()
                    .forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), values.getFirst()));
            var call = new Call(
                    exchange.getRequestMethod(),
                    exchange.getRequestURI().toString(),
                    headers,
                    exchange.getRequestBody().readAllBytes());
            calls.add(call);
            Reply scripted = next.poll();
            Reply told = scripted != null ? scripted : always.orElseGet(() -> judged(call));
            Reply reply = told.status() == Reply.LOST || told.status() == Reply.LATE ? judged(call) : told;
            if (told.status() == Reply.LOST) {
                return;
            }
            if (told.status() == Reply.LATE) {
                LockSupport.parkNanos(LATENESS.toNanos());
            }
            if (reply.status() == 0) {
                untilClosed();
                return;
            }
            if (reply.status() < 0) {
                dribble(exchange);
                return;
            }
            reply.headers().forEach(exchange.getResponseHeaders()::add);
            byte[] body = reply.body().getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(reply.status(), body.length == 0 ? -1 : body.length);
            exchange.getResponseBody().write(body);
        }
    }

    private synchronized Reply judged(Call call) {
        try {
            return judge.apply(call);
        } catch (RuntimeException | AssertionError e) {
            // A judge that breaks must not look like a partner that is well.
            return Reply.json(599, "{\"judge\":\"broke\"}");
        }
    }

    private void dribble(HttpExchange exchange) throws IOException {
        exchange.sendResponseHeaders(200, 1_000_000);
        exchange.getResponseBody().write('{');
        exchange.getResponseBody().flush();
        untilClosed();
    }

    private void untilClosed() {
        try {
            closed.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
