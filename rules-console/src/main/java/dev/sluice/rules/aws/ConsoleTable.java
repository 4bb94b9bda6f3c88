package dev.sluice.rules.aws;

import dev.sluice.rules.UnreachableException;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;

/**
 * The console's one DynamoDB table: partition key {@code account}, sort key {@code sk}, which says what an item is, {@code
 * set#0000000001} an entry of the catalog and {@code draft#<id>} a draft. Reads are consistent.
 */
record ConsoleTable(DynamoDbClient dynamoDb, String name) {
    static final String ACCOUNT = "account";
    static final String SORT = "sk";

    static Map<String, AttributeValue> key(String account, String sort) {
        return Map.of(ACCOUNT, AttributeValue.fromS(account), SORT, AttributeValue.fromS(sort));
    }

    Optional<Map<String, AttributeValue>> item(String account, String sort) {
        return asked("get", () -> {
            var response = dynamoDb.getItem(
                    request -> request.tableName(name).key(key(account, sort)).consistentRead(true));
            return response.hasItem() ? Optional.of(response.item()) : Optional.empty();
        });
    }

    /** Asks for items whose sort key is within both bounds, or for the rest of them. */
    QueryResponse query(String account, Range range, Map<String, AttributeValue> after) {
        return asked(
                "query",
                () -> dynamoDb.query(request -> {
                    request.tableName(name)
                            .consistentRead(true)
                            .keyConditionExpression("account = :account AND sk BETWEEN :from AND :to")
                            .expressionAttributeValues(Map.of(
                                    ":account", AttributeValue.fromS(account),
                                    ":from", AttributeValue.fromS(range.from()),
                                    ":to", AttributeValue.fromS(range.to())));
                    if (!range.attributes().isEmpty()) {
                        request.projectionExpression(range.attributes());
                    }
                    if (!after.isEmpty()) {
                        request.exclusiveStartKey(after);
                    }
                }));
    }

    /**
     * What to ask for.
     *
     * @param attributes separated by commas; all if empty
     */
    record Range(String from, String to, String attributes) {}

    static <T> T asked(String what, Supplier<T> call) {
        try {
            return call.get();
        } catch (SdkException e) {
            throw UnreachableException.ofTable(
                    "DynamoDB did not answer a " + what + ": " + e.getClass().getSimpleName(), e);
        }
    }
}
