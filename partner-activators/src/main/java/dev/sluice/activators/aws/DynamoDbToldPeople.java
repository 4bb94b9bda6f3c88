package dev.sluice.activators.aws;

import dev.sluice.activators.UnreachableException;
import dev.sluice.activators.ledger.LedgerEntry;
import dev.sluice.activators.propagator.ToldPeople;
import dev.sluice.model.MalformedException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ScanResponse;

/** The people of the ledger's table by parallel scans; what cannot be read is passed over. Thread-safe. */
public final class DynamoDbToldPeople implements ToldPeople {
    /** No person's name has one. */
    private static final String BETWEEN = "\n";

    private final DynamoDbClient dynamoDb;
    private final String table;

    public DynamoDbToldPeople(DynamoDbClient dynamoDb, String table) {
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
                        .filterExpression("begins_with(pk, :entry)")
                        .expressionAttributeValues(Map.of(":entry", AttributeValue.fromS("entry#")));
                after.ifPresent(place -> request.exclusiveStartKey(key(place)));
            });
            List<Told> people =
                    response.items().stream().flatMap(DynamoDbToldPeople::told).toList();
            return new Page(people, next(response));
        } catch (SdkException e) {
            throw new UnreachableException(
                    "Scan of " + table + ": " + e.getClass().getSimpleName(), e);
        }
    }

    private static Stream<Told> told(Map<String, AttributeValue> item) {
        try {
            LedgerEntry entry = LedgerItems.kept(item).entry();
            return entry.erased() || entry.lines().isEmpty()
                    ? Stream.empty()
                    : Stream.of(new Told(entry.key().person(), entry.version(), entry.heard()));
        } catch (MalformedException e) {
            return Stream.empty();
        }
    }

    private static Map<String, AttributeValue> key(String place) {
        String[] parts = place.split(BETWEEN, 2);
        if (parts.length != 2) {
            throw new IllegalArgumentException("no place in the ledger");
        }
        return Map.of("pk", AttributeValue.fromS(parts[0]), "sk", AttributeValue.fromS(parts[1]));
    }

    private static Optional<String> next(ScanResponse response) {
        Map<String, AttributeValue> last = response.lastEvaluatedKey();
        return last.isEmpty()
                ? Optional.empty()
                : Optional.of(LedgerItems.attribute(last, "pk").s()
                        + BETWEEN
                        + LedgerItems.attribute(last, "sk").s());
    }
}
