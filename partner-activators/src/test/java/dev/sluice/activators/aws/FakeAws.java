package dev.sluice.activators.aws;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.sluice.activators.propagator.ActivationRecord;
import dev.sluice.model.JsonText;
import dev.sluice.model.PersonKey;
import dev.sluice.model.Ring;
import dev.sluice.model.Value;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * As much of Kinesis (PutRecords, JSON), S3 (objects) and DynamoDB (Scan of profiles) as the functions use, for the real SDK clients to talk to;
 * fails on demand. Sets the SDK's endpoint properties while it is open.
 */
public final class FakeAws implements AutoCloseable {
    private static final List<String> ENDPOINTS = List.of(
            "aws.endpointUrlKinesis", "aws.endpointUrlS3", "aws.endpointUrlDynamodb", "aws.endpointUrlDynamoDb");
    /** Of clients that talk to it: a test is of what they do, never of how fast this machine is. */
    static final AwsClients.Patience PATIENCE = new AwsClients.Patience(Duration.ofMinutes(1), Duration.ofMinutes(2));

    private static final byte[] CRLF = "\r\n".getBytes(StandardCharsets.US_ASCII);

    private final HttpServer server;
    private final List<ActivationRecord> records = new ArrayList<>();
    private final Map<String, byte[]> objects = new TreeMap<>();
    private final TreeMap<String, String> profiles = new TreeMap<>();
    private final Map<Integer, Integer> refusals = new HashMap<>();
    private final List<String> listed = new ArrayList<>();
    private boolean down;

    public FakeAws() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/", this::serve);
        server.start();
        ENDPOINTS.forEach(name -> System.setProperty(
                name, "http://127.0.0.1:" + server.getAddress().getPort()));
    }

    /** Refuses the next {@code times} records of a slot as a throttled shard does. */
    public synchronized void refuse(int slot, int times) {
        refusals.put(slot, times);
    }

    /** Answers everything with 400 (which the SDK does not retry), or no more. */
    public synchronized void down(boolean isDown) {
        down = isDown;
    }

    /** Kinesis records kept, in order; the slot is the one that the explicit hash key says. */
    public synchronized List<ActivationRecord> records() {
        return List.copyOf(records);
    }

    /** Stores an item of the profile table. */
    public synchronized void store(String person, String profile) {
        profiles.put(person, profile);
    }

    /** Prefixes that were listed, and after what. */
    public synchronized List<String> listed() {
        return List.copyOf(listed);
    }

    /** S3 objects by {@code /bucket/key}. */
    public synchronized Map<String, byte[]> objects() {
        return Map.copyOf(objects);
    }

    @Override
    public void close() {
        ENDPOINTS.forEach(System::clearProperty);
        server.stop(0);
    }

    private synchronized void serve(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] body = exchange.getRequestBody().readAllBytes();
            if (down) {
                answer(exchange, 400, "{\"__type\":\"AccessDeniedException\"}");
            } else if (exchange.getRequestMethod().equals("PUT")) {
                boolean chunked = exchange.getRequestHeaders().containsKey("x-amz-decoded-content-length");
                objects.put(exchange.getRequestURI().getPath(), chunked ? unchunk(body) : body);
                answer(exchange, 200, "");
            } else if (exchange.getRequestMethod().equals("GET")) {
                get(exchange);
            } else if (exchange.getRequestMethod().equals("DELETE")) {
                objects.remove(exchange.getRequestURI().getPath());
                answer(exchange, 204, "");
            } else if (String.valueOf(exchange.getRequestHeaders().getFirst("X-Amz-Target"))
                    .endsWith(".Scan")) {
                answer(exchange, 200, scan(JsonText.readObject(body)));
            } else {
                answer(exchange, 200, putRecords(JsonText.readObject(body)));
            }
        }
    }

    private void get(HttpExchange exchange) throws IOException {
        String query = String.valueOf(exchange.getRequestURI().getQuery());
        if (query.contains("list-type=2")) {
            answer(exchange, 200, list(exchange.getRequestURI().getPath(), query));
            return;
        }
        byte[] object = objects.get(exchange.getRequestURI().getPath());
        if (object == null) {
            answer(exchange, 404, "<Error><Code>NoSuchKey</Code><Message>none</Message></Error>");
        } else {
            answer(exchange, 200, new String(object, StandardCharsets.UTF_8));
        }
    }

    /** One object a page, so that whoever lists must ask on. All were written now, as far as S3 says. */
    private String list(String bucket, String query) {
        Map<String, String> asked = new HashMap<>();
        for (String part : query.split("&", -1)) {
            asked.put(part.split("=", 2)[0], part.contains("=") ? part.split("=", 2)[1] : "");
        }
        String root = bucket + (bucket.endsWith("/") ? "" : "/");
        List<String> keys = objects.keySet().stream()
                .filter(path -> path.startsWith(root + asked.getOrDefault("prefix", "")))
                .map(path -> path.substring(root.length()))
                .filter(key -> key.compareTo(asked.getOrDefault("continuation-token", "")) > 0)
                .filter(key -> key.compareTo(asked.getOrDefault("start-after", "")) > 0)
                .toList();
        listed.add(asked.getOrDefault("prefix", "") + "|" + asked.getOrDefault("start-after", ""));
        if (asked.containsKey("delimiter")) {
            return folders(keys, asked.getOrDefault("prefix", ""));
        }
        var xml = new StringBuilder("<ListBucketResult>");
        if (!keys.isEmpty()) {
            xml.append("<Contents><Key>")
                    .append(keys.getFirst())
                    .append("</Key><LastModified>")
                    .append(Instant.now())
                    .append("</LastModified></Contents>");
        }
        if (keys.size() > 1) {
            xml.append("<IsTruncated>true</IsTruncated><NextContinuationToken>")
                    .append(keys.getFirst())
                    .append("</NextContinuationToken>");
        }
        return xml.append("</ListBucketResult>").toString();
    }

    private static String folders(List<String> keys, String prefix) {
        var xml = new StringBuilder("<ListBucketResult>");
        keys.stream()
                .map(key -> key.substring(prefix.length()))
                .filter(rest -> rest.contains("/"))
                .map(rest -> rest.substring(0, rest.indexOf('/') + 1))
                .distinct()
                .forEach(folder -> xml.append("<CommonPrefixes><Prefix>")
                        .append(prefix)
                        .append(folder)
                        .append("</Prefix></CommonPrefixes>"));
        return xml.append("</ListBucketResult>").toString();
    }

    /** Segments are people's slots, so that they are stable. */
    private String scan(Value.Fields request) {
        int segments = (int) request.whole("TotalSegments");
        String after = request.find("ExclusiveStartKey").isPresent()
                ? request.inner("ExclusiveStartKey").inner("person").text("S")
                : "";
        List<String> page = profiles.tailMap(after, after.isEmpty()).keySet().stream()
                .filter(person -> Ring.slot(PersonKey.parse(person)) % segments == request.whole("Segment"))
                .limit(request.whole("Limit"))
                .toList();
        String last = page.size() < request.whole("Limit")
                ? ""
                : ",\"LastEvaluatedKey\":{\"person\":{\"S\":\"" + page.getLast() + "\"}}";
        List<String> items = page.stream()
                .map(person -> new String(
                        JsonText.writeObject(json -> {
                            json.writeObjectPropertyStart("person");
                            json.writeStringProperty("S", person);
                            json.writeEndObject();
                            json.writeObjectPropertyStart("profile");
                            json.writeStringProperty("S", String.valueOf(profiles.get(person)));
                            json.writeEndObject();
                        }),
                        StandardCharsets.UTF_8))
                .toList();
        return "{\"Items\":[" + String.join(",", items) + "]" + last + "}";
    }

    private String putRecords(Value.Fields request) {
        List<String> results = new ArrayList<>();
        int failed = 0;
        for (Value.Fields record : request.innerList("Records")) {
            int slot = new BigInteger(record.text("ExplicitHashKey"))
                    .shiftRight(120)
                    .intValueExact();
            int left = refusals.getOrDefault(slot, 0);
            if (left > 0) {
                refusals.put(slot, left - 1);
                failed++;
                results.add(
                        "{\"ErrorCode\":\"ProvisionedThroughputExceededException\",\"ErrorMessage\":\"slow down\"}");
            } else {
                records.add(new ActivationRecord(slot, Base64.getDecoder().decode(record.text("Data"))));
                results.add(
                        "{\"SequenceNumber\":\"%d\",\"ShardId\":\"shardId-000000000000\"}".formatted(records.size()));
            }
        }
        return "{\"FailedRecordCount\":%d,\"Records\":[%s]}".formatted(failed, String.join(",", results));
    }

    /** Takes the SDK's chunk framing (size in hex and signature, data, …, size 0, trailers) off a body. */
    private static byte[] unchunk(byte[] body) {
        var data = new ByteArrayOutputStream();
        int at = 0;
        while (at < body.length) {
            int end = at;
            while (body[end] != CRLF[0]) {
                end++;
            }
            String head = new String(body, at, end - at, StandardCharsets.US_ASCII);
            int size = Integer.parseInt(head.replaceAll(";.*", ""), 16);
            if (size == 0) {
                break;
            }
            int start = end + CRLF.length;
            data.writeBytes(Arrays.copyOfRange(body, start, start + size));
            at = start + size + CRLF.length;
        }
        return data.toByteArray();
    }

    private static void answer(HttpExchange exchange, int status, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("content-type", "application/x-amz-json-1.1");
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
    }
}
