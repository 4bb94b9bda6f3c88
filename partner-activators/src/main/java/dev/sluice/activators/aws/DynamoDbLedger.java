package dev.sluice.activators.aws;

import dev.sluice.activators.UnreachableException;
import dev.sluice.activators.ledger.Ledger;
import dev.sluice.activators.ledger.LedgerEntry;
import dev.sluice.activators.ledger.LedgerKey;
import dev.sluice.model.MalformedException;
import dev.sluice.model.PersonKey;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;
import software.amazon.awssdk.core.exception.SdkException;
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
 * {@code dueAt} (milliseconds). Thread-safe.
 */
public final class DynamoDbLedger implements Ledger {
    /** The index of what is due. */
    public static final String DUE = "due";

    private static final int GET_AT_ONCE = 100;
    private static final int MAX_GETS = 8;

    private final DynamoDbClient dynamoDb;
    private final String table;
    private final Supplier<String> writers;
    private final Semaphore requests;

    /**
     * @param writers gives each write a name that no other has
     * @param atOnce requests under way at one time
     */
    public DynamoDbLedger(DynamoDbClient dynamoDb, String table, Supplier<String> writers, int atOnce) {
        this.dynamoDb = dynamoDb;
        this.table = table;
        this.writers = writers;
        this.requests = new Semaphore(atOnce, true);
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
        atOnce(reads).forEach(found::putAll);
        return found;
    }

    private Map<LedgerKey, Kept> get(List<LedgerKey> keys) {
        Map<LedgerKey, Kept> found = new HashMap<>();
        var asked = Map.of(
                table,
                KeysAndAttributes.builder()
                        .keys(keys.stream().map(DynamoDbLedger::key).toList())
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
        List<Callable<Boolean>> puts = new ArrayList<>();
        for (Write write : writes) {
            puts.add(() -> {
                put(write).ifPresent(other -> lost.put(write.entry().key(), other));
                return true;
            });
        }
        atOnce(puts);
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
    public Page page(String account, String connection, int slot, Optional<String> after, int limit) {
        var query = QueryRequest.builder().tableName(table).consistentRead(true).limit(limit);
        String place = place(account, connection, slot);
        after.ifPresentOrElse(
                last -> query.keyConditionExpression("pk = :place AND sk > :after")
                        .expressionAttributeValues(Map.of(":place", text(place), ":after", text(last))),
                () -> query.keyConditionExpression("pk = :place")
                        .expressionAttributeValues(Map.of(":place", text(place))));
        QueryResponse answer = query(query.build());
        List<Kept> entries = answer.items().stream().map(DynamoDbLedger::kept).toList();
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
        for (int group = 0; group < GROUPS; group++) {
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
        }
        return new Backlog(entries, whole, oldest);
    }

    private QueryRequest.Builder dueIn() {
        return QueryRequest.builder().tableName(table).indexName(DUE);
    }

    private QueryResponse query(QueryRequest request) {
        return reached("Query", () -> dynamoDb.query(request));
    }

    private static Map<String, AttributeValue> item(LedgerEntry entry, long revision, String writer) {
        Map<String, AttributeValue> item = new HashMap<>(key(entry.key()));
        LedgerKey key = entry.key();
        item.put("entry", text(new String(LedgerEntryJson.write(entry), StandardCharsets.UTF_8)));
        item.put("revision", number(revision));
        item.put("writer", text(writer));
        entry.due().ifPresent(due -> {
            item.put("dueGroup", text(group(key.account(), key.connection(), key.slot() / SLOTS_PER_GROUP)));
            item.put("dueAt", number(due.toEpochMilli()));
        });
        entry.waitingSince().ifPresent(since -> item.put("since", number(since.toEpochMilli())));
        entry.expires().ifPresent(then -> item.put("expires", number(then.getEpochSecond())));
        return item;
    }

    private static Kept kept(Map<String, AttributeValue> item) {
        try {
            return new Kept(
                    LedgerEntryJson.read(attribute(item, "entry").s().getBytes(StandardCharsets.UTF_8)),
                    Long.parseLong(attribute(item, "revision").n()));
        } catch (MalformedException e) {
            throw new IllegalStateException("an entry of the ledger cannot be read: " + e.getMessage(), e);
        }
    }

    private static AttributeValue attribute(Map<String, AttributeValue> item, String name) {
        AttributeValue value = item.get(name);
        if (value == null) {
            throw new IllegalStateException("an item of the ledger has no " + name);
        }
        return value;
    }

    private static Map<String, AttributeValue> key(LedgerKey key) {
        return Map.of(
                "pk", text(place(key.account(), key.connection(), key.slot())),
                "sk", text(key.person().person()));
    }

    private static String place(String account, String connection, int slot) {
        return "entry#" + account + "#" + connection + "#" + slot;
    }

    private static String group(String account, String connection, int group) {
        return account + "#" + connection + "#" + group;
    }

    private static AttributeValue text(String text) {
        return AttributeValue.fromS(text);
    }

    private static AttributeValue number(long number) {
        return AttributeValue.fromN(Long.toString(number));
    }

    /** All of them, several at once, within the bound of this ledger. */
    private <T> List<T> atOnce(List<Callable<T>> works) {
        if (works.size() <= 1) {
            return works.stream().map(this::bounded).toList();
        }
        List<Future<T>> futures = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            works.forEach(work -> futures.add(threads.submit(() -> bounded(work))));
        }
        return futures.stream().map(DynamoDbLedger::joined).toList();
    }

    private <T> T bounded(Callable<T> work) {
        requests.acquireUninterruptibly();
        try {
            return work.call();
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        } finally {
            requests.release();
        }
    }

    private static <T> T joined(Future<T> future) {
        try {
            return future.get();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException known ? known : new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UnreachableException("interrupted", e);
        }
    }

    private static <T> T reached(String call, Supplier<T> work) {
        try {
            return work.get();
        } catch (ConditionalCheckFailedException e) {
            throw e;
        } catch (SdkException e) {
            throw new UnreachableException(call + " failed: " + e.getClass().getSimpleName(), e);
        }
    }
}
