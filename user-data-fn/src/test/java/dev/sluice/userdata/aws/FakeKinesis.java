package dev.sluice.userdata.aws;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.sluice.model.JsonText;
import dev.sluice.model.Value;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * As much of Kinesis (PutRecords, JSON) as the function uses, for the real SDK client to talk to; fails on demand. Sets
 * the SDK's endpoint property while it is open.
 */
final class FakeKinesis implements AutoCloseable {
    private static final String ENDPOINT = "aws.endpointUrlKinesis";

    /** How it behaves. */
    enum Mood {
        WELL,
        /** Every call is refused with 400, which the SDK does not try again. */
        REFUSING,
        /** The call succeeds and its record is refused, as by a hot shard. */
        THROTTLING,
        /** No call is answered. */
        SILENT
    }

    /** A record that was taken. */
    record Record(String stream, String explicitHashKey, byte[] data) {}

    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final CountDownLatch closing = new CountDownLatch(1);
    private final List<Record> records = new ArrayList<>();
    private volatile Mood mood = Mood.WELL;

    FakeKinesis() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(threads);
        server.createContext("/", this::serve);
        server.start();
        System.setProperty(ENDPOINT, "http://127.0.0.1:" + server.getAddress().getPort());
    }

    void mood(Mood newMood) {
        mood = newMood;
    }

    /** What was taken, in order. */
    List<Record> records() {
        synchronized (records) {
            return List.copyOf(records);
        }
    }

    @Override
    public void close() {
        System.clearProperty(ENDPOINT);
        closing.countDown();
        server.stop(0);
        threads.shutdownNow();
    }

    private void serve(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] body = exchange.getRequestBody().readAllBytes();
            switch (mood) {
                case WELL -> answer(exchange, 200, putRecords(JsonText.readObject(body)));
                case REFUSING -> answer(exchange, 400, "{\"__type\":\"AccessDeniedException\"}");
                case THROTTLING ->
                    answer(
                            exchange,
                            200,
                            "{\"FailedRecordCount\":1,\"Records\":[{\"ErrorCode\":\"ProvisionedThroughputExceededException\"}]}");
                case SILENT -> closing.await();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private String putRecords(Value.Fields request) {
        List<String> results = new ArrayList<>();
        for (Value.Fields record : request.innerList("Records")) {
            synchronized (records) {
                records.add(new Record(
                        request.text("StreamName"),
                        record.text("ExplicitHashKey"),
                        Base64.getDecoder().decode(record.text("Data"))));
                results.add("{\"SequenceNumber\":\"%d\",\"ShardId\":\"shardId-0\"}".formatted(records.size()));
            }
        }
        return "{\"FailedRecordCount\":0,\"Records\":[%s]}".formatted(String.join(",", results));
    }

    private static void answer(HttpExchange exchange, int status, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("content-type", "application/x-amz-json-1.1");
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
    }
}
