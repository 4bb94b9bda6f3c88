package dev.sluice.tracker.aws;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.sluice.model.JsonText;
import dev.sluice.model.Value;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/**
 * The few answers of Kinesis and S3 that the tracker meets, good and bad, given by a server of its own to the real
 * clients. Loopback, a free port.
 */
public final class FakeAws implements AutoCloseable {
    /** How a service behaves. */
    public enum Mood {
        WELL,
        /** Every call fails with a server error. */
        BROKEN,
        /** Every call is throttled as a whole. */
        THROTTLING,
        /** As well, but a second late. */
        SLOW,
        /** No call is answered; those that hang when the mood changes are cut off. */
        SILENT
    }

    /** A record that Kinesis took. */
    public record Record(String partitionKey, String explicitHashKey, byte[] data) {}

    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final CountDownLatch closing = new CountDownLatch(1);
    private final List<Record> records = new ArrayList<>();
    private final Map<String, byte[]> objects = new ConcurrentSkipListMap<>();
    private final Object moods = new Object();
    private volatile Mood kinesis = Mood.WELL;
    private volatile Mood s3 = Mood.WELL;
    private volatile long largest;
    private volatile Predicate<Record> refused = record -> false;

    public FakeAws() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(threads);
        server.createContext("/", this::answer);
        server.start();
    }

    public URI endpoint() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    public void kinesis(Mood mood) {
        synchronized (moods) {
            kinesis = mood;
            moods.notifyAll();
        }
    }

    public void s3(Mood mood) {
        synchronized (moods) {
            s3 = mood;
            moods.notifyAll();
        }
    }

    /** Kinesis refuses these records one by one, as a hot shard does. */
    public void refuse(Predicate<Record> which) {
        refused = which;
    }

    /** What Kinesis took, in order. */
    public List<Record> records() {
        synchronized (records) {
            return List.copyOf(records);
        }
    }

    /** Bytes of data in the largest PutRecords request so far. */
    public long largestRequest() {
        return largest;
    }

    /** What S3 has, by bucket and key. */
    public Map<String, byte[]> objects() {
        return objects;
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] body = exchange.getRequestBody().readAllBytes();
            boolean isKinesis = exchange.getRequestHeaders().containsKey("X-Amz-Target");
            Mood mood = isKinesis ? kinesis : s3;
            if (mood == Mood.SLOW && closing.await(1, TimeUnit.SECONDS)) {
                return;
            }
            switch (mood) {
                case BROKEN -> send(exchange, 500, "{\"__type\":\"InternalFailure\"}");
                case THROTTLING -> send(exchange, 400, "{\"__type\":\"ProvisionedThroughputExceededException\"}");
                case SILENT -> holdWhileSilent(isKinesis);
                case WELL, SLOW -> {
                    if (isKinesis) {
                        putRecords(exchange, body);
                    } else {
                        object(exchange, body);
                    }
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void holdWhileSilent(boolean isKinesis) throws InterruptedException {
        synchronized (moods) {
            while ((isKinesis ? kinesis : s3) == Mood.SILENT && closing.getCount() > 0) {
                moods.wait();
            }
        }
    }

    private void putRecords(HttpExchange exchange, byte[] body) throws IOException {
        var results = new ArrayList<String>();
        int failed = 0;
        long bytes = 0;
        for (Value.Fields entry : JsonText.readObject(body).innerList("Records")) {
            var record = new Record(
                    entry.text("PartitionKey"),
                    entry.text("ExplicitHashKey"),
                    Base64.getDecoder().decode(entry.text("Data")));
            bytes += record.data().length;
            if (refused.test(record)) {
                failed++;
                results.add("{\"ErrorCode\":\"ProvisionedThroughputExceededException\",\"ErrorMessage\":\"slow\"}");
            } else {
                synchronized (records) {
                    records.add(record);
                    results.add("{\"ShardId\":\"shardId-0\",\"SequenceNumber\":\"" + records.size() + "\"}");
                }
            }
        }
        largest = Math.max(largest, bytes);
        send(exchange, 200, "{\"FailedRecordCount\":" + failed + ",\"Records\":[" + String.join(",", results) + "]}");
    }

    private void object(HttpExchange exchange, byte[] body) throws IOException {
        String path = exchange.getRequestURI().getPath().substring(1);
        String query = exchange.getRequestURI().getRawQuery();
        switch (exchange.getRequestMethod()) {
            case "PUT" -> {
                objects.put(path, unchunked(exchange, body));
                send(exchange, 200, "");
            }
            case "DELETE" -> {
                objects.remove(path);
                exchange.sendResponseHeaders(204, -1);
            }
            default -> {
                if (query != null && query.contains("list-type=2")) {
                    send(exchange, 200, listing(path, query));
                } else if (objects.containsKey(path)) {
                    byte[] object = objects.get(path);
                    exchange.sendResponseHeaders(200, object.length == 0 ? -1 : object.length);
                    exchange.getResponseBody().write(object);
                } else {
                    send(exchange, 404, "<Error><Code>NoSuchKey</Code></Error>");
                }
            }
        }
    }

    private String listing(String bucket, String query) {
        String prefix = "";
        String after = "";
        int most = 1000;
        for (String parameter : query.split("&", -1)) {
            String value = URLDecoder.decode(parameter.substring(parameter.indexOf('=') + 1), StandardCharsets.UTF_8);
            if (parameter.startsWith("prefix=")) {
                prefix = value;
            } else if (parameter.startsWith("start-after=")) {
                after = value;
            } else if (parameter.startsWith("max-keys=")) {
                most = Integer.parseInt(value);
            }
        }
        String start = bucket.replaceAll("/$", "") + "/";
        String wanted = start + prefix;
        String later = start + after;
        var found = objects.entrySet().stream()
                .filter(entry -> entry.getKey().startsWith(wanted))
                .filter(entry -> entry.getKey().compareTo(later) > 0)
                .sorted(Map.Entry.comparingByKey())
                .toList();
        var xml = new StringBuilder("<ListBucketResult><IsTruncated>" + (found.size() > most) + "</IsTruncated>");
        found.stream()
                .limit(most)
                .forEach(entry -> xml.append("<Contents><Key>")
                        .append(entry.getKey().substring(start.length()))
                        .append("</Key><Size>")
                        .append(entry.getValue().length)
                        .append("</Size><LastModified>2026-11-21T00:00:00.000Z</LastModified></Contents>"));
        return xml.append("</ListBucketResult>").toString();
    }

    /** Takes off AWS's own chunks, which the SDK uses over plain HTTP. */
    private static byte[] unchunked(HttpExchange exchange, byte[] body) {
        String sha = exchange.getRequestHeaders().getFirst("x-amz-content-sha256");
        if (sha == null || !sha.startsWith("STREAMING-")) {
            return body;
        }
        var whole = new ByteArrayOutputStream();
        int at = 0;
        while (true) {
            int end = at;
            while (body[end] != '\n') {
                end++;
            }
            String size = new String(body, at, end - at, StandardCharsets.US_ASCII).replaceAll("[;\r].*", "");
            int length = Integer.parseInt(size.trim(), 16);
            if (length == 0) {
                return whole.toByteArray();
            }
            whole.write(body, end + 1, length);
            at = end + 1 + length + 2;
        }
    }

    private static void send(HttpExchange exchange, int status, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders()
                .set("Content-Type", text.startsWith("<") ? "application/xml" : "application/x-amz-json-1.1");
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        if (bytes.length > 0) {
            exchange.getResponseBody().write(bytes);
        }
    }

    @Override
    public void close() {
        synchronized (moods) {
            closing.countDown();
            moods.notifyAll();
        }
        server.stop(0);
        threads.shutdownNow();
    }
}
