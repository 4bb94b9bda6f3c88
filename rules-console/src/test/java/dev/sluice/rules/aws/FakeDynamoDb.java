package dev.sluice.rules.aws;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.sluice.model.JsonText;
import dev.sluice.model.Value;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.apache.ApacheHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/**
 * The four requests to DynamoDB that the console makes, answered over HTTP as AWS words them, and the faults that DynamoDB
 * cannot be asked for. One table. DynamoDB Local runs the same contract suites in the whole house's tests. Thread-safe.
 */
public final class FakeDynamoDb implements AutoCloseable {
    public static final String TABLE = "console-table-of-the-test";

    private static final int PAGE = 2;

    /** More connections than any test opens at once, so that none waits to be asked for again. */
    private static final int BACKLOG = 1_000;

    private final HttpServer server;
    /** By account and sort key, in their order. */
    private final NavigableMap<String, Value.Fields> items = new TreeMap<>();
    /** Requests to be answered 500, before anything is done. */
    public final AtomicInteger failures = new AtomicInteger();
    /** Puts to be answered 500, not done. */
    public final AtomicInteger failingPuts = new AtomicInteger();
    /** Deletes to be answered 500, not done. */
    public final AtomicInteger failingDeletes = new AtomicInteger();
    /** Puts and deletes to be done and then answered 500. */
    public final AtomicInteger unheardWrites = new AtomicInteger();

    public FakeDynamoDb() {
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

    /** A client with two attempts. */
    static DynamoDbClient client(URI endpoint, Duration timeout) {
        return DynamoDbClient.builder()
                .endpointOverride(endpoint)
                .region(Region.EU_WEST_1)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("test", "test")))
                .overrideConfiguration(config -> config.apiCallAttemptTimeout(timeout)
                        .apiCallTimeout(timeout.multipliedBy(2))
                        .retryStrategy(retry -> retry.maxAttempts(2)))
                .httpClientBuilder(
                        ApacheHttpClient.builder().connectionTimeout(timeout).socketTimeout(timeout))
                .build();
    }

    /** Puts an item into the table as it is; each value is a text. */
    public synchronized void put(String account, String sort, Map<String, String> texts) {
        Map<String, Value> item = new LinkedHashMap<>();
        texts.forEach((name, text) -> item.put(name, attribute(text)));
        item.put("account", attribute(account));
        item.put("sk", attribute(sort));
        items.put(key(account, sort), new Value.Fields(item));
    }

    /** Sort keys of an account. */
    public synchronized List<String> sorts(String account) {
        return items.values().stream()
                .filter(item -> item.inner("account").text("S").equals(account))
                .map(item -> item.inner("sk").text("S"))
                .toList();
    }

    /** Forgets an item. */
    public synchronized void forget(String account, String sort) {
        items.remove(key(account, sort));
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            Value.Fields request = JsonText.readObject(exchange.getRequestBody().readAllBytes());
            Reply reply = reply(exchange.getRequestHeaders().getFirst("X-Amz-Target"), request);
            byte[] body = reply.json().getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/x-amz-json-1.0");
            exchange.sendResponseHeaders(reply.status(), body.length);
            exchange.getResponseBody().write(body);
        }
    }

    private record Reply(int status, String json) {
        static final Reply FAILURE = new Reply(500, "{\"__type\":\"InternalServerError\"}");
    }

    private synchronized Reply reply(String target, Value.Fields request) {
        if (take(failures)
                || target.endsWith("PutItem") && take(failingPuts)
                || target.endsWith("DeleteItem") && take(failingDeletes)) {
            return Reply.FAILURE;
        }
        if (!request.text("TableName").equals(TABLE)) {
            return new Reply(400, "{\"__type\":\"com.amazonaws.dynamodb.v20120810#ResourceNotFoundException\"}");
        }
        return switch (target.substring(target.indexOf('.') + 1)) {
            case "GetItem" ->
                new Reply(
                        200,
                        item(request.inner("Key"))
                                .map(item -> "{\"Item\":" + json(item) + "}")
                                .orElse("{}"));
            case "PutItem" -> write(request, request.inner("Item"), true);
            case "DeleteItem" -> write(request, request.inner("Key"), false);
            case "Query" -> query(request);
            default -> new Reply(400, "{\"__type\":\"UnknownOperationException\"}");
        };
    }

    private Reply write(Value.Fields request, Value.Fields written, boolean put) {
        Optional<Value.Fields> stored = item(written);
        String condition = request.text("ConditionExpression");
        boolean holds = condition.equals("attribute_not_exists(sk)")
                ? stored.isEmpty()
                : stored.isPresent()
                        && stored.get()
                                .inner("revision")
                                .equals(request.inner("ExpressionAttributeValues")
                                        .inner(":revision"));
        if (!holds) {
            String old = stored.map(item -> ",\"Item\":" + json(item)).orElse("");
            return new Reply(
                    400,
                    "{\"__type\":\"com.amazonaws.dynamodb.v20120810#ConditionalCheckFailedException\","
                            + "\"message\":\"The conditional request failed\"" + old + "}");
        }
        if (put) {
            items.put(key(written), written);
        } else {
            items.remove(key(written));
        }
        return take(unheardWrites) ? Reply.FAILURE : new Reply(200, "{}");
    }

    private Reply query(Value.Fields request) {
        Value.Fields values = request.inner("ExpressionAttributeValues");
        String account = values.inner(":account").text("S");
        String from = key(account, values.inner(":from").text("S"));
        String to = key(account, values.inner(":to").text("S"));
        Value.Fields after = request.inner("ExclusiveStartKey");
        boolean first = after.fields().isEmpty();
        List<Value.Fields> all = new ArrayList<>(
                items.subMap(first ? from : key(after), first, to, true).values());
        // Pages of two, so that paging is tried.
        List<Value.Fields> page = all.subList(0, Math.min(PAGE, all.size()));
        String last = page.size() == all.size()
                ? ""
                : ",\"LastEvaluatedKey\":{\"account\":{\"S\":\"" + account + "\"},\"sk\":{\"S\":\""
                        + page.getLast().inner("sk").text("S") + "\"}}";
        return new Reply(
                200,
                "{\"Items\":["
                        + String.join(",", page.stream().map(FakeDynamoDb::json).toList()) + "]" + last + "}");
    }

    private Optional<Value.Fields> item(Value.Fields key) {
        return Optional.ofNullable(items.get(key(key)));
    }

    private static boolean take(AtomicInteger faults) {
        return faults.getAndUpdate(left -> Math.max(0, left - 1)) > 0;
    }

    private static String key(Value.Fields item) {
        return key(item.inner("account").text("S"), item.inner("sk").text("S"));
    }

    private static String key(String account, String sort) {
        return account + "\n" + sort;
    }

    private static Value.Fields attribute(String text) {
        return new Value.Fields(Map.of("S", Value.of(text)));
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
