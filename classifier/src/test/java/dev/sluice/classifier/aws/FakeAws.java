package dev.sluice.classifier.aws;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.sluice.model.JsonText;
import dev.sluice.model.Value;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The three requests to DynamoDB and the three to S3 that the classifier makes, answered over HTTP as AWS words them, and
 * the faults that neither service can be asked for. Two tables, one bucket. The real servers run the same contract suites
 * in the whole house's tests. Thread-safe.
 */
public final class FakeAws implements AutoCloseable {
    public static final String TABLE = "profiles";
    public static final String IDENTITIES = "identities";
    public static final String BUCKET = "rules";

    /** More connections than any test opens at once, so that none waits to be asked for again. */
    private static final int BACKLOG = 1_000;

    private final HttpServer server;
    private final Map<String, Value.Fields> items = new HashMap<>();
    private final NavigableMap<String, byte[]> objects = new TreeMap<>();
    /** When every object of the bucket was written. */
    private Instant modified = Instant.parse("2006-01-01T00:00:00Z");
    /** Requests to be answered 500, before anything is done. */
    public final AtomicInteger failures = new AtomicInteger();
    /** Writes to be answered 500, not done. */
    public final AtomicInteger failingPuts = new AtomicInteger();
    /** Writes to be done and then answered 500. */
    public final AtomicInteger unheardWrites = new AtomicInteger();
    /** Reads of which only the first key is processed. */
    public final AtomicInteger partialReads = new AtomicInteger();

    public FakeAws() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), BACKLOG);
        } catch (IOException e) {
            throw new UncheckedIOException("no free port", e);
        }
        server.createContext("/", this::answer);
        server.setExecutor(
                Executors.newCachedThreadPool(Thread.ofPlatform().daemon().factory()));
        server.start();
    }

    public URI endpoint() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    /** Every object of the bucket was written then; long ago, if nothing is said. */
    public synchronized void modified(Instant at) {
        modified = at;
    }

    /** Puts an object into the bucket. */
    public synchronized void put(String key, byte[] bytes) {
        objects.put(key, bytes);
    }

    /** The keys that begin so. */
    public synchronized List<String> keys(String prefix) {
        return objects.keySet().stream().filter(key -> key.startsWith(prefix)).toList();
    }

    /** An object of the bucket. */
    public synchronized Optional<byte[]> object(String key) {
        return Optional.ofNullable(objects.get(key));
    }

    /** Puts a profile's text into the table as it is. */
    public synchronized void putItem(String person, String profile) {
        items.put(TABLE + "/" + person, item(person, profile));
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] body = exchange.getRequestBody().readAllBytes();
            Reply reply;
            synchronized (this) {
                String target = exchange.getRequestHeaders().getFirst("X-Amz-Target");
                if (target == null && !exchange.getRequestURI().getPath().startsWith("/" + BUCKET)) {
                    reply = Reply.xml(404, "<Error><Code>NoSuchBucket</Code></Error>");
                } else if (failures.get() > 0) {
                    failures.decrementAndGet();
                    reply = Reply.json(500, "{\"__type\":\"InternalServerError\"}");
                } else if (target == null && exchange.getRequestMethod().equals("PUT")) {
                    put(key(exchange.getRequestURI()), unchunked(exchange, body));
                    reply = Reply.xml(200, "");
                } else if (target == null) {
                    reply = s3(exchange.getRequestURI());
                } else {
                    reply = target.endsWith("PutItem")
                            ? putItem(JsonText.readObject(body))
                            : batchGet(JsonText.readObject(body));
                }
            }
            exchange.getResponseHeaders().set("Content-Type", reply.type());
            exchange.sendResponseHeaders(reply.status(), reply.body().length == 0 ? -1 : reply.body().length);
            exchange.getResponseBody().write(reply.body());
        }
    }

    private record Reply(int status, String type, byte[] body) {
        static Reply json(int status, String json) {
            return new Reply(status, "application/x-amz-json-1.0", json.getBytes(StandardCharsets.UTF_8));
        }

        static Reply xml(int status, String xml) {
            return new Reply(status, "application/xml", xml.getBytes(StandardCharsets.UTF_8));
        }
    }

    private Reply putItem(Value.Fields request) {
        if (failingPuts.get() > 0) {
            failingPuts.decrementAndGet();
            return Reply.json(500, "{\"__type\":\"InternalServerError\"}");
        }
        Value.Fields item = request.inner("Item");
        String person = request.text("TableName") + "/" + item.inner("person").text("S");
        Value.Fields stored = items.get(person);
        String condition = request.text("ConditionExpression");
        boolean holds = condition.startsWith("attribute_not_exists")
                ? stored == null
                : stored != null
                        && stored.inner("version")
                                .text("N")
                                .equals(request.inner("ExpressionAttributeValues")
                                        .inner(":previous")
                                        .text("N"));
        if (!holds) {
            String old = stored == null ? "" : ",\"Item\":" + json(stored);
            return Reply.json(
                    400,
                    "{\"__type\":\"com.amazonaws.dynamodb.v20120810#ConditionalCheckFailedException\","
                            + "\"message\":\"The conditional request failed\"" + old + "}");
        }
        items.put(person, item);
        if (unheardWrites.get() > 0) {
            unheardWrites.decrementAndGet();
            return Reply.json(500, "{\"__type\":\"InternalServerError\"}");
        }
        return Reply.json(200, "{}");
    }

    private Reply batchGet(Value.Fields request) {
        String table =
                request.inner("RequestItems").fields().keySet().iterator().next();
        List<Value.Fields> keys = request.inner("RequestItems").inner(table).innerList("Keys");
        boolean partial = partialReads.get() > 0;
        if (partial) {
            partialReads.decrementAndGet();
        }
        List<String> found = new ArrayList<>();
        List<String> left = new ArrayList<>();
        for (int i = 0; i < keys.size(); i++) {
            Value.Fields item =
                    items.get(table + "/" + keys.get(i).inner("person").text("S"));
            if (partial && i > 0) {
                left.add(json(keys.get(i)));
            } else if (item != null) {
                found.add(json(item));
            }
        }
        String unprocessed = left.isEmpty() ? "" : "\"" + table + "\":{\"Keys\":[" + String.join(",", left) + "]}";
        return Reply.json(
                200,
                "{\"Responses\":{\"" + table + "\":[" + String.join(",", found) + "]},\"UnprocessedKeys\":{"
                        + unprocessed + "}}");
    }

    private static String key(URI uri) {
        String path = uri.getPath().substring(1 + BUCKET.length());
        return path.isEmpty() ? path : path.substring(1);
    }

    /** The client may send a body as one signed chunk, with its length before it and a checksum after it. */
    private static byte[] unchunked(HttpExchange exchange, byte[] body) {
        String length = exchange.getRequestHeaders().getFirst("x-amz-decoded-content-length");
        if (length == null) {
            return body;
        }
        int start = 0;
        while (body[start] != '\n') {
            start++;
        }
        return Arrays.copyOfRange(body, start + 1, start + 1 + Integer.parseInt(length));
    }

    private Reply s3(URI uri) {
        String wanted = key(uri);
        if (!wanted.isEmpty()) {
            byte[] object = objects.get(wanted);
            return object == null
                    ? Reply.xml(404, "<Error><Code>NoSuchKey</Code></Error>")
                    : new Reply(200, "application/json", object);
        }
        Map<String, String> query = query(uri.getRawQuery());
        String prefix = query.getOrDefault("prefix", "");
        var xml = new StringBuilder("<ListBucketResult><IsTruncated>");
        var after = objects.tailMap(query.getOrDefault("start-after", ""), false);
        // Pages of two, so that paging is tried.
        List<String> keys =
                after.keySet().stream().filter(key -> key.startsWith(prefix)).toList();
        xml.append(keys.size() > 2).append("</IsTruncated>");
        keys.stream()
                .limit(2)
                .forEach(key -> xml.append("<Contents><Key>")
                        .append(key)
                        .append("</Key><LastModified>")
                        .append(modified)
                        .append("</LastModified></Contents>"));
        return Reply.xml(200, xml.append("</ListBucketResult>").toString());
    }

    private static Map<String, String> query(String raw) {
        Map<String, String> query = new HashMap<>();
        for (String pair : raw.split("&", -1)) {
            int equals = pair.indexOf('=');
            if (equals > 0) {
                query.put(
                        pair.substring(0, equals),
                        URLDecoder.decode(pair.substring(equals + 1), StandardCharsets.UTF_8));
            }
        }
        return query;
    }

    private static Value.Fields item(String person, String profile) {
        return new Value.Fields(Map.of(
                "person", new Value.Fields(Map.of("S", Value.of(person))),
                "version", new Value.Fields(Map.of("N", Value.of("1"))),
                "profile", new Value.Fields(Map.of("S", Value.of(profile)))));
    }

    private static String json(Value.Fields fields) {
        return new String(
                JsonText.writeObject(json -> fields.fields().forEach((name, value) -> {
                    json.writeName(name);
                    JsonText.write(json, value);
                })),
                StandardCharsets.UTF_8);
    }
}
