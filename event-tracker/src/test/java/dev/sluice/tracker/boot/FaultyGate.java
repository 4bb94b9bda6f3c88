package dev.sluice.tracker.boot;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Stands before a tracker, remembers what passes, and now and then answers in its place as a tracker would that has no room.
 * Loopback, a free port.
 */
final class FaultyGate implements AutoCloseable {
    private static final Set<String> OF_THE_CONNECTION =
            Set.of("connection", "content-length", "transfer-encoding", "expect", "upgrade", "date");

    /**
     * A request that came.
     *
     * @param headers with names in lower case
     * @param status what it was answered
     */
    record Seen(String method, String path, List<Header> headers, int status) {
        Optional<String> header(String name) {
            return headers.stream()
                    .filter(each -> each.name().equals(name))
                    .map(Header::value)
                    .findFirst();
        }
    }

    /** A header of a request. */
    record Header(String name, String value) {}

    private record Answered(int status, byte[] body) {}

    private final URI target;
    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final HttpClient client = HttpClient.newHttpClient();
    private final Queue<Integer> refusals = new ConcurrentLinkedQueue<>();
    private final AtomicInteger passing = new AtomicInteger(Integer.MAX_VALUE);
    private final CountDownLatch opened = new CountDownLatch(1);
    private final Queue<Seen> seen = new ConcurrentLinkedQueue<>();

    FaultyGate(URI target) {
        this.target = target;
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(threads);
        server.createContext("/", this::answer);
        server.start();
    }

    URI base() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    /** The next POSTs are answered with these statuses, in order, and go no further. */
    FaultyGate refuse(Integer... statuses) {
        refusals.addAll(List.of(statuses));
        return this;
    }

    /** So many POSTs come through, whatever they are answered; the others wait until the gate is opened. */
    FaultyGate holdAfter(int posts) {
        passing.set(posts);
        return this;
    }

    void open() {
        opened.countDown();
    }

    /** What came so far. */
    List<Seen> seen(String method) {
        return seen.stream().filter(each -> each.method().equals(method)).toList();
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] body = exchange.getRequestBody().readAllBytes();
            boolean posted = exchange.getRequestMethod().equals("POST");
            if (posted && passing.getAndDecrement() <= 0) {
                opened.await();
            }
            Integer refusal = posted ? refusals.poll() : null;
            Answered answered = refusal == null ? forwarded(exchange, body) : refused(exchange, refusal);
            List<Header> headers = exchange.getRequestHeaders().entrySet().stream()
                    .flatMap(entry -> entry.getValue().stream()
                            .map(value -> new Header(entry.getKey().toLowerCase(Locale.ROOT), value)))
                    .toList();
            seen.add(new Seen(
                    exchange.getRequestMethod(), exchange.getRequestURI().toString(), headers, answered.status()));
            // Only now: whoever has the answer finds the request among those that were seen.
            exchange.sendResponseHeaders(answered.status(), answered.body().length == 0 ? -1 : answered.body().length);
            exchange.getResponseBody().write(answered.body());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static Answered refused(HttpExchange exchange, int status) {
        exchange.getResponseHeaders().set("Retry-After", "1");
        exchange.getResponseHeaders().set("Access-Control-Allow-Origin", "*");
        exchange.getResponseHeaders().set("Access-Control-Expose-Headers", "Retry-After");
        return new Answered(
                status,
                RunningTracker.bytes("{\"success\":false,\"code\":\"overloaded\",\"message\":\"\",\"rejected\":[]}"));
    }

    private Answered forwarded(HttpExchange exchange, byte[] body) throws IOException {
        var request = HttpRequest.newBuilder(
                        URI.create(target + exchange.getRequestURI().toString()))
                .method(exchange.getRequestMethod(), HttpRequest.BodyPublishers.ofByteArray(body));
        exchange.getRequestHeaders().forEach((name, values) -> {
            if (!OF_THE_CONNECTION.contains(name.toLowerCase(Locale.ROOT))) {
                values.forEach(value -> request.header(name, value));
            }
        });
        HttpResponse<byte[]> answer = send(request.build());
        answer.headers().map().forEach((name, values) -> {
            if (!OF_THE_CONNECTION.contains(name.toLowerCase(Locale.ROOT))) {
                exchange.getResponseHeaders().put(name, values);
            }
        });
        return new Answered(answer.statusCode(), answer.body());
    }

    private HttpResponse<byte[]> send(HttpRequest request) throws IOException {
        try {
            return client.send(request, HttpResponse.BodyHandlers.ofByteArray());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }

    @Override
    public void close() {
        open();
        server.stop(0);
        threads.shutdownNow();
        client.close();
    }
}
