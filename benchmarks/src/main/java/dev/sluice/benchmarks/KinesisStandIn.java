package dev.sluice.benchmarks;

import dev.sluice.local.servers.KinesisLocal;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.apache.ApacheHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.kinesis.KinesisClient;

/** The Kinesis stand-in of one machine with an empty stream, and no lake. */
final class KinesisStandIn implements AutoCloseable {
    private static final int SHARDS = 4;
    /** The discard port, where nothing answers. */
    private static final String NOBODY = "http://127.0.0.1:9";

    private final KinesisLocal server;

    private KinesisStandIn(KinesisLocal server) {
        this.server = server;
    }

    /** @param folder of the stand-in, as {@code ./sluice build} leaves it */
    static KinesisStandIn start(Path folder) {
        try {
            Path logs = Files.createTempDirectory("sluice-benchmark");
            logs.toFile().deleteOnExit();
            var standIn = new KinesisStandIn(KinesisLocal.start(freePort(), folder, logs));
            standIn.createStream();
            return standIn;
        } catch (IOException e) {
            throw new UncheckedIOException("the Kinesis stand-in does not start", e);
        }
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private void createStream() {
        try (KinesisClient client = KinesisClient.builder()
                .endpointOverride(server.endpoint())
                .region(Region.US_EAST_1)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("local", "local")))
                .httpClientBuilder(ApacheHttpClient.builder())
                .build()) {
            client.createStream(stream -> stream.streamName("sluice-events").shardCount(SHARDS));
            client.waiter().waitUntilStreamExists(stream -> stream.streamName("sluice-events"));
        }
    }

    /** For a process that stores in this stream; at the lake's address nobody listens. */
    Map<String, String> environment() {
        return environment(server.endpoint().toString());
    }

    /** For a process that stores nowhere. */
    static Map<String, String> nowhere() {
        return environment(NOBODY);
    }

    private static Map<String, String> environment(String kinesis) {
        return Map.of(
                "AWS_REGION",
                Region.US_EAST_1.id(),
                "AWS_ACCESS_KEY_ID",
                "local",
                "AWS_SECRET_ACCESS_KEY",
                "local",
                "AWS_ENDPOINT_URL_KINESIS",
                kinesis,
                "AWS_ENDPOINT_URL_S3",
                NOBODY);
    }

    @Override
    public void close() {
        server.close();
    }
}
