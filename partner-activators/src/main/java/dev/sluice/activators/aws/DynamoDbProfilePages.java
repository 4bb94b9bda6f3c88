package dev.sluice.activators.aws;

import dev.sluice.activators.UnreachableException;
import dev.sluice.activators.propagator.ProfilePages;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ScanResponse;

/** The profile table by parallel scans. A page ends where DynamoDB ends it, at 1 MB or the limit. Thread-safe. */
public final class DynamoDbProfilePages implements ProfilePages {
    private static final String KEY = "person";
    private static final String PROFILE = "profile";
    private static final byte[] MISSING = {};

    private final DynamoDbClient dynamoDb;
    private final String table;

    public DynamoDbProfilePages(DynamoDbClient dynamoDb, String table) {
        this.dynamoDb = dynamoDb;
        this.table = table;
    }

    @Override
    public Page page(int segment, int segments, Optional<String> after, int limit) {
        try {
            ScanResponse response = dynamoDb.scan(request -> {
                request.tableName(table)
                        .segment(segment)
                        .totalSegments(segments)
                        .limit(limit)
                        .consistentRead(true)
                        .projectionExpression(KEY + ", " + PROFILE);
                after.ifPresent(key -> request.exclusiveStartKey(Map.of(KEY, AttributeValue.fromS(key))));
            });
            List<byte[]> profiles = response.items().stream()
                    .map(item -> item.containsKey(PROFILE) ? text(item.get(PROFILE)) : MISSING)
                    .toList();
            return new Page(profiles, next(response));
        } catch (SdkException e) {
            throw new UnreachableException(
                    "Scan of " + table + ": " + e.getClass().getSimpleName(), e);
        }
    }

    private static byte[] text(AttributeValue value) {
        return value == null || value.s() == null ? MISSING : value.s().getBytes(StandardCharsets.UTF_8);
    }

    private static Optional<String> next(ScanResponse response) {
        return response.hasLastEvaluatedKey()
                ? Optional.ofNullable(response.lastEvaluatedKey().get(KEY)).map(AttributeValue::s)
                : Optional.empty();
    }
}
