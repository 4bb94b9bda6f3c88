package dev.sluice.activators.messages.aws;

import dev.sluice.activators.UnreachableException;
import dev.sluice.activators.messages.AddressKey;
import dev.sluice.activators.messages.Caps;
import dev.sluice.activators.messages.MessageLog;
import dev.sluice.activators.messages.PersonLog;
import dev.sluice.activators.messages.Suppression;
import dev.sluice.activators.messages.Suppressions;
import dev.sluice.model.MalformedException;
import dev.sluice.model.PersonKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.KeysAndAttributes;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;

/**
 * The log of messages in the ledger's table, one item for each person and one for each address that something stands against.
 * Keys are those of {@link AddressKey} in {@code pk} and {@code sk}; {@code log} is the JSON, {@code revision} counts writes
 * (each takes the place of the one that it read), {@code expires} is when DynamoDB may drop it, in epoch seconds.
 */
public final class DynamoDbMessageLog implements MessageLog {
    /** Writers of one person at once are few: a delivery and a link that was clicked. */
    private static final int MOST_TRIES = 20;

    private static final int BATCH = 100;
    private static final int MOST_ROUNDS = 10;

    /** A device that comes back has a new token; this only spares calls. */
    private static final long UNREGISTERED_SECONDS = 90L * 24 * 3600;

    private final DynamoDbClient dynamoDb;
    private final String table;

    public DynamoDbMessageLog(DynamoDbClient dynamoDb, String table) {
        this.dynamoDb = dynamoDb;
        this.table = table;
    }

    @Override
    public Map<String, Suppressions> suppressions(String account, String channel, Collection<String> addresses) {
        Map<Map<String, AttributeValue>, String> wanted = new HashMap<>();
        Map<String, Suppressions> found = new HashMap<>();
        for (String address : addresses) {
            wanted.put(key(account, AddressKey.of(account, channel, address)), address);
            found.put(address, Suppressions.NONE);
        }
        return called(() -> {
            List<Map<String, AttributeValue>> left = new ArrayList<>(wanted.keySet());
            for (int round = 0; !left.isEmpty(); round++) {
                if (round == MOST_ROUNDS) {
                    throw new UnreachableException("the log of messages is throttled", new IllegalStateException());
                }
                List<Map<String, AttributeValue>> now = List.copyOf(left.subList(0, Math.min(BATCH, left.size())));
                left.removeAll(now);
                BatchGetItemResponse answer = dynamoDb.batchGetItem(request -> request.requestItems(Map.of(
                        table,
                        KeysAndAttributes.builder()
                                .keys(now)
                                .consistentRead(true)
                                .build())));
                for (Map<String, AttributeValue> item : answer.responses().getOrDefault(table, List.of())) {
                    String address = wanted.get(Map.of("pk", item.get("pk"), "sk", item.get("sk")));
                    if (address != null) {
                        found.put(address, Suppressions.read(text(item)));
                    }
                }
                KeysAndAttributes undone = answer.unprocessedKeys().get(table);
                if (undone != null) {
                    left.addAll(undone.keys());
                }
            }
            return found;
        });
    }

    @Override
    public void suppress(String account, String address, Suppression suppression) {
        change(key(account, address), before -> {
            Suppressions was = before.map(Suppressions::read).orElse(Suppressions.NONE);
            Suppressions is = was.with(suppression);
            boolean passes = is.list().stream().allMatch(each -> each.kind() == Suppression.Kind.UNREGISTERED);
            Optional<Instant> expires =
                    passes ? Optional.of(suppression.at().plusSeconds(UNREGISTERED_SECONDS)) : Optional.empty();
            return new Change<>(is.equals(was) && before.isPresent(), is.write(), expires, is);
        });
    }

    @Override
    public PersonLog.Reservation reserve(PersonKey person, PersonLog.Entry entry, Caps caps) {
        return change(key(person.account(), AddressKey.of(person)), before -> {
            PersonLog.Step step =
                    before.map(PersonLog::read).orElse(PersonLog.EMPTY).reserve(entry, caps);
            boolean same = !(step.reservation() instanceof PersonLog.Reservation.Reserved);
            return new Change<>(same, step.log().write(), step.log().expires(), step.reservation());
        });
    }

    @Override
    public void settle(PersonKey person, String delivery, boolean sent) {
        change(key(person.account(), AddressKey.of(person)), before -> {
            PersonLog was = before.map(PersonLog::read).orElse(PersonLog.EMPTY);
            PersonLog is = was.settle(delivery, sent);
            return new Change<>(is.equals(was), is.write(), is.expires(), is);
        });
    }

    @Override
    public boolean wasSent(PersonKey person, String delivery) {
        Map<String, AttributeValue> key = key(person.account(), AddressKey.of(person));
        return called(() -> {
            Map<String, AttributeValue> item = dynamoDb.getItem(
                            request -> request.tableName(table).key(key).consistentRead(true))
                    .item();
            return !item.isEmpty() && PersonLog.read(text(item)).wasSent(delivery);
        });
    }

    @Override
    public void forget(PersonKey person) {
        Map<String, AttributeValue> key = key(person.account(), AddressKey.of(person));
        called(() -> dynamoDb.deleteItem(request -> request.tableName(table).key(key)));
    }

    /**
     * What an item becomes.
     *
     * @param same whether nothing need be written
     */
    private record Change<T>(boolean same, String log, Optional<Instant> expires, T answer) {}

    private <T> T change(Map<String, AttributeValue> key, Function<Optional<String>, Change<T>> step) {
        return called(() -> {
            for (int tried = 0; tried < MOST_TRIES; tried++) {
                Map<String, AttributeValue> item = dynamoDb.getItem(
                                request -> request.tableName(table).key(key).consistentRead(true))
                        .item();
                Change<T> change = step.apply(item.isEmpty() ? Optional.empty() : Optional.of(text(item)));
                if (change.same() || put(key, item, change)) {
                    return change.answer();
                }
            }
            throw new UnreachableException("too many write of one person at once", new IllegalStateException());
        });
    }

    private boolean put(Map<String, AttributeValue> key, Map<String, AttributeValue> before, Change<?> change) {
        Map<String, AttributeValue> item = new HashMap<>(key);
        long revision = revision(before);
        item.put("log", AttributeValue.fromS(change.log()));
        item.put("revision", number(revision + 1));
        change.expires().ifPresent(then -> item.put("expires", number(then.getEpochSecond())));
        PutItemRequest.Builder put = PutItemRequest.builder().tableName(table).item(item);
        try {
            dynamoDb.putItem(
                    before.isEmpty()
                            ? put.conditionExpression("attribute_not_exists(pk)")
                                    .build()
                            : put.conditionExpression("revision = :before")
                                    .expressionAttributeValues(Map.of(":before", number(revision)))
                                    .build());
            return true;
        } catch (ConditionalCheckFailedException e) {
            return false;
        }
    }

    private static long revision(Map<String, AttributeValue> item) {
        AttributeValue revision = item.get("revision");
        return revision == null || revision.n() == null ? 0 : Long.parseLong(revision.n());
    }

    private static AttributeValue number(long number) {
        return AttributeValue.fromN(Long.toString(number));
    }

    private static Map<String, AttributeValue> key(String account, String name) {
        return Map.of(
                "pk", AttributeValue.fromS(AddressKey.partition(account, name)), "sk", AttributeValue.fromS(name));
    }

    private static String text(Map<String, AttributeValue> item) {
        AttributeValue log = item.get("log");
        if (log == null || log.s() == null) {
            throw new MalformedException("the attribute log is missing");
        }
        return log.s();
    }

    @FunctionalInterface
    private interface Call<T> {
        T make();
    }

    private static <T> T called(Call<T> call) {
        try {
            return call.make();
        } catch (SdkException e) {
            throw new UnreachableException("the log of messages does not answer", e);
        } catch (MalformedException e) {
            throw new UnreachableException("the log of messages cannot be read", e);
        }
    }
}
