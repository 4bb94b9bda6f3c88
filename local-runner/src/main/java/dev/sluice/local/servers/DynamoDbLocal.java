package dev.sluice.local.servers;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * AWS's DynamoDB Local with streams, in a JVM and on a class path of its own; tables live in memory and die with it.
 *
 * <p>It listens on every interface of the machine and has no setting for it: on a machine that others can reach, close
 * its port with a firewall. It never throttles, and a stream has one shard.
 */
public final class DynamoDbLocal implements AutoCloseable {
    private static final Duration START_LIMIT = Duration.ofSeconds(30);

    private final ChildProcess process;
    private final int port;

    private DynamoDbLocal(ChildProcess process, int port) {
        this.process = process;
        this.port = port;
    }

    /**
     * Starts it and waits until it answers.
     *
     * @param jars {@code local-runner/target/dynamodb-local}, filled by the build
     * @param runFolder where its log goes
     * @throws ServerFailure in one line if the port is in use or the jars are missing
     */
    public static DynamoDbLocal start(int port, Path jars, Path runFolder) {
        ServerPorts.requireFree(port, "DynamoDB");
        if (!Files.isDirectory(jars)) {
            throw new ServerFailure("DynamoDB Local is not in " + jars + "; run ./sluice build");
        }
        var process = ChildProcess.start(new ChildProcess.Command(
                "DynamoDB",
                arguments(port, jars.toAbsolutePath()),
                Map.of("DDB_LOCAL_TELEMETRY", "0"),
                jars,
                runFolder.resolve("dynamodb.log")));
        try {
            Readiness.awaitPort(process, port, START_LIMIT);
        } catch (ServerFailure failed) {
            process.close();
            throw failed;
        }
        return new DynamoDbLocal(process, port);
    }

    private static List<String> arguments(int port, Path jars) {
        return List.of(
                Programs.java().toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xmx512m",
                "--enable-native-access=ALL-UNNAMED",
                "-Djava.library.path=" + jars,
                "-cp",
                jars.resolve("*").toString(),
                "com.amazonaws.services.dynamodbv2.local.main.ServerRunner",
                "-inMemory",
                "-sharedDb",
                "-disableTelemetry",
                "-port",
                Integer.toString(port));
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
