package dev.sluice.activators.messages.aws;

import dev.sluice.activators.UnreachableException;
import dev.sluice.activators.messages.SendingJson;
import dev.sluice.activators.messages.Sendings;
import dev.sluice.model.MalformedException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;

/**
 * Sendings in the ledger's table: {@code pk} is {@code sending#<account>#<sending>}, {@code sk} is {@code order} or {@code
 * slot#} and the slot's three digits, {@code sending} is the JSON. DynamoDB may drop them 90 days after they were written.
 */
public final class DynamoDbSendings implements Sendings {
    private static final Duration KEPT = Duration.ofDays(90);
    private static final String ORDER = "order";
    private static final String SLOT = "slot#";

    private final DynamoDbClient dynamoDb;
    private final String table;
    private final InstantSource clock;

    public DynamoDbSendings(DynamoDbClient dynamoDb, String table, InstantSource clock) {
        this.dynamoDb = dynamoDb;
        this.table = table;
        this.clock = clock;
    }

    @Override
    public Order begin(Id id, Order order) {
        return called(() -> {
            try {
                dynamoDb.putItem(put -> put.tableName(table)
                        .item(item(id, ORDER, SendingJson.write(order)))
                        .conditionExpression("attribute_not_exists(pk)"));
                return order;
            } catch (ConditionalCheckFailedException e) {
                Map<String, AttributeValue> there = dynamoDb.getItem(
                                get -> get.tableName(table).key(key(id, ORDER)).consistentRead(true))
                        .item();
                return SendingJson.order(text(there, "sending"));
            }
        });
    }

    @Override
    public Map<Integer, Progress> progress(Id id) {
        return called(() -> {
            Map<Integer, Progress> slots = new HashMap<>();
            dynamoDb.queryPaginator(query -> query.tableName(table)
                            .consistentRead(true)
                            .keyConditionExpression("pk = :pk and begins_with(sk, :slot)")
                            .expressionAttributeValues(Map.of(
                                    ":pk", AttributeValue.fromS(partition(id)), ":slot", AttributeValue.fromS(SLOT))))
                    .items()
                    .forEach(item -> slots.put(
                            Integer.parseInt(text(item, "sk").substring(SLOT.length())),
                            SendingJson.progress(text(item, "sending"))));
            return slots;
        });
    }

    @Override
    public void keep(Id id, int slot, Progress progress) {
        String sk = "%s%03d".formatted(SLOT, slot);
        called(() -> dynamoDb.putItem(put -> put.tableName(table).item(item(id, sk, SendingJson.write(progress)))));
    }

    private Map<String, AttributeValue> item(Id id, String sk, String json) {
        Map<String, AttributeValue> item = new HashMap<>(key(id, sk));
        Instant expires = clock.instant().plus(KEPT);
        item.put("sending", AttributeValue.fromS(json));
        item.put("expires", AttributeValue.fromN(Long.toString(expires.getEpochSecond())));
        return item;
    }

    private static Map<String, AttributeValue> key(Id id, String sk) {
        return Map.of("pk", AttributeValue.fromS(partition(id)), "sk", AttributeValue.fromS(sk));
    }

    private static String partition(Id id) {
        return "sending#" + id.account() + "#" + id.sending();
    }

    private static String text(Map<String, AttributeValue> item, String attribute) {
        return Objects.requireNonNull(item.get(attribute), attribute).s();
    }

    private static <T> T called(Supplier<T> call) {
        try {
            return call.get();
        } catch (SdkException e) {
            throw new UnreachableException("the store of sendings does not answer", e);
        } catch (MalformedException e) {
            throw new UnreachableException("what is stored of a sending cannot be read", e);
        }
    }
}
