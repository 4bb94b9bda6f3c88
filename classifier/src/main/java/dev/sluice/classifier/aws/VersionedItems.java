package dev.sluice.classifier.aws;

import dev.sluice.classifier.Answer;
import dev.sluice.classifier.WriteResult;
import dev.sluice.model.MalformedException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.KeysAndAttributes;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.ReturnValuesOnConditionCheckFailure;

/**
 * Versioned JSON texts as items of one DynamoDB table: {@code person} (partition key), {@code version} for the condition, and
 * the text. Reads are consistent unless said otherwise, a hundred to a request; writes are single conditional puts, as many at once as the
 * executor has threads.
 *
 * @param <K> what a key says: mostly a person
 * @param <T> what a text says
 */
final class VersionedItems<K, T> {
    /** What one BatchGetItem takes. */
    private static final int MAX_KEYS = 100;

    /** Times that keys left unprocessed are asked for again, each after a pause twice as long: 0.15 s in all. */
    private static final int MAX_ROUNDS = 5;

    private static final long FIRST_PAUSE_MILLIS = 10;
    private static final String PERSON = "person";
    private static final String VERSION = "version";

    private final DynamoDbClient dynamoDb;
    private final String table;
    private final Form<K, T> form;
    private final Executor executor;
    private final Duration within;
    private final boolean consistent;

    /**
     * @param executor bounds how many requests are under way at once, and may turn requests away; the caller closes it
     * @param within how long a call about several people waits: who is not done then is unreachable
     */
    VersionedItems(DynamoDbClient dynamoDb, String table, Form<K, T> form, Executor executor, Duration within) {
        this(dynamoDb, table, form, executor, within, true);
    }

    private VersionedItems(
            DynamoDbClient dynamoDb,
            String table,
            Form<K, T> form,
            Executor executor,
            Duration within,
            boolean consistent) {
        this.dynamoDb = dynamoDb;
        this.table = table;
        this.form = form;
        this.executor = executor;
        this.within = within;
        this.consistent = consistent;
    }

    /** The same items; what was written a moment ago may not be seen yet. Half the price. */
    VersionedItems<K, T> eventuallyConsistent() {
        return new VersionedItems<>(dynamoDb, table, form, executor, within, false);
    }

    /** How something is written as an item. */
    interface Form<K, T> {
        /** Name of the attribute that holds the text. */
        String attribute();

        K key(T item);

        /** How a key is written. */
        String text(K key);

        long version(T item);

        /** Token of the write that it came of. */
        String writer(T item);

        byte[] write(T item);

        /** @throws MalformedException if it is not one */
        T read(byte[] json);
    }

    Map<K, Answer<Optional<T>>> read(Collection<K> people) {
        List<K> all = List.copyOf(people);
        List<Task<Map<K, Answer<Optional<T>>>>> chunks = new ArrayList<>();
        for (int i = 0; i < all.size(); i += MAX_KEYS) {
            List<K> chunk = all.subList(i, Math.min(all.size(), i + MAX_KEYS));
            chunks.add(new Task<>(
                    () -> readChunk(chunk), () -> unreachable(chunk, "DynamoDB is not done within " + within)));
        }
        Map<K, Answer<Optional<T>>> answers = new LinkedHashMap<>();
        atOnce(chunks).forEach(answers::putAll);
        return answers;
    }

    Map<K, WriteResult> write(List<T> items) {
        List<Task<WriteResult>> puts = new ArrayList<>();
        items.forEach(item -> puts.add(new Task<>(() -> write(item), () -> WriteResult.UNREACHABLE)));
        List<WriteResult> written = atOnce(puts);
        Map<K, WriteResult> results = new LinkedHashMap<>();
        for (int i = 0; i < items.size(); i++) {
            results.put(form.key(items.get(i)), written.get(i));
        }
        return results;
    }

    private Map<K, Answer<Optional<T>>> readChunk(List<K> people) {
        Map<String, K> waiting = new LinkedHashMap<>();
        people.forEach(key -> waiting.put(form.text(key), key));
        Map<K, Answer<Optional<T>>> answers = new HashMap<>();
        String reason = "DynamoDB left keys unprocessed " + MAX_ROUNDS + " times";
        try {
            for (int round = 0; round < MAX_ROUNDS && !waiting.isEmpty(); round++) {
                pause(round);
                ask(waiting, answers);
            }
        } catch (SdkException e) {
            reason = form.attribute() + " items cannot be read: " + e.getClass().getSimpleName();
        }
        answers.putAll(unreachable(waiting.values(), reason));
        return answers;
    }

    private Map<K, Answer<Optional<T>>> unreachable(Collection<K> people, String reason) {
        Map<K, Answer<Optional<T>>> answers = new HashMap<>();
        people.forEach(key -> answers.put(key, new Answer.Unreachable<>(reason)));
        return answers;
    }

    /** Asks for those that wait; whoever was answered waits no longer. */
    private void ask(Map<String, K> waiting, Map<K, Answer<Optional<T>>> answers) {
        List<Map<String, AttributeValue>> keys = waiting.keySet().stream()
                .map(person -> Map.of(PERSON, AttributeValue.fromS(person)))
                .toList();
        var wanted = KeysAndAttributes.builder()
                .keys(keys)
                .consistentRead(consistent)
                .expressionAttributeNames(Map.of("#person", PERSON, "#text", form.attribute()))
                .projectionExpression("#person, #text")
                .build();
        BatchGetItemResponse response = dynamoDb.batchGetItem(request -> request.requestItems(Map.of(table, wanted)));
        Map<String, K> unprocessed = new HashMap<>();
        if (response.unprocessedKeys().containsKey(table)) {
            for (Map<String, AttributeValue> key :
                    response.unprocessedKeys().get(table).keys()) {
                K left = waiting.remove(
                        key.getOrDefault(PERSON, AttributeValue.fromS("")).s());
                if (left != null) {
                    unprocessed.put(form.text(left), left);
                }
            }
        }
        for (Map<String, AttributeValue> item : response.responses().getOrDefault(table, List.of())) {
            K key = waiting.remove(text(item, PERSON));
            if (key != null) {
                answers.put(key, parse(item));
            }
        }
        waiting.values().forEach(absent -> answers.put(absent, new Answer.Found<>(Optional.empty())));
        waiting.clear();
        waiting.putAll(unprocessed);
    }

    private Answer<Optional<T>> parse(Map<String, AttributeValue> item) {
        try {
            byte[] json = text(item, form.attribute()).getBytes(StandardCharsets.UTF_8);
            return new Answer.Found<>(Optional.of(form.read(json)));
        } catch (MalformedException e) {
            return new Answer.Unreadable<>("the stored " + form.attribute() + " is not readable: " + e.getMessage());
        }
    }

    private WriteResult write(T item) {
        try {
            dynamoDb.putItem(put(item));
            return WriteResult.WRITTEN;
        } catch (ConditionalCheckFailedException e) {
            return isOwn(item, e.hasItem() ? e.item() : Map.of()) ? WriteResult.WRITTEN : WriteResult.CONFLICT;
        } catch (SdkException e) {
            return WriteResult.UNREACHABLE;
        }
    }

    /** Whether the write had happened already: its answer was late, and the client sent it once more. */
    private boolean isOwn(T item, Map<String, AttributeValue> stored) {
        return !stored.isEmpty()
                && parse(stored) instanceof Answer.Found<Optional<T>>(var found)
                && found.filter(other -> form.version(other) == form.version(item)
                                && form.writer(other).equals(form.writer(item)))
                        .isPresent();
    }

    private PutItemRequest put(T item) {
        long version = form.version(item);
        var put = PutItemRequest.builder()
                .tableName(table)
                .item(Map.of(
                        PERSON,
                        AttributeValue.fromS(form.text(form.key(item))),
                        VERSION,
                        AttributeValue.fromN(Long.toString(version)),
                        form.attribute(),
                        AttributeValue.fromS(json(item))))
                .returnValuesOnConditionCheckFailure(ReturnValuesOnConditionCheckFailure.ALL_OLD);
        if (version == 1) {
            put.conditionExpression("attribute_not_exists(#person)")
                    .expressionAttributeNames(Map.of("#person", PERSON));
        } else {
            put.conditionExpression("#version = :previous")
                    .expressionAttributeNames(Map.of("#version", VERSION))
                    .expressionAttributeValues(Map.of(":previous", AttributeValue.fromN(Long.toString(version - 1))));
        }
        return put.build();
    }

    private String json(T item) {
        return new String(form.write(item), StandardCharsets.UTF_8);
    }

    private static String text(Map<String, AttributeValue> item, String name) {
        AttributeValue value = item.get(name);
        return value == null || value.s() == null ? "" : value.s();
    }

    private static void pause(int round) {
        if (round > 0) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(FIRST_PAUSE_MILLIS << (round - 1)));
        }
    }

    private record Task<R>(Supplier<R> run, Supplier<R> otherwise) {}

    /** Runs tasks at once, a single one on this thread; results in the order of the tasks. */
    private <R> List<R> atOnce(List<Task<R>> tasks) {
        if (tasks.size() == 1) {
            return List.of(tasks.get(0).run().get());
        }
        long deadline = System.nanoTime() + within.toNanos();
        List<CompletableFuture<R>> begun =
                tasks.stream().map(task -> begin(task, deadline)).toList();
        List<R> results = new ArrayList<>();
        for (int i = 0; i < begun.size(); i++) {
            results.add(result(begun.get(i), tasks.get(i), deadline));
        }
        return results;
    }

    private <R> CompletableFuture<R> begin(Task<R> task, long deadline) {
        // What comes out of the queue too late has nobody waiting for it any more.
        Supplier<R> run = () -> (deadline - System.nanoTime() > 0 ? task.run() : task.otherwise()).get();
        try {
            return CompletableFuture.supplyAsync(run, executor);
        } catch (RejectedExecutionException e) {
            return CompletableFuture.completedFuture(task.otherwise().get());
        }
    }

    private static <R> R result(CompletableFuture<R> begun, Task<R> task, long deadline) {
        try {
            return begun.get(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            return task.otherwise().get();
        } catch (ExecutionException e) {
            throw new CompletionException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return task.otherwise().get();
        }
    }
}
