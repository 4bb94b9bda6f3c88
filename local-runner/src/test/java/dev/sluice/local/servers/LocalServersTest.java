package dev.sluice.local.servers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;
import software.amazon.awssdk.services.kinesis.model.ShardIteratorType;

/**
 * The servers of one machine promise:
 * the real SDK clients work against each; objects of S3 are plain files; only DynamoDB Local is reachable from outside;
 * whatever is missing or in the way is named in one line, and then nothing is left running.
 */
@ExtendWith(SharedServers.class)
final class LocalServersTest {
    private static final byte[] BODY = "a\nb\n".getBytes(StandardCharsets.UTF_8);

    @Test
    void kinesisKeepsRecordsForTheRealClient(LocalServers servers) {
        var kinesis = servers.clients().kinesis();
        kinesis.createStream(it -> it.streamName("kept").shardCount(1));
        kinesis.waiter().waitUntilStreamExists(it -> it.streamName("kept"));
        kinesis.putRecord(it -> it.streamName("kept").partitionKey("p").data(SdkBytes.fromByteArray(BODY)));

        var iterator = kinesis.getShardIterator(it -> it.streamName("kept")
                .shardId("shardId-000000000000")
                .shardIteratorType(ShardIteratorType.TRIM_HORIZON));
        var records = kinesis.getRecords(it -> it.shardIterator(iterator.shardIterator()))
                .records();

        assertThat(records)
                .singleElement()
                .satisfies(record -> assertThat(record.data().asByteArray()).isEqualTo(BODY));
    }

    @Test
    void dynamoDbKeepsItemsForTheRealClient(LocalServers servers) {
        var dynamoDb = servers.clients().dynamoDb();
        dynamoDb.createTable(it -> it.tableName("kept")
                .billingMode(BillingMode.PAY_PER_REQUEST)
                .attributeDefinitions(AttributeDefinition.builder()
                        .attributeName("id")
                        .attributeType(ScalarAttributeType.S)
                        .build())
                .keySchema(KeySchemaElement.builder()
                        .attributeName("id")
                        .keyType(KeyType.HASH)
                        .build()));
        var item = Map.of("id", AttributeValue.fromS("1"), "v", AttributeValue.fromN("2"));
        dynamoDb.putItem(it -> it.tableName("kept").item(item));

        assertThat(dynamoDb.getItem(it -> it.tableName("kept").key(Map.of("id", AttributeValue.fromS("1"))))
                        .item())
                .isEqualTo(item);
    }

    @Test
    void anObjectOfS3IsAPlainFile(LocalServers servers) throws IOException {
        var s3 = servers.clients().s3();
        s3.createBucket(it -> it.bucket("kept"));
        s3.putObject(it -> it.bucket("kept").key("2026/11/21/a"), RequestBody.fromBytes(BODY));

        assertThat(Files.readAllBytes(servers.s3().folder().resolve("kept/2026/11/21/a")))
                .isEqualTo(BODY);
    }

    @Test
    void redisAnswersOnItsPort(LocalServers servers) throws IOException {
        try (var socket =
                new Socket(InetAddress.getLoopbackAddress(), servers.redis().port())) {
            socket.getOutputStream().write("SET k v\r\nGET k\r\n".getBytes(StandardCharsets.US_ASCII));
            assertThat(new String(socket.getInputStream().readNBytes(12), StandardCharsets.US_ASCII))
                    .isEqualTo("+OK\r\n$1\r\nv\r\n");
        }
    }

    @Test
    void postgresKeepsRowsAndSpeaksUtf8(LocalServers servers) throws SQLException {
        try (var connection = servers.postgres().connect();
                var statement = connection.createStatement()) {
            statement.execute("CREATE TABLE kept (word text); INSERT INTO kept VALUES ('Zoë')");
            try (var rows = statement.executeQuery("SELECT word || ' ' || length(word) FROM kept")) {
                assertThat(rows.next()).isTrue();
                assertThat(rows.getString(1)).isEqualTo("Zoë 3");
            }
        }
    }

    @Test
    void postgresEndsAlthoughSomebodyIsConnected(@TempDir Path folder) throws SQLException, IOException {
        Path cache = Path.of("target/postgres");
        var server = PostgresServer.start(FreePorts.some(1).getFirst(), cache, folder);
        try (var connection = server.connect()) {
            assertThat(connection.isValid(5)).isTrue();
            // What the guard would kill is the server itself.
            assertThat(Files.readAllLines(folder.resolve("postgres/postmaster.pid")))
                    .startsWith(Long.toString(server.process().pid()));
            server.close();
        }
        assertThat(server.process().isAlive()).isFalse();
    }

    @Test
    void onlyTheLoopbackInterfaceReachesAnyButDynamoDb(LocalServers servers) throws IOException {
        List<InetAddress> outside = NetworkInterface.networkInterfaces()
                .flatMap(NetworkInterface::inetAddresses)
                .filter(address -> !address.isLoopbackAddress() && !address.isLinkLocalAddress())
                .toList();
        for (InetAddress address : outside) {
            for (int port : new int[] {
                servers.kinesis().port(),
                servers.redis().port(),
                servers.s3().port(),
                servers.postgres().port()
            }) {
                try (var socket = new Socket()) {
                    assertThatThrownBy(() -> socket.connect(new InetSocketAddress(address, port), 500))
                            .as("%s:%d", address, port)
                            .isInstanceOf(IOException.class);
                }
            }
        }
    }

    @Test
    void aPortInUseIsNamedInOneLineAndNothingIsLeftRunning(@TempDir Path folder) throws IOException {
        long before = children();
        try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            var free = FreePorts.forServers();
            var ports =
                    new ServerPorts(free.kinesis(), free.dynamoDb(), free.s3(), taken.getLocalPort(), free.postgres());

            assertThatThrownBy(() -> LocalServers.start(ports, foldersIn(folder)))
                    .isInstanceOf(ServerFailure.class)
                    .hasMessage("port " + taken.getLocalPort() + " is in use (Redis); free it or choose --port-base");
        }
        assertThat(children()).isEqualTo(before);
    }

    @Test
    void whatIsNotBuiltIsNamedInOneLineAndTheOthersAreEnded(@TempDir Path folder) {
        long before = children();

        assertThatThrownBy(() -> LocalServers.start(FreePorts.forServers(), foldersIn(folder)))
                .isInstanceOf(ServerFailure.class)
                .hasMessageContaining("./sluice build");
        assertThat(children()).isEqualTo(before);
    }

    private static long children() {
        // The guard starts with the first child and stays: have it there before counting.
        Guard.ended(0);
        return ProcessHandle.current().children().count();
    }

    private static LocalServers.Folders foldersIn(Path folder) {
        return new LocalServers.Folders(folder, folder.resolve("run"), folder.resolve("s3"));
    }
}
