package dev.sluice.local.lambda;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.sluice.local.servers.ServerFailure;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Lambda's Runtime API (2018-06-01) for one process: it asks for the next event, and posts a response or an error.
 *
 * <p>One invocation at a time. Listens on the loopback interface on a port that the system chooses.
 */
final class RuntimeApi implements AutoCloseable {
    private static final String ROOT = "/2018-06-01/runtime/";
    private static final String INVOCATION = ROOT + "invocation/";
    private static final int OK = 200;
    private static final int ACCEPTED = 202;
    private static final int BAD_REQUEST = 400;
    private static final int NOT_FOUND = 404;
    private static final JsonMapper JSON = new JsonMapper();

    static {
        // Without it each answer waits for the client's delayed acknowledgement: 11 invocations a second.
        System.setProperty("sun.net.httpserver.nodelay", "true");
    }

    private final String functionArn;
    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final BlockingQueue<Invocation> next = new ArrayBlockingQueue<>(1);
    private final AtomicReference<@Nullable Invocation> current = new AtomicReference<>();
    private volatile boolean ready;
    private volatile Optional<String> initError = Optional.empty();

    private RuntimeApi(String functionArn, HttpServer server) {
        this.functionArn = functionArn;
        this.server = server;
    }

    /** One event on its way through the process. */
    record Invocation(String id, byte[] event, long deadlineMillis, CompletableFuture<InvocationResult> result) {
        /** The first result counts. */
        void settle(InvocationResult outcome) {
            result.complete(outcome);
        }
    }

    static RuntimeApi start(String functionArn) {
        try {
            var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            var api = new RuntimeApi(functionArn, server);
            server.setExecutor(api.threads);
            server.createContext(ROOT, api::handle);
            server.start();
            return api;
        } catch (IOException failed) {
            throw new ServerFailure("the Runtime API of " + functionArn + " cannot be served", failed);
        }
    }

    String address() {
        return "127.0.0.1:" + server.getAddress().getPort();
    }

    /** Whether the process has asked for an event. */
    boolean ready() {
        return ready;
    }

    /** What the process reported if it could not load its handler. */
    Optional<String> initError() {
        return initError;
    }

    /** Gives the process an event; the previous one must be settled. */
    Invocation offer(byte[] event, Duration timeout) {
        var invocation = new Invocation(
                UUID.randomUUID().toString(),
                event,
                System.currentTimeMillis() + timeout.toMillis(),
                new CompletableFuture<>());
        current.set(invocation);
        next.clear();
        next.add(invocation);
        return invocation;
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            String path = exchange.getRequestURI().getPath();
            if (path.equals(INVOCATION + "next")) {
                sendNext(exchange);
            } else if (path.equals(ROOT + "init/error")) {
                initError = Optional.of(described(body(exchange)));
                answer(exchange, ACCEPTED);
            } else if (path.startsWith(INVOCATION)) {
                settle(exchange, path.substring(INVOCATION.length()));
            } else {
                answer(exchange, NOT_FOUND);
            }
        }
    }

    private void sendNext(HttpExchange exchange) throws IOException {
        ready = true;
        Invocation invocation;
        try {
            invocation = next.take();
        } catch (InterruptedException closing) {
            return;
        }
        var headers = exchange.getResponseHeaders();
        headers.set("Content-Type", "application/json");
        headers.set("Lambda-Runtime-Aws-Request-Id", invocation.id());
        headers.set("Lambda-Runtime-Deadline-Ms", Long.toString(invocation.deadlineMillis()));
        headers.set("Lambda-Runtime-Invoked-Function-Arn", functionArn);
        exchange.sendResponseHeaders(OK, invocation.event().length);
        exchange.getResponseBody().write(invocation.event());
    }

    private void settle(HttpExchange exchange, String rest) throws IOException {
        byte[] body = body(exchange);
        Invocation invocation = current.get();
        if (invocation == null || !rest.startsWith(invocation.id() + "/")) {
            answer(exchange, BAD_REQUEST);
            return;
        }
        // The answer first: the process then asks for its next event while we go on. It is the same for a response
        // that is too large, because the runtime would exit on another.
        answer(exchange, ACCEPTED);
        invocation.settle(outcome(rest, body));
    }

    private static InvocationResult outcome(String rest, byte[] body) {
        if (body.length > Invocable.MAX_PAYLOAD_BYTES) {
            return tooLarge();
        }
        return rest.endsWith("/error") ? functionError(body) : new InvocationResult.Success(body);
    }

    private static InvocationResult tooLarge() {
        String message = "the response is over " + Invocable.MAX_PAYLOAD_BYTES + " bytes";
        return new InvocationResult.FunctionError("Function.ResponseSizeTooLarge", message, new byte[0]);
    }

    private static byte[] body(HttpExchange exchange) throws IOException {
        byte[] body = exchange.getRequestBody().readNBytes(Invocable.MAX_PAYLOAD_BYTES + 1);
        exchange.getRequestBody().transferTo(OutputStream.nullOutputStream());
        return body;
    }

    private static InvocationResult functionError(byte[] body) {
        JsonNode error = parsed(body);
        return new InvocationResult.FunctionError(
                error.path("errorType").asString("Runtime.Unknown"),
                error.path("errorMessage").asString(""),
                body);
    }

    private static String described(byte[] body) {
        JsonNode error = parsed(body);
        return error.path("errorType").asString("Runtime.Unknown") + ": "
                + error.path("errorMessage").asString("");
    }

    private static JsonNode parsed(byte[] body) {
        try {
            return JSON.readTree(body);
        } catch (JacksonException notJson) {
            return JSON.createObjectNode().put("errorMessage", new String(body, StandardCharsets.UTF_8));
        }
    }

    private static void answer(HttpExchange exchange, int status) throws IOException {
        byte[] body = "{\"status\":\"OK\"}".getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
    }

    /** Ends every connection; an invocation that is not settled ends as a crash. */
    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
        Invocation last = current.get();
        if (last != null) {
            last.settle(new InvocationResult.Crash("the process was ended"));
        }
    }
}
