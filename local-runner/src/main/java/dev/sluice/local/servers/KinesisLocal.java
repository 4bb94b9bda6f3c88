package dev.sluice.local.servers;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * The Kinesis stand-in (npm {@code kinesis-local}), run by node; streams live in memory and die with it.
 *
 * <p>By itself it listens on every interface; a preload script gives it the loopback one only, and ends it when this
 * JVM is gone in whatever way. Creating or changing a stream takes a millisecond. It never throttles.
 */
public final class KinesisLocal implements AutoCloseable {
    private static final Duration START_LIMIT = Duration.ofSeconds(20);

    private final ChildProcess process;
    private final int port;

    private KinesisLocal(ChildProcess process, int port) {
        this.process = process;
        this.port = port;
    }

    /**
     * Starts it and waits until it answers.
     *
     * @param folder {@code local-runner/kinesis-local}, with its {@code node_modules} installed by the build
     * @param runFolder where its log goes
     * @throws ServerFailure in one line if the port is in use, node is missing or the package is not installed
     */
    public static KinesisLocal start(int port, Path folder, Path runFolder) {
        ServerPorts.requireFree(port, "Kinesis");
        Path home = folder.toAbsolutePath();
        Path program = home.resolve("node_modules/kinesis-local");
        if (!Files.isRegularFile(program.resolve("main.js"))) {
            throw new ServerFailure("the Kinesis stand-in is not installed in " + home + "; run ./sluice build");
        }
        var process = ChildProcess.start(new ChildProcess.Command(
                "Kinesis",
                List.of(node(), "--require", home.resolve("preload.cjs").toString(), "main.js"),
                settings(port),
                program,
                runFolder.resolve("kinesis.log")));
        try {
            Readiness.awaitPort(process, port, START_LIMIT);
        } catch (ServerFailure failed) {
            process.close();
            throw failed;
        }
        return new KinesisLocal(process, port);
    }

    private static Map<String, String> settings(int port) {
        String atOnce = "1ms";
        return Map.ofEntries(
                Map.entry("KINESIS_MOCK_PLAIN_PORT", Integer.toString(port)),
                // The TLS port cannot be turned off; 0 lets the system choose a free one.
                Map.entry("KINESIS_MOCK_TLS_PORT", "0"),
                Map.entry("AWS_REGION", AwsClients.REGION.id()),
                Map.entry("AWS_ACCOUNT_ID", AwsClients.ACCOUNT),
                Map.entry("LOG_LEVEL", "WARN"),
                Map.entry("SHARD_LIMIT", "256"),
                Map.entry("ON_DEMAND_STREAM_COUNT_LIMIT", "50"),
                Map.entry("SHOULD_PERSIST_DATA", "false"),
                Map.entry("LOAD_DATA_IF_EXISTS", "false"),
                Map.entry("CREATE_STREAM_DURATION", atOnce),
                Map.entry("DELETE_STREAM_DURATION", atOnce),
                Map.entry("REGISTER_STREAM_CONSUMER_DURATION", atOnce),
                Map.entry("DEREGISTER_STREAM_CONSUMER_DURATION", atOnce),
                Map.entry("MERGE_SHARDS_DURATION", atOnce),
                Map.entry("SPLIT_SHARD_DURATION", atOnce),
                Map.entry("UPDATE_SHARD_COUNT_DURATION", atOnce),
                Map.entry("UPDATE_STREAM_MODE_DURATION", atOnce));
    }

    private static String node() {
        return Programs.onPath("node")
                .map(Path::toString)
                .orElseThrow(() -> new ServerFailure("node is not on the PATH: install Node 20 or newer (Kinesis)"));
    }

    public int port() {
        return port;
    }

    public URI endpoint() {
        return URI.create("http://127.0.0.1:" + port);
    }

    public ChildProcess process() {
        return process;
    }

    @Override
    public void close() {
        process.close();
    }
}
