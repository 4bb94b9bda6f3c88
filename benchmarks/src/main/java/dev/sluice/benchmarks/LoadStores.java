package dev.sluice.benchmarks;

import dev.sluice.local.Resources;
import dev.sluice.local.servers.ChildProcess;
import dev.sluice.local.servers.DynamoDbLocal;
import dev.sluice.local.servers.RedisServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.apache.ApacheHttpClient;
import software.amazon.awssdk.http.apache.ProxyConfiguration;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** A real Redis and DynamoDB Local, each in a process of its own on a free port, with an empty table of profiles. */
final class LoadStores implements AutoCloseable {
    static final String TABLE = "profiles";

    private static final int MAX_CONNECTIONS = 128;

    private final RedisServer redis;
    private final DynamoDbLocal dynamoDbServer;
    private final DynamoDbClient dynamoDb;

    private LoadStores(RedisServer redis, DynamoDbLocal dynamoDbServer) {
        this.redis = redis;
        this.dynamoDbServer = dynamoDbServer;
        this.dynamoDb = client(dynamoDbServer.endpoint());
    }

    /** @param jars of DynamoDB Local, as {@code ./sluice build} leaves them */
    static LoadStores start(Path jars) {
        Path folder = folder();
        RedisServer redis = RedisServer.start(freePort(), folder);
        try {
            var stores = new LoadStores(redis, DynamoDbLocal.start(freePort(), jars, folder));
            stores.dynamoDb.createTable(Resources.profilesTable(TABLE));
            return stores;
        } catch (RuntimeException failed) {
            redis.close();
            throw failed;
        }
    }

    private static Path folder() {
        try {
            Path folder = Files.createTempDirectory("sluice-benchmark");
            folder.toFile().deleteOnExit();
            return folder;
        } catch (IOException failed) {
            throw new UncheckedIOException("no folder for the servers' logs", failed);
        }
    }

    private static DynamoDbClient client(URI endpoint) {
        return DynamoDbClient.builder()
                .endpointOverride(endpoint)
                .region(Region.US_EAST_1)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("local", "local")))
                .httpClientBuilder(ApacheHttpClient.builder()
                        .maxConnections(MAX_CONNECTIONS)
                        .proxyConfiguration(ProxyConfiguration.builder()
                                .useEnvironmentVariableValues(false)
                                .useSystemPropertyValues(false)
                                .build()))
                .build();
    }

    private static int freePort() {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException failed) {
            throw new UncheckedIOException("no free port", failed);
        }
    }

    String redisUri() {
        return redis.endpoint().toString();
    }

    DynamoDbClient dynamoDb() {
        return dynamoDb;
    }

    /** Processor time that Redis has used. */
    Duration redisTime() {
        return time(redis.process());
    }

    /** Processor time that DynamoDB Local has used. */
    Duration dynamoDbTime() {
        return time(dynamoDbServer.process());
    }

    private static Duration time(ChildProcess process) {
        return ProcessHandle.of(process.pid())
                .flatMap(handle -> handle.info().totalCpuDuration())
                .orElse(Duration.ZERO);
    }

    @Override
    public void close() {
        dynamoDb.close();
        dynamoDbServer.close();
        redis.close();
    }
}
