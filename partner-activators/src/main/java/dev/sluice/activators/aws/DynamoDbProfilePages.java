package dev.sluice.activators.aws;

import dev.sluice.activators.UnreachableException;
import dev.sluice.activators.propagator.ProfilePages;
import dev.sluice.model.PersonKey;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.KeysAndAttributes;
import software.amazon.awssdk.services.dynamodb.model.ScanResponse;

/** The profile table by parallel scans. A page ends where DynamoDB ends it, at 1 MB or the limit. Thread-safe. */
public final class DynamoDbProfilePages implements ProfilePages {
    private static final String KEY = "person";
    private static final String PROFILE = "profile";
    private static final byte[] MISSING = {};
    private static final int GET_AT_ONCE = 100;
    private static final int MAX_GETS = 8;

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

    @Override
    public Set<PersonKey> present(List<PersonKey> people) {
        Set<PersonKey> found = new HashSet<>();
        for (int from = 0; from < people.size(); from += GET_AT_ONCE) {
            Map<String, KeysAndAttributes> asked =
                    asked(people.subList(from, Math.min(people.size(), from + GET_AT_ONCE)));
            for (int gets = 0; !asked.isEmpty(); gets++) {
                if (gets == MAX_GETS) {
                    throw new UnreachableException(
                            table + " is throttled", new IllegalStateException("unprocessed keys"));
                }
                asked = get(asked, found);
            }
        }
        return found;
    }

    private Map<String, KeysAndAttributes> asked(List<PersonKey> people) {
        return Map.of(
                table,
                KeysAndAttributes.builder()
                        .keys(people.stream()
                                .map(person -> Map.of(KEY, AttributeValue.fromS(person.qualified())))
                                .toList())
                        .consistentRead(true)
                        .projectionExpression(KEY)
                        .build());
    }

    private Map<String, KeysAndAttributes> get(Map<String, KeysAndAttributes> asked, Set<PersonKey> found) {
        try {
            BatchGetItemResponse answer = dynamoDb.batchGetItem(get -> get.requestItems(asked));
            answer.responses()
                    .getOrDefault(table, List.of())
                    .forEach(item -> found.add(
                            PersonKey.parse(LedgerItems.attribute(item, KEY).s())));
            return answer.unprocessedKeys();
        } catch (SdkException e) {
            throw new UnreachableException(
                    "BatchGetItem of " + table + ": " + e.getClass().getSimpleName(), e);
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
