package dev.sluice.tracker.command;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.sluice.model.JsonText;
import dev.sluice.model.LineBatch;
import dev.sluice.model.RejectedEvent;
import dev.sluice.model.Value;
import dev.sluice.tracker.memory.MemoryLakeBucket;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.zip.GZIPInputStream;

/**
 * Refused input in a lake in memory, the command over it, and a tracker to replay it to, which may be in trouble.
 */
final class RejectedUnderTest {
    static final Instant NOW = Instant.parse("2026-11-21T12:30:00Z");

    final MemoryLakeBucket bucket = new MemoryLakeBucket(() -> NOW);

    final StringWriter out = new StringWriter();

    final StringWriter err = new StringWriter();

    /** What the tracker answers next instead of its answer; 0 for none at all. */
    final Queue<Integer> troubles = new ConcurrentLinkedQueue<>();

    final List<Value.Fields> posted = new CopyOnWriteArrayList<>();

    @SuppressWarnings("NullAway.Init") // Started before each test.
    HttpServer tracker;

    void refuseSome() throws IOException {
        tracker = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 10);
        tracker.createContext("/v1/import", exchange -> {
            try (exchange) {
                byte[] body = unpacked(exchange);
                boolean tooLarge = body.length > 512_000;
                Integer trouble = troubles.poll();
                if (trouble != null && trouble == 0) {
                    return;
                }
                int status = trouble != null ? trouble : tooLarge ? 413 : 200;
                if (status == 200) {
                    posted.addAll(JsonText.readObject(body).innerList("batch"));
                }
                byte[] answer = bytes(
                        status == 200 ? "{\"success\":true,\"rejected\":[]}" : "{\"success\":false,\"code\":\"c\"}");
                exchange.sendResponseHeaders(status, answer.length);
                exchange.getResponseBody().write(answer);
            }
        });
        tracker.start();
        keep(
                "2026/11/21/12/bad_field/10.0.0.7-a",
                rejected(
                        "demo",
                        "bad_field",
                        "12:01:00",
                        "track",
                        "{\"userId\":7,\"event\":\"A\",\"writeKey\":\"secret\"}"),
                rejected(
                        "demo",
                        "bad_field",
                        "12:02:00",
                        "track",
                        "{\"type\":\"track\",\"messageId\":\"m2\",\"event\":\"B\",\"userId\":8,"
                                + "\"timestamp\":\"2026-11-21T11:00:00Z\",\"sentAt\":\"2026-11-21T11:02:00Z\"}"));
        keep("2026/11/21/12/bad_json/10.0.0.7-b", rejected("other", "bad_json", "12:03:00", "", "{\"batch\":["));
        keep("2026/11/19/12/bad_json/10.0.0.7-c", rejected("demo", "bad_json", "11:59:00", "", "x"));
    }

    void stop() {
        tracker.stop(0);
    }

    static byte[] unpacked(HttpExchange exchange) throws IOException {
        boolean isPacked = "gzip".equals(exchange.getRequestHeaders().getFirst("Content-Encoding"));
        try (InputStream body = isPacked ? new GZIPInputStream(exchange.getRequestBody()) : exchange.getRequestBody()) {
            return body.readAllBytes();
        }
    }

    int run(String... args) {
        return RejectedCommand.run(
                (name, pathStyle) -> new Lakes.Lake(bucket, () -> {}),
                () -> NOW,
                new PrintWriter(out, true),
                new PrintWriter(err, true),
                args);
    }

    void keep(String name, RejectedEvent... events) {
        bucket.put(
                        "rejected/" + name + ".ndjson.gz",
                        LineBatch.encode(List.of(events).stream()
                                .map(RejectedEvent::toJson)
                                .toList()))
                .join();
    }

    static RejectedEvent rejected(String account, String code, String time, String type, String body) {
        return new RejectedEvent(
                account, code, "the reason", Instant.parse("2026-11-21T" + time + "Z"), "10.0.0.7", type, bytes(body));
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
