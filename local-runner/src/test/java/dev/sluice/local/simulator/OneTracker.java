package dev.sluice.local.simulator;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;
import java.util.zip.GZIPInputStream;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/** As much of a tracker as the simulator can tell: keeps ids, refuses broken events, fails when told. Thread-safe. */
final class OneTracker implements AutoCloseable {
    /** How a request goes; the number of the request decides. */
    enum Luck {
        GOOD,
        UNAVAILABLE,
        KEPT_AND_CUT_OFF
    }

    private final JsonFactory json = new JsonFactory();
    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final IntFunction<Luck> luck;
    private final AtomicInteger requests = new AtomicInteger();
    /** By id, when each copy was received. */
    final Map<String, List<Instant>> kept = new ConcurrentHashMap<>();
    /** Whether a person's row must be known before their first event, and which are. */
    final Map<String, Boolean> known = new ConcurrentHashMap<>();

    final Map<String, Boolean> strangers = new ConcurrentHashMap<>();

    OneTracker(IntFunction<Luck> luck) throws IOException {
        this.luck = luck;
        System.setProperty("sun.net.httpserver.nodelay", "true");
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 100);
        server.createContext("/", this::handle);
        server.setExecutor(threads);
        server.start();
    }

    URI address() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/");
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    private record Seen(String id, String type, String name, String userId, String anonymousId, int size) {}

    private void handle(HttpExchange exchange) throws IOException {
        Instant receivedAt = Clock.systemUTC().instant().truncatedTo(ChronoUnit.MILLIS);
        try (exchange) {
            byte[] raw = exchange.getRequestBody().readAllBytes();
            boolean gzip = "gzip".equals(exchange.getRequestHeaders().getFirst("Content-Encoding"));
            byte[] body = gzip ? new GZIPInputStream(new ByteArrayInputStream(raw)).readAllBytes() : raw;
            boolean authorized = exchange.getRequestHeaders().containsKey("Authorization")
                    || new String(body, StandardCharsets.UTF_8).contains("\"writeKey\":\"demo-write-key\"");
            switch (luck.apply(requests.incrementAndGet())) {
                case UNAVAILABLE -> {
                    exchange.getResponseHeaders().set("Retry-After", "0");
                    exchange.sendResponseHeaders(503, -1);
                }
                case KEPT_AND_CUT_OFF -> {
                    keep(read(body), receivedAt);
                    throw new IOException("cut off on purpose");
                }
                case GOOD -> {
                    byte[] answer = answer(keep(read(body), receivedAt), receivedAt);
                    exchange.sendResponseHeaders(authorized ? 200 : 401, answer.length);
                    exchange.getResponseBody().write(answer);
                }
            }
        }
    }

    private List<Integer> keep(List<Seen> events, Instant receivedAt) {
        var refused = new ArrayList<Integer>();
        for (int i = 0; i < events.size(); i++) {
            Seen event = events.get(i);
            boolean broken = (event.userId().isEmpty() && event.anonymousId().isEmpty())
                    || event.userId().startsWith("anonymous:")
                    || event.id().length() > 100
                    || event.size() > 32 * 1024
                    || event.type().equals("shout")
                    || (event.type().equals("track") && event.name().isEmpty());
            if (broken) {
                refused.add(i);
                continue;
            }
            kept.computeIfAbsent(event.id(), id -> new CopyOnWriteArrayList<>()).add(receivedAt);
            if (!event.userId().isEmpty() && !known.containsKey(event.userId())) {
                strangers.put(event.userId(), true);
            }
        }
        return refused;
    }

    private static byte[] answer(List<Integer> refused, Instant receivedAt) {
        var text = new StringBuilder("{\"success\":true,\"receivedAt\":\"" + receivedAt + "\",\"rejected\":[");
        for (int i = 0; i < refused.size(); i++) {
            text.append(i == 0 ? "" : ",")
                    .append("{\"index\":")
                    .append(refused.get(i))
                    .append(",\"messageId\":null,\"code\":\"no\",\"message\":\"\"}");
        }
        return text.append("]}").toString().getBytes(StandardCharsets.UTF_8);
    }

    private List<Seen> read(byte[] body) {
        var events = new ArrayList<Seen>();
        try (JsonParser parser = json.createParser(ObjectReadContext.empty(), body)) {
            parser.nextToken();
            Map<String, String> top = fields(parser, events);
            if (events.isEmpty()) {
                events.add(seen(top, body.length));
            }
        }
        return events;
    }

    /** The scalar fields of one object; a {@code batch} in it becomes events. */
    private Map<String, String> fields(JsonParser parser, List<Seen> events) {
        var fields = new HashMap<String, String>();
        for (String name = parser.nextName(); name != null; name = parser.nextName()) {
            JsonToken value = parser.nextToken();
            if (name.equals("batch")) {
                while (parser.nextToken() == JsonToken.START_OBJECT) {
                    long start = parser.currentTokenLocation().getByteOffset();
                    Map<String, String> event = fields(parser, events);
                    events.add(seen(event, (int) (parser.currentLocation().getByteOffset() - start)));
                }
            } else if (value.isScalarValue()) {
                fields.put(name, parser.getString());
            } else {
                parser.skipChildren();
            }
        }
        return fields;
    }

    private static Seen seen(Map<String, String> fields, int size) {
        return new Seen(
                fields.getOrDefault("messageId", ""),
                fields.getOrDefault("type", ""),
                fields.getOrDefault("event", ""),
                fields.getOrDefault("userId", ""),
                fields.getOrDefault("anonymousId", ""),
                size);
    }
}
