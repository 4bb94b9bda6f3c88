package dev.sluice.tracker.boot;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** S3 with one object, read as S3 lets it be read: HEAD, ranges, If-Match. Loopback, a free port. */
final class OneObject implements AutoCloseable {
    private static final Pattern RANGE = Pattern.compile("bytes=(\\d+)-(\\d+)");

    private final byte[] body;
    private final HttpServer server;
    private final List<String> ranges = new CopyOnWriteArrayList<>();
    private volatile String eTag = "\"first\"";

    OneObject(byte[] body) {
        this.body = body;
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/", this::answer);
        server.start();
    }

    URI endpoint() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    /** What was asked for. */
    List<String> ranges() {
        return ranges;
    }

    /** Somebody replaces it. */
    void change() {
        eTag = "\"second\"";
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            exchange.getResponseHeaders().set("ETag", eTag);
            if (!exchange.getRequestURI().getPath().equals("/history/orders.csv")) {
                exchange.sendResponseHeaders(404, -1);
            } else if (exchange.getRequestMethod().equals("HEAD")) {
                exchange.getResponseHeaders().set("Content-Length", Integer.toString(body.length));
                exchange.sendResponseHeaders(200, -1);
            } else if (!eTag.equals(exchange.getRequestHeaders().getFirst("If-Match"))) {
                exchange.sendResponseHeaders(412, -1);
            } else {
                send(exchange);
            }
        }
    }

    private void send(HttpExchange exchange) throws IOException {
        String range = exchange.getRequestHeaders().getFirst("Range");
        Matcher asked = RANGE.matcher(range);
        if (!asked.matches()) {
            exchange.sendResponseHeaders(416, -1);
            return;
        }
        ranges.add(range);
        byte[] part = Arrays.copyOfRange(
                body, Integer.parseInt(asked.group(1)), Math.min(body.length, Integer.parseInt(asked.group(2)) + 1));
        exchange.getResponseHeaders()
                .set("Content-Range", "bytes " + asked.group(1) + "-" + asked.group(2) + "/" + body.length);
        exchange.sendResponseHeaders(206, part.length);
        exchange.getResponseBody().write(part);
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
