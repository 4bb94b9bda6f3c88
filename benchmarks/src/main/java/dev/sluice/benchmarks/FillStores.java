package dev.sluice.benchmarks;

import dev.sluice.classifier.StoredUserState;
import dev.sluice.model.profile.SegmentedProfileJson;
import io.lettuce.core.LettuceFutures;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisFuture;
import io.lettuce.core.codec.ByteArrayCodec;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.PutRequest;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;

/** Puts people into the stores as the classifier leaves them, only faster. */
final class FillStores {
    private static final int PIPELINED = 1_000;
    private static final int ITEMS_OF_A_WRITE = 25;
    private static final int WRITERS = 4;
    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    private FillStores() {}

    /** @return bytes of Redis's memory for each person */
    static long redis(String uri, Players players, int people) {
        try (var client = RedisClient.create(uri);
                var connection = client.connect(ByteArrayCodec.INSTANCE)) {
            long before = usedMemory(connection.sync().info("memory"));
            connection.setAutoFlushCommands(false);
            var redis = connection.async();
            List<RedisFuture<?>> sent = new ArrayList<>();
            for (int person = 0; person < people; person++) {
                byte[] key = bytes(StoredUserState.key(Players.key(person)));
                sent.add(redis.hset(key, fields(players, person)));
                sent.add(redis.expire(key, Players.LIFETIME.stored().toSeconds()));
                if (sent.size() >= PIPELINED || person == people - 1) {
                    connection.flushCommands();
                    await(sent);
                    sent.clear();
                }
            }
            connection.setAutoFlushCommands(true);
            return (usedMemory(connection.sync().info("memory")) - before) / people;
        }
    }

    private static void await(List<RedisFuture<?>> sent) {
        if (!LettuceFutures.awaitAll(TIMEOUT, sent.toArray(RedisFuture[]::new))) {
            throw new IllegalStateException("Redis does not answer");
        }
    }

    private static Map<byte[], byte[]> fields(Players players, int person) {
        Players.Player player = players.like(person);
        return Map.of(
                bytes(StoredUserState.PROFILE),
                player.traits(),
                bytes(StoredUserState.RECENT),
                player.recent(),
                bytes(StoredUserState.REVISION),
                bytes("1"),
                bytes(StoredUserState.TOLD),
                bytes("1"),
                bytes(StoredUserState.KEPT_AT),
                bytes(Long.toString(players.keptAt().toEpochMilli())));
    }

    private static long usedMemory(String info) {
        return info.lines()
                .filter(line -> line.startsWith("used_memory:"))
                .mapToLong(line -> Long.parseLong(line.substring("used_memory:".length())))
                .findFirst()
                .orElseThrow();
    }

    static void dynamoDb(DynamoDbClient dynamoDb, Players players, int people) {
        try (ExecutorService writers = Executors.newFixedThreadPool(WRITERS)) {
            List<CompletableFuture<Void>> writing = IntStream.range(0, WRITERS)
                    .mapToObj(writer -> CompletableFuture.runAsync(
                            () -> {
                                int stride = WRITERS * ITEMS_OF_A_WRITE;
                                for (int i = writer * ITEMS_OF_A_WRITE; i < people; i += stride) {
                                    write(dynamoDb, players, i, Math.min(people, i + ITEMS_OF_A_WRITE));
                                }
                            },
                            writers))
                    .toList();
            writing.forEach(CompletableFuture::join);
        }
    }

    private static void write(DynamoDbClient dynamoDb, Players players, int from, int to) {
        List<WriteRequest> puts = IntStream.range(from, to)
                .mapToObj(person -> WriteRequest.builder()
                        .putRequest(
                                PutRequest.builder().item(item(players, person)).build())
                        .build())
                .toList();
        var answer = dynamoDb.batchWriteItem(request -> request.requestItems(Map.of(LoadStores.TABLE, puts)));
        if (answer.hasUnprocessedItems() && !answer.unprocessedItems().isEmpty()) {
            throw new IllegalStateException("DynamoDB Local left items unwritten");
        }
    }

    private static Map<String, AttributeValue> item(Players players, int person) {
        var profile = players.profile(person);
        return Map.of(
                "person", AttributeValue.fromS(profile.key().qualified()),
                "version", AttributeValue.fromN(Long.toString(profile.version())),
                "profile",
                        AttributeValue.fromS(new String(SegmentedProfileJson.write(profile), StandardCharsets.UTF_8)));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
