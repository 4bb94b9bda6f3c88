package dev.sluice.dispatcher.web;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;

/** A classifier on the loopback interface that answers as a test tells it. */
public final class StandInClassifier implements AutoCloseable {
    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final CountDownLatch end = new CountDownLatch(1);
    private final LinkedBlockingQueue<Request> requests = new LinkedBlockingQueue<>();
    private volatile Answer answer = new Answer(200, "", Hang.NEVER);

    /** A request as it came. */
    public record Request(String method, String path, String type, String encoding, byte[] body) {}

    enum Hang {
        NEVER,
        BEFORE_HEADERS,
        IN_BODY
    }

    private record Answer(int status, String body, Hang hang) {}

    public StandInClassifier() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", this::handle);
        server.start();
    }

    public URI address() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    public void answers(int status, String body) {
        answer = new Answer(status, body, Hang.NEVER);
    }

    void hangs(Hang hang) {
        answer = new Answer(200, "{}", hang);
    }

    /** The oldest request not yet looked at. */
    public Request request() {
        return requests.remove();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            requests.add(new Request(
                    exchange.getRequestMethod(),
                    exchange.getRequestURI().getPath(),
                    String.valueOf(exchange.getRequestHeaders().getFirst("Content-Type")),
                    String.valueOf(exchange.getRequestHeaders().getFirst("Content-Encoding")),
                    exchange.getRequestBody().readAllBytes()));
            Answer now = answer;
            await(now, Hang.BEFORE_HEADERS);
            byte[] body = now.body().getBytes(StandardCharsets.UTF_8);
            if (body.length == 0) {
                exchange.sendResponseHeaders(now.status(), -1);
                return;
            }
            exchange.sendResponseHeaders(now.status(), body.length + (now.hang() == Hang.IN_BODY ? 1 : 0));
            exchange.getResponseBody().write(body);
            exchange.getResponseBody().flush();
            await(now, Hang.IN_BODY);
        }
    }

    private void await(Answer now, Hang at) {
        if (now.hang() == at) {
            try {
                end.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    @Override
    public void close() {
        end.countDown();
        server.stop(0);
        threads.close();
    }
}
