package dev.sluice.local.drills;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.sluice.local.servers.ServerFailure;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Stands between the tracker and one server, on loopback, and lets the {@link Trouble} of the moment befall every
 * request. Thread-safe.
 */
final class Gate implements AutoCloseable {
    private static final int MAX_BODY = 16 << 20;
    private static final int BACKLOG = 256;
    private static final int DRIBBLES = 50;
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    /** What a proxy says for itself, and what the JDK's client does not let be set. */
    private static final Set<String> HOP_BY_HOP = Set.of(
            ":status", "connection", "content-length", "expect", "host", "keep-alive", "transfer-encoding", "upgrade");

    private final URI upstream;
    private final int port;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .executor(threads)
            .connectTimeout(Duration.ofSeconds(2))
            .build();
    private final AtomicLong calls = new AtomicLong();
    private volatile Trouble trouble = new Trouble.None();
    /** Ends what the present trouble holds up. */
    private volatile CountDownLatch over = new CountDownLatch(1);

    private volatile PartialPuts partial = new PartialPuts(new Trouble.Partial(0, 0, 0));
    // Guarded by this.
    private HttpServer server;
    private boolean listening = true;

    private Gate(URI upstream, int port, HttpServer server) {
        this.upstream = upstream;
        this.port = port;
        this.server = server;
    }

    /** Listens on a port below the system's ephemeral ones, so that nobody takes it while it refuses. */
    static Gate before(URI upstream, int port) {
        // Read once by the JDK's server. Without it each small answer waits 40 ms for an acknowledgement.
        System.setProperty("sun.net.httpserver.nodelay", "true");
        var gate = new Gate(upstream, port, bound(port));
        gate.serve();
        return gate;
    }

    private static HttpServer bound(int port) {
        try {
            return HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), BACKLOG);
        } catch (IOException taken) {
            throw new ServerFailure("the gate cannot listen on " + port + ": " + taken.getMessage(), taken);
        }
    }

    private synchronized void serve() {
        server.setExecutor(threads);
        server.createContext("/", this::handle);
        server.start();
    }

    int port() {
        return port;
    }

    /** Requests that came so far. */
    long calls() {
        return calls.get();
    }

    /** Refusals of records by the last partial trouble. */
    long refusals() {
        return partial.refused();
    }

    /** Records that the last partial trouble refused so often, or oftener. */
    long recordsRefused(int often) {
        return partial.refusedAtLeast(often);
    }

    /** From now on this befalls every request; what the trouble before held up is let go. */
    synchronized void meets(Trouble next) {
        over.countDown();
        over = new CountDownLatch(1);
        if (next instanceof Trouble.Partial some) {
            partial = new PartialPuts(some);
        }
        trouble = next;
        if (next instanceof Trouble.Refused) {
            listening = false;
            server.stop(0);
        } else if (!listening) {
            server = bound(port);
            listening = true;
            serve();
        }
    }

    /** Everything passes again. */
    void calm() {
        meets(new Trouble.None());
    }

    /** Breaks every connection and listens again at once. */
    synchronized void breakConnections() {
        Trouble present = trouble;
        meets(new Trouble.Refused());
        meets(present);
    }

    private void handle(HttpExchange exchange) throws IOException {
        // Closing without an answer breaks the connection.
        try (exchange) {
            calls.incrementAndGet();
            byte[] body = exchange.getRequestBody().readNBytes(MAX_BODY);
            switch (trouble) {
                case Trouble.None none -> answer(exchange, forward(exchange, body));
                case Trouble.Refused refused -> {}
                case Trouble.Broken broken -> {}
                case Trouble.Silent silent -> over.await();
                case Trouble.Dribbling(Duration time) -> dribble(exchange, forward(exchange, body), time);
                case Trouble.Failing(int status, String code) -> fail(exchange, status, code);
                case Trouble.Lying lying -> write(exchange, 200, text("{\"FailedRecordCount\":0,\"Records\":[]}"));
                case Trouble.Partial some -> putSome(exchange, body);
            }
        } catch (InterruptedException closing) {
            Thread.currentThread().interrupt();
        }
    }

    private void putSome(HttpExchange exchange, byte[] body) throws IOException, InterruptedException {
        String target = exchange.getRequestHeaders().getFirst("X-Amz-Target");
        if (target == null || !target.endsWith(".PutRecords")) {
            answer(exchange, forward(exchange, body));
            return;
        }
        PartialPuts.Chosen chosen = partial.choose(body);
        byte[] kept = chosen.anyTaken() ? forward(exchange, chosen.request()).body() : text("{\"Records\":[]}");
        write(exchange, 200, chosen.answer(kept));
    }

    private HttpResponse<byte[]> forward(HttpExchange exchange, byte[] body) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(upstream.resolve(exchange.getRequestURI()))
                .timeout(PATIENCE)
                .method(exchange.getRequestMethod(), HttpRequest.BodyPublishers.ofByteArray(body));
        exchange.getRequestHeaders().forEach((name, values) -> {
            if (!HOP_BY_HOP.contains(name.toLowerCase(Locale.ROOT))) {
                values.forEach(value -> request.header(name, value));
            }
        });
        return http.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
    }

    private static void answer(HttpExchange exchange, HttpResponse<byte[]> answer) throws IOException {
        copyHeaders(exchange, answer);
        write(exchange, answer.statusCode(), answer.body());
    }

    private static void copyHeaders(HttpExchange exchange, HttpResponse<byte[]> answer) {
        answer.headers().map().forEach((name, values) -> {
            if (!HOP_BY_HOP.contains(name.toLowerCase(Locale.ROOT))) {
                exchange.getResponseHeaders().put(name, values);
            }
        });
    }

    private static void write(HttpExchange exchange, int status, byte[] body) throws IOException {
        exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
        if (body.length > 0) {
            exchange.getResponseBody().write(body);
        }
    }

    private static void fail(HttpExchange exchange, int status, String code) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", "application/x-amz-json-1.1");
        write(exchange, status, text("{\"__type\":\"" + code + "\",\"message\":\"on purpose\"}"));
    }

    /** Ends early, broken off, when the trouble is over. */
    private void dribble(HttpExchange exchange, HttpResponse<byte[]> answer, Duration time)
            throws IOException, InterruptedException {
        CountDownLatch end = over;
        copyHeaders(exchange, answer);
        byte[] body = answer.body();
        exchange.sendResponseHeaders(answer.statusCode(), body.length == 0 ? -1 : body.length);
        int piece = Math.max(1, body.length / DRIBBLES);
        for (int at = 0; at < body.length; at += piece) {
            if (end.await(time.toMillis() / DRIBBLES, TimeUnit.MILLISECONDS)) {
                return;
            }
            exchange.getResponseBody().write(body, at, Math.min(piece, body.length - at));
            exchange.getResponseBody().flush();
        }
    }

    private static byte[] text(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public synchronized void close() {
        over.countDown();
        server.stop(0);
        http.shutdownNow();
        threads.shutdownNow();
    }
}
