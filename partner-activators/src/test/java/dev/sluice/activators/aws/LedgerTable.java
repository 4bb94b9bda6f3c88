package dev.sluice.activators.aws;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.GetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.GetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.PutItemResponse;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemResponse;

/** As much of a DynamoDB table as the ledger and its notes use; counts requests. */
@SuppressWarnings("NullAway") // What the test itself has put there is there.
final class LedgerTable implements DynamoDbClient {
    private final Map<String, Map<String, AttributeValue>> items = new TreeMap<>();
    private final List<String> requests = new ArrayList<>();

    /** Kinds of the requests since the last time that this was asked. */
    synchronized List<String> requests() {
        List<String> since = List.copyOf(requests);
        requests.clear();
        return since;
    }

    /** Puts a text where an entry's is. */
    synchronized void spoil(String person, String text) {
        items.values().stream()
                .filter(item -> person.equals(item.get("sk").s()))
                .forEach(item -> item.put("entry", AttributeValue.fromS(text)));
    }

    @Override
    public synchronized GetItemResponse getItem(GetItemRequest request) {
        requests.add("GetItem");
        return GetItemResponse.builder().item(items.get(key(request.key()))).build();
    }

    @Override
    public synchronized BatchGetItemResponse batchGetItem(BatchGetItemRequest request) {
        requests.add("BatchGetItem");
        Map<String, List<Map<String, AttributeValue>>> found = new HashMap<>();
        request.requestItems()
                .forEach((table, asked) -> found.put(
                        table,
                        asked.keys().stream()
                                .map(key -> items.get(key(key)))
                                .filter(Objects::nonNull)
                                .toList()));
        return BatchGetItemResponse.builder()
                .responses(found)
                .unprocessedKeys(Map.of())
                .build();
    }

    @Override
    public synchronized PutItemResponse putItem(PutItemRequest request) {
        requests.add("PutItem");
        Map<String, AttributeValue> before = items.get(key(request.item()));
        boolean isExpected = request.conditionExpression().equals("attribute_not_exists(revision)")
                ? before == null
                : before != null
                        && Objects.equals(
                                before.get("revision"),
                                request.expressionAttributeValues().get(":before"));
        if (!isExpected) {
            throw ConditionalCheckFailedException.builder().item(before).build();
        }
        items.put(key(request.item()), new HashMap<>(request.item()));
        return PutItemResponse.builder().build();
    }

    @Override
    public synchronized UpdateItemResponse updateItem(UpdateItemRequest request) {
        requests.add("UpdateItem");
        Map<String, AttributeValue> before = items.get(key(request.key()));
        Map<String, AttributeValue> values = request.expressionAttributeValues();
        if (!holds(request.conditionExpression(), before, values)) {
            throw ConditionalCheckFailedException.builder().build();
        }
        Map<String, AttributeValue> after = new HashMap<>(before == null ? request.key() : before);
        switch (request.updateExpression()) {
            case "REMOVE dueGroup, dueAt" -> after.keySet().removeAll(Set.of("dueGroup", "dueAt"));
            case "SET notedAt = :now ADD dueGroups :groups" -> {
                after.put("notedAt", values.get(":now"));
                change(after, true, values);
            }
            case "DELETE dueGroups :groups" -> change(after, false, values);
            default -> throw new UnsupportedOperationException(request.updateExpression());
        }
        items.put(key(request.key()), after);
        return UpdateItemResponse.builder().build();
    }

    private static boolean holds(
            String condition, Map<String, AttributeValue> before, Map<String, AttributeValue> values) {
        return switch (String.valueOf(condition)) {
            case "null" -> true;
            case "attribute_exists(pk)" -> before != null;
            case "notedAt = :seen" -> before != null && before.get("notedAt").equals(values.get(":seen"));
            case "entry = :entry" -> before != null && before.get("entry").equals(values.get(":entry"));
            default -> throw new UnsupportedOperationException(condition);
        };
    }

    /** DynamoDB has no empty sets. */
    private static void change(Map<String, AttributeValue> item, boolean adds, Map<String, AttributeValue> values) {
        Set<String> groups = new TreeSet<>(
                item.containsKey("dueGroups") ? item.get("dueGroups").ns() : List.of());
        Set<String> others = new HashSet<>(values.get(":groups").ns());
        boolean any = adds ? groups.addAll(others) : groups.removeAll(others);
        if (any && groups.isEmpty()) {
            item.remove("dueGroups");
        } else if (any) {
            item.put("dueGroups", AttributeValue.fromNs(groups.stream().toList()));
        }
    }

    @Override
    public synchronized QueryResponse query(QueryRequest request) {
        requests.add("Query");
        boolean isDue = DynamoDbLedger.DUE.equals(request.indexName());
        String by = isDue ? "dueGroup" : "pk";
        Map<String, AttributeValue> values = request.expressionAttributeValues();
        AttributeValue wanted = values.get(isDue ? ":group" : ":place");
        List<Map<String, AttributeValue>> all = items.values().stream()
                .filter(item -> wanted.equals(item.get(by)))
                .filter(item -> !values.containsKey(":now") || number(item, "dueAt") <= number(values, ":now"))
                .filter(item -> !values.containsKey(":after")
                        || item.get("sk").s().compareTo(values.get(":after").s()) > 0)
                .sorted(
                        isDue
                                ? Comparator.comparing(item -> number(item, "dueAt"))
                                : Comparator.comparing(item -> item.get("sk").s()))
                .toList();
        List<Map<String, AttributeValue>> page = all.subList(0, Math.min(request.limit(), all.size()));
        boolean isLast = page.size() < request.limit();
        return QueryResponse.builder()
                .items(page)
                .lastEvaluatedKey(
                        isLast ? Map.of() : Map.of("sk", page.getLast().get("sk")))
                .build();
    }

    private static long number(Map<String, AttributeValue> item, String name) {
        return Long.parseLong(item.get(name).n());
    }

    @Override
    public String serviceName() {
        return "dynamodb";
    }

    @Override
    public void close() {}

    private static String key(Map<String, AttributeValue> attributes) {
        return attributes.get("pk").s() + "|" + attributes.get("sk").s();
    }
}
