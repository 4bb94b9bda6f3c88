package dev.sluice.activators.aws;

import static dev.sluice.activators.aws.DynamoDbRequests.reached;
import static dev.sluice.activators.aws.LedgerItems.attribute;
import static dev.sluice.activators.aws.LedgerItems.group;
import static dev.sluice.activators.aws.LedgerItems.item;
import static dev.sluice.activators.aws.LedgerItems.number;
import static dev.sluice.activators.aws.LedgerItems.place;
import static dev.sluice.activators.aws.LedgerItems.text;

import dev.sluice.activators.UnreachableException;
import dev.sluice.activators.ledger.Ledger;
import dev.sluice.activators.ledger.LedgerKey;
import dev.sluice.model.MalformedException;
import dev.sluice.model.PersonKey;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.KeysAndAttributes;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;
import software.amazon.awssdk.services.dynamodb.model.ReturnValuesOnConditionCheckFailure;

/**
 * The ledger in a DynamoDB table: partition key {@code pk} ({@code entry#account#connection#slot}: the first word is
 * that of no other kind of item, whatever an account is called), sort key {@code sk} (the person),
 * the entry as JSON in {@code entry}, its {@code revision} and the {@code writer} that made it, {@code expires} (seconds)
 * for those that may be forgotten. Those that are due stand in the sparse index {@value #DUE} under {@code dueGroup} by
 * {@code dueAt} (milliseconds); which groups those are, {@link DueGroups} notes. Thread-safe.
 */
public final class DynamoDbLedger implements Ledger {
    /** The index of what is due. */
    public static final String DUE = "due";

    private static final int GET_AT_ONCE = 100;
    private static final int MAX_GETS = 8;

    private final DynamoDbClient dynamoDb;
    private final String table;
    private final Supplier<String> writers;
    private final UnreadableEntries unreadable;
    private final DueGroups dueGroups;
    private final DynamoDbRequests requests;

    /**
     * @param writers gives each write a name that no other has
     * @param unreadable takes what cannot be read
     * @param atOnce requests under way at one time
     */
    public DynamoDbLedger(
            DynamoDbClient dynamoDb,
            String table,
            Supplier<String> writers,
            UnreadableEntries unreadable,
            InstantSource clock,
            int atOnce) {
        this.dynamoDb = dynamoDb;
        this.table = table;
        this.writers = writers;
        this.unreadable = unreadable;
        this.dueGroups = new DueGroups(dynamoDb, table, clock);
        this.requests = new DynamoDbRequests(atOnce);
    }

    /** One that leaves what cannot be read where it is. */
    public DynamoDbLedger(DynamoDbClient dynamoDb, String table, Supplier<String> writers, int atOnce) {
        this(dynamoDb, table, writers, UnreadableEntries.LEFT_ALONE, InstantSource.system(), atOnce);
    }

    @Override
    public Map<LedgerKey, Kept> read(Collection<LedgerKey> keys) {
        List<Callable<Map<LedgerKey, Kept>>> reads = new ArrayList<>();
        List<LedgerKey> all = keys.stream().distinct().toList();
        for (int from = 0; from < all.size(); from += GET_AT_ONCE) {
            List<LedgerKey> some = all.subList(from, Math.min(all.size(), from + GET_AT_ONCE));
            reads.add(() -> get(some));
        }
        Map<LedgerKey, Kept> found = new HashMap<>();
        requests.all(reads).forEach(found::putAll);
        return found;
    }

    private Map<LedgerKey, Kept> get(List<LedgerKey> keys) {
        Map<LedgerKey, Kept> found = new HashMap<>();
        var asked = Map.of(
                table,
                KeysAndAttributes.builder()
                        .keys(keys.stream().map(LedgerItems::key).toList())
                        .consistentRead(true)
                        .build());
        for (int gets = 0; !asked.isEmpty(); gets++) {
            if (gets == MAX_GETS) {
                throw new UnreachableException(
                        "the ledger is throttled", new IllegalStateException("unprocessed keys"));
            }
            var request = asked;
            BatchGetItemResponse answer =
                    reached("BatchGetItem", () -> dynamoDb.batchGetItem(get -> get.requestItems(request)));
            answer.responses().getOrDefault(table, List.of()).forEach(item -> {
                Kept kept = kept(item);
                found.put(kept.entry().key(), kept);
            });
            asked = answer.unprocessedKeys();
        }
        return found;
    }

    @Override
    public Map<LedgerKey, Optional<Kept>> write(Collection<Write> writes) {
        Map<LedgerKey, Optional<Kept>> lost = new ConcurrentHashMap<>();
        dueGroups.note(writes.stream().map(Write::entry).toList());
        List<Callable<Boolean>> puts = new ArrayList<>();
        for (Write write : writes) {
            puts.add(() -> {
                put(write).ifPresent(other -> lost.put(write.entry().key(), other));
                return true;
            });
        }
        requests.all(puts);
        return lost;
    }

    /** What was there instead; empty if it was written. */
    private Optional<Optional<Kept>> put(Write write) {
        String writer = writers.get();
        long revision = write.instead().orElse(0) + 1;
        var put = PutItemRequest.builder()
                .tableName(table)
                .item(item(write.entry(), revision, writer))
                .returnValuesOnConditionCheckFailure(ReturnValuesOnConditionCheckFailure.ALL_OLD);
        if (write.instead().isPresent()) {
            put.conditionExpression("revision = :before")
                    .expressionAttributeValues(Map.of(":before", number(revision - 1)));
        } else {
            put.conditionExpression("attribute_not_exists(revision)");
        }
        try {
            reached("PutItem", () -> dynamoDb.putItem(put.build()));
            return Optional.empty();
        } catch (ConditionalCheckFailedException e) {
            Map<String, AttributeValue> there = e.hasItem() ? e.item() : Map.of();
            if (there.isEmpty()) {
                return Optional.of(Optional.empty());
            }
            // An answer was lost and the SDK wrote once more.
            return writer.equals(attribute(there, "writer").s())
                    ? Optional.empty()
                    : Optional.of(Optional.of(kept(there)));
        }
    }

    @Override
    public List<LedgerKey> due(String account, String connection, int group, Instant now, int limit) {
        return query(dueIn().keyConditionExpression("dueGroup = :group AND dueAt <= :now")
                        .expressionAttributeValues(Map.of(
                                ":group", text(group(account, connection, group)), ":now", number(now.toEpochMilli())))
                        .limit(limit)
                        .build())
                .items()
                .stream()
                .map(item -> new LedgerKey(
                        connection, new PersonKey(account, attribute(item, "sk").s())))
                .toList();
    }

    @Override
    public Set<Integer> dueGroups(String account, String connection) {
        return dueGroups.read(account, connection).groups();
    }

    @Override
    public Page page(String account, String connection, int slot, Optional<String> after, int limit) {
        var query = QueryRequest.builder().tableName(table).consistentRead(true).limit(limit);
        String place = place(account, connection, slot);
        after.ifPresentOrElse(
                last -> query.keyConditionExpression("pk = :place AND sk > :after")
                        .expressionAttributeValues(Map.of(":place", text(place), ":after", text(last))),
                () -> query.keyConditionExpression("pk = :place")
                        .expressionAttributeValues(Map.of(":place", text(place))));
        QueryResponse answer = query(query.build());
        List<Kept> entries = answer.items().stream().map(this::kept).toList();
        Optional<String> last = Optional.of(answer.lastEvaluatedKey())
                .filter(key -> !key.isEmpty())
                .map(key -> attribute(key, "sk").s());
        return new Page(entries, last);
    }

    @Override
    public Backlog backlog(String account, String connection, int atMost) {
        long entries = 0;
        boolean whole = true;
        Optional<Instant> oldest = Optional.empty();
        DueGroups.Noted noted = dueGroups.read(account, connection);
        Set<Integer> empty = new TreeSet<>();
        for (int group : noted.groups()) {
            int room = Math.max(1, atMost / GROUPS);
            QueryResponse answer = query(dueIn().keyConditionExpression("dueGroup = :group")
                    .expressionAttributeValues(Map.of(":group", text(group(account, connection, group))))
                    .limit(room)
                    .build());
            for (Map<String, AttributeValue> item : answer.items()) {
                // What only has to be looked at again (a partner that forgets) does not wait.
                AttributeValue waiting = item.get("since");
                if (waiting != null) {
                    entries++;
                    Instant since = Instant.ofEpochMilli(Long.parseLong(waiting.n()));
                    oldest = Optional.of(oldest.filter(since::isAfter).orElse(since));
                }
            }
            whole &= answer.lastEvaluatedKey().isEmpty();
            if (answer.items().isEmpty() && answer.lastEvaluatedKey().isEmpty()) {
                empty.add(group);
            }
        }
        dueGroups.remove(account, connection, noted, empty);
        return new Backlog(entries, whole, oldest);
    }

    private QueryRequest.Builder dueIn() {
        return QueryRequest.builder().tableName(table).indexName(DUE);
    }

    private QueryResponse query(QueryRequest request) {
        return reached("Query", () -> dynamoDb.query(request));
    }

    /** As it stands; what cannot be read is set aside and is no longer due, so that it comes in nobody's way. */
    private Kept kept(Map<String, AttributeValue> item) {
        try {
            return LedgerItems.kept(item);
        } catch (MalformedException e) {
            LedgerKey key = LedgerItems.keyOf(item);
            if (unreadable.keep(key, LedgerItems.revision(item), item, String.valueOf(e.getMessage()))) {
                unlist(item);
            }
            return Kept.unreadable(key, LedgerItems.revision(item));
        }
    }

    private void unlist(Map<String, AttributeValue> item) {
        if (!item.containsKey("dueGroup") || !item.containsKey("entry")) {
            return;
        }
        try {
            reached(
                    "UpdateItem",
                    () -> dynamoDb.updateItem(update -> update.tableName(table)
                            .key(Map.of("pk", attribute(item, "pk"), "sk", attribute(item, "sk")))
                            .updateExpression("REMOVE dueGroup, dueAt")
                            .conditionExpression("entry = :entry")
                            .expressionAttributeValues(Map.of(":entry", attribute(item, "entry")))));
        } catch (ConditionalCheckFailedException e) {
            // Another has taken its place, which may be read.
        }
    }
}
