package dev.sluice.local.chaos;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.sluice.local.eventsource.Stop;
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
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;

/**
 * Passes requests between a program and DynamoDB, and makes writes (PutItem, UpdateItem) fail or seem to fail when told
 * to. A fault sticks to its write: the SDK's further attempts at the same one meet it again, as often as was planned.
 *
 * <p>Listens on the loopback interface, on a port that the system chooses. Thread-safe.
 */
final class WriteProxy implements AutoCloseable {
    private static final int BACKLOG = 256;
    /** DynamoDB takes 16 MB at most. */
    private static final int MAX_BODY = 16 << 20;

    private static final int MAX_STICKING = 256;
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int BAD_REQUEST = 400;
    private static final int TOO_LARGE = 413;
    private static final int INTERNAL_ERROR = 500;

    /** What a proxy says for itself, and what the JDK's client does not let be set. */
    private static final Set<String> HOP_BY_HOP = Set.of(
            ":status", "connection", "content-length", "expect", "host", "keep-alive", "transfer-encoding", "upgrade");

    private final HttpServer server;
    private final URI upstream;
    private final Consumer<FaultKind> happened;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(2))
            .build();
    private final Stop stop = new Stop();
    private final Armed armed = new Armed();

    /** By the hash of a write's body: what its next attempts meet. Guarded by itself. */
    private final Map<Integer, Fault> sticking = new LinkedHashMap<>();

    private WriteProxy(HttpServer server, URI upstream, Consumer<FaultKind> happened) {
        this.server = server;
        this.upstream = upstream;
        this.happened = happened;
    }

    /** Begins to listen; {@code happened} is told of each fault that befell a write. */
    static WriteProxy start(URI upstream, Consumer<FaultKind> happened) {
        // Read once by the JDK's server. Without it each small answer waits 40 ms for an acknowledgement.
        System.setProperty("sun.net.httpserver.nodelay", "true");
        try {
            var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), BACKLOG);
            var proxy = new WriteProxy(server, upstream, happened);
            server.setExecutor(proxy.threads);
            server.createContext("/", proxy::handle);
            server.start();
            return proxy;
        } catch (IOException failed) {
            throw new ServerFailure("the proxy of DynamoDB cannot listen: " + failed.getMessage(), failed);
        }
    }

    URI address() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    /** The next write, and as many attempts at it as the fault says, meets this. */
    void arm(Fault fault) {
        armed.add(fault);
    }

    /** Lets every request pass from now on. */
    void calm() {
        armed.clear();
        synchronized (sticking) {
            sticking.clear();
        }
    }

    private void handle(HttpExchange exchange) throws IOException {
        // Closing without an answer breaks the connection.
        try (exchange) {
            byte[] body = exchange.getRequestBody().readNBytes(MAX_BODY + 1);
            if (body.length > MAX_BODY) {
                exchange.sendResponseHeaders(TOO_LARGE, -1);
                return;
            }
            Optional<Fault> fault = isWrite(exchange) ? fault(body) : Optional.empty();
            if (fault.isEmpty()) {
                answer(exchange, forward(exchange, body));
            } else {
                happened.accept(fault.get().kind());
                meet(fault.get(), exchange, body);
            }
        } catch (InterruptedException closing) {
            Thread.currentThread().interrupt();
        }
    }

    private static boolean isWrite(HttpExchange exchange) {
        String target = exchange.getRequestHeaders().getFirst("X-Amz-Target");
        return target != null && (target.endsWith(".PutItem") || target.endsWith(".UpdateItem"));
    }

    private Optional<Fault> fault(byte[] body) {
        int write = Arrays.hashCode(body);
        synchronized (sticking) {
            Optional<Fault> fault = Optional.ofNullable(sticking.remove(write)).or(armed::next);
            fault.filter(it -> it.times() > 1 && sticking.size() < MAX_STICKING)
                    .ifPresent(it -> sticking.put(write, it.once()));
            return fault;
        }
    }

    private void meet(Fault fault, HttpExchange exchange, byte[] body) throws IOException, InterruptedException {
        switch (fault.kind()) {
            case WRITE_UNANSWERED -> {
                forward(exchange, body);
                stop.within(fault.lasting());
            }
            case WRITE_RESET -> forward(exchange, body);
            case WRITE_LATE -> {
                if (!stop.within(fault.lasting())) {
                    forward(exchange, body);
                }
            }
            case WRITE_THROTTLED -> refuse(exchange, BAD_REQUEST, "ProvisionedThroughputExceededException");
            case WRITE_FAILED -> refuse(exchange, INTERNAL_ERROR, "InternalServerError");
            case CLASSIFIER_KILLED,
                    DISPATCHER_KILLED,
                    REDIS_DROPPED,
                    REDIS_COMMAND_CUT,
                    REDIS_ANSWER_CUT,
                    REDIS_REFUSED,
                    REDIS_STALLED,
                    BATCH_REPEATED,
                    BATCH_OVERLAPPED,
                    BATCH_DISOWNED,
                    BATCH_DELAYED,
                    BATCH_HELD_BACK,
                    BATCH_REPLAYED,
                    BATCH_SHUFFLED -> throw new IllegalArgumentException(fault.kind() + " does not befall a write");
        }
    }

    private HttpResponse<byte[]> forward(HttpExchange exchange, byte[] body) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(upstream.resolve(exchange.getRequestURI()))
                .timeout(PATIENCE)
                .method(exchange.getRequestMethod(), HttpRequest.BodyPublishers.ofByteArray(body));
        exchange.getRequestHeaders().forEach((name, values) -> {
            if (!isHopByHop(name)) {
                values.forEach(value -> request.header(name, value));
            }
        });
        return http.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
    }

    private static void answer(HttpExchange exchange, HttpResponse<byte[]> answer) throws IOException {
        answer.headers().map().forEach((name, values) -> {
            if (!isHopByHop(name)) {
                exchange.getResponseHeaders().put(name, values);
            }
        });
        send(exchange, answer.statusCode(), answer.body());
    }

    private static void refuse(HttpExchange exchange, int status, String type) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", "application/x-amz-json-1.0");
        String body = "{\"__type\":\"com.amazonaws.dynamodb.v20120810#" + type + "\",\"message\":\"chaos\"}";
        send(exchange, status, body.getBytes(StandardCharsets.UTF_8));
    }

    private static void send(HttpExchange exchange, int status, byte[] body) throws IOException {
        exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
    }

    private static boolean isHopByHop(String header) {
        return HOP_BY_HOP.contains(header.toLowerCase(Locale.ROOT));
    }

    @Override
    public void close() {
        stop.now();
        server.stop(0);
        threads.shutdownNow();
        http.shutdownNow();
        http.close();
    }
}
