package dev.sluice.local.servers;

import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * All servers of one machine, started together: within a few seconds, or not at all.
 *
 * <p>Closing ends them in any state, and may be called twice.
 */
public final class LocalServers implements AutoCloseable {
    private final KinesisLocal kinesis;
    private final DynamoDbLocal dynamoDb;
    private final S3Server s3;
    private final RedisServer redis;
    private final PostgresServer postgres;
    private final AwsClients clients;

    private LocalServers(
            KinesisLocal kinesis, DynamoDbLocal dynamoDb, S3Server s3, RedisServer redis, PostgresServer postgres) {
        this.kinesis = kinesis;
        this.dynamoDb = dynamoDb;
        this.s3 = s3;
        this.redis = redis;
        this.postgres = postgres;
        this.clients = new AwsClients(kinesis.endpoint(), dynamoDb.endpoint(), s3.endpoint());
    }

    /**
     * Where things are.
     *
     * @param home the folder of the module {@code local-runner}, built
     * @param run logs, Redis's program and PostgreSQL's data go here
     * @param objects the buckets of S3 go here
     */
    public record Folders(Path home, Path run, Path objects) {
        Path kinesis() {
            return home.resolve("kinesis-local");
        }

        Path dynamoDb() {
            return home.resolve("target/dynamodb-local");
        }

        Path postgres() {
            return home.resolve("target/postgres");
        }
    }

    /**
     * Starts them side by side and waits until all answer.
     *
     * @throws ServerFailure in one line if one cannot start; the others are then ended
     */
    public static LocalServers start(ServerPorts ports, Folders folders) {
        ServerPorts.requireFree(ports.kinesis(), "Kinesis");
        ServerPorts.requireFree(ports.dynamoDb(), "DynamoDB");
        ServerPorts.requireFree(ports.s3(), "S3");
        ServerPorts.requireFree(ports.redis(), "Redis");
        ServerPorts.requireFree(ports.postgres(), "PostgreSQL");
        Deque<AutoCloseable> started = new ArrayDeque<>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            // The only one in this process, so before any process is started that could inherit a socket on its port.
            S3Server s3 = result(threads.submit(kept(started, () -> S3Server.start(ports.s3(), folders.objects()))));
            var kinesis = threads.submit(
                    kept(started, () -> KinesisLocal.start(ports.kinesis(), folders.kinesis(), folders.run())));
            var dynamoDb = threads.submit(
                    kept(started, () -> DynamoDbLocal.start(ports.dynamoDb(), folders.dynamoDb(), folders.run())));
            var redis = threads.submit(kept(started, () -> RedisServer.start(ports.redis(), folders.run())));
            var postgres = threads.submit(
                    kept(started, () -> PostgresServer.start(ports.postgres(), folders.postgres(), folders.run())));
            threads.shutdown();
            return new LocalServers(result(kinesis), result(dynamoDb), s3, result(redis), result(postgres));
        } catch (ServerFailure failed) {
            // The executor has closed, so every start has ended one way or the other.
            closeAll(started);
            throw failed;
        }
    }

    private static <T extends AutoCloseable> Callable<T> kept(Deque<AutoCloseable> started, Callable<T> start) {
        return () -> {
            T server = start.call();
            synchronized (started) {
                started.push(server);
            }
            return server;
        };
    }

    private static <T> T result(Future<T> start) {
        try {
            return start.get();
        } catch (ExecutionException failed) {
            throw failed.getCause() instanceof ServerFailure known
                    ? known
                    : new ServerFailure("a server cannot be started: " + failed.getCause(), failed);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new ServerFailure("interrupted while the servers start", interrupted);
        }
    }

    private static void closeAll(Iterable<AutoCloseable> servers) {
        for (AutoCloseable server : servers) {
            try {
                server.close();
            } catch (Exception failed) {
                System.err.println("a server did not end: " + failed.getMessage());
            }
        }
    }

    public KinesisLocal kinesis() {
        return kinesis;
    }

    public DynamoDbLocal dynamoDb() {
        return dynamoDb;
    }

    public S3Server s3() {
        return s3;
    }

    public RedisServer redis() {
        return redis;
    }

    public PostgresServer postgres() {
        return postgres;
    }

    /** Clients for them; closed with them. */
    public AwsClients clients() {
        return clients;
    }

    @Override
    public void close() {
        clients.close();
        closeAll(List.of(kinesis, dynamoDb, redis, s3, postgres));
    }
}
