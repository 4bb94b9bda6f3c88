package dev.sluice.activators.messages;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;

/** A service on loopback that keeps what it received; a subclass' rules say what it answers, unless it was told something. */
public abstract class LocalServer implements AutoCloseable {
    private static final Duration LATENESS = Duration.ofMillis(500);

    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final List<Received> received = Collections.synchronizedList(new ArrayList<>());
    private final List<Received> taken = Collections.synchronizedList(new ArrayList<>());
    private final Deque<Reply> next = new ArrayDeque<>();

    @SuppressWarnings("this-escape") // Nobody knows the port before the subclass is whole.
    protected LocalServer() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/", this::serve);
        server.setExecutor(threads);
        server.start();
    }

    /** One request; header names in lower case. */
    public record Received(String method, URI uri, Map<String, String> headers, byte[] body) {
        /** The body as text. */
        public String text() {
            return new String(body, StandardCharsets.UTF_8);
        }
    }

    /** An answer; with status 0 none, the connection is closed. */
    public record Reply(int status, Map<String, String> headers, String body) {
        private static final int LOST = 1;
        private static final int LATE = 2;
        private static final int RULES = 3;

        /** The request is answered by the rules; the answer is lost on the way. */
        public static Reply lost() {
            return new Reply(LOST, Map.of(), "");
        }

        /** The request is answered by the rules, half a second late. */
        public static Reply late() {
            return new Reply(LATE, Map.of(), "");
        }

        /** A JSON answer. */
        public static Reply json(int status, String body) {
            return new Reply(status, Map.of("content-type", "application/json"), body);
        }

        /** With one more header. */
        public Reply with(String name, String value) {
            var more = new TreeMap<>(headers);
            more.put(name, value);
            return new Reply(status, more, body);
        }
    }

    /** What the service's documentation says to a request. */
    protected abstract Reply answer(Received request);

    /** The next request is answered so, whatever it is. */
    public final void next(Reply reply) {
        synchronized (next) {
            next.add(reply);
        }
    }

    /** Where it answers. */
    public final URI uri() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    /** What it received, in order. */
    public final List<Received> received() {
        synchronized (received) {
            return List.copyOf(received);
        }
    }

    /** What it received and took by its rules, in order, though the answer may have been lost. */
    public final List<Received> taken() {
        synchronized (taken) {
            return List.copyOf(taken);
        }
    }

    @Override
    public final void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    private Reply judged(Received request) {
        Reply reply = answer(request);
        if (reply.status() / 100 == 2) {
            taken.add(request);
        }
        return reply;
    }

    private void serve(HttpExchange exchange) throws IOException {
        try (exchange) {
            Map<String, String> headers = new TreeMap<>();
            exchange.getRequestHeaders()
                    .forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), values.getFirst()));
            var request = new Received(
                    exchange.getRequestMethod(),
                    exchange.getRequestURI(),
                    headers,
                    exchange.getRequestBody().readAllBytes());
            received.add(request);
            Optional<Reply> told;
            synchronized (next) {
                told = Optional.ofNullable(next.poll());
            }
            int way = told.map(Reply::status).orElse(Reply.RULES);
            Reply reply = told.filter(it -> it.status() == 0 || it.status() > Reply.RULES)
                    .orElseGet(() -> judged(request));
            if (way == Reply.LOST || reply.status() == 0) {
                return;
            }
            if (way == Reply.LATE) {
                LockSupport.parkNanos(LATENESS.toNanos());
            }
            reply.headers().forEach(exchange.getResponseHeaders()::set);
            byte[] body = reply.body().getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(reply.status(), body.length == 0 ? -1 : body.length);
            exchange.getResponseBody().write(body);
        }
    }
}
