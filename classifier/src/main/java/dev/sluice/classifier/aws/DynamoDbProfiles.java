package dev.sluice.classifier.aws;

import dev.sluice.classifier.Answer;
import dev.sluice.classifier.Profiles;
import dev.sluice.classifier.WriteResult;
import dev.sluice.model.MalformedException;
import dev.sluice.model.PersonKey;
import dev.sluice.model.profile.SegmentedProfile;
import dev.sluice.model.profile.SegmentedProfileJson;
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
 * Profiles as items of one DynamoDB table: {@code person} (partition key), {@code version} for the condition, {@code
 * profile} the JSON. Reads are consistent, a hundred to a request; writes are single conditional puts, as many at once as
 * the executor has threads.
 */
public final class DynamoDbProfiles implements Profiles {
    /** What one BatchGetItem takes. */
    private static final int MAX_KEYS = 100;

    /** Times that keys left unprocessed are asked for again, each after a pause twice as long: 0.15 s in all. */
    private static final int MAX_ROUNDS = 5;

    private static final long FIRST_PAUSE_MILLIS = 10;
    private static final String PERSON = "person";
    private static final String VERSION = "version";
    private static final String PROFILE = "profile";

    private final DynamoDbClient dynamoDb;
    private final String table;
    private final Executor executor;
    private final Duration within;

    /** As the other, within 6 s. */
    public DynamoDbProfiles(DynamoDbClient dynamoDb, String table, Executor executor) {
        this(dynamoDb, table, executor, Duration.ofSeconds(6));
    }

    /**
     * @param executor bounds how many requests are under way at once, and may turn requests away; the caller closes it
     * @param within how long a call about several people waits: who is not done then is unreachable
     */
    public DynamoDbProfiles(DynamoDbClient dynamoDb, String table, Executor executor, Duration within) {
        this.dynamoDb = dynamoDb;
        this.table = table;
        this.executor = executor;
        this.within = within;
    }

    @Override
    public Map<PersonKey, Answer<Optional<SegmentedProfile>>> read(Collection<PersonKey> people) {
        List<PersonKey> all = List.copyOf(people);
        List<Task<Map<PersonKey, Answer<Optional<SegmentedProfile>>>>> chunks = new ArrayList<>();
        for (int i = 0; i < all.size(); i += MAX_KEYS) {
            List<PersonKey> chunk = all.subList(i, Math.min(all.size(), i + MAX_KEYS));
            chunks.add(new Task<>(
                    () -> readChunk(chunk), () -> unreachable(chunk, "DynamoDB is not done within " + within)));
        }
        Map<PersonKey, Answer<Optional<SegmentedProfile>>> answers = new LinkedHashMap<>();
        atOnce(chunks).forEach(answers::putAll);
        return answers;
    }

    @Override
    public Map<PersonKey, WriteResult> write(List<SegmentedProfile> profiles) {
        List<Task<WriteResult>> puts = new ArrayList<>();
        profiles.forEach(profile -> puts.add(new Task<>(() -> write(profile), () -> WriteResult.UNREACHABLE)));
        List<WriteResult> written = atOnce(puts);
        Map<PersonKey, WriteResult> results = new LinkedHashMap<>();
        for (int i = 0; i < profiles.size(); i++) {
            results.put(profiles.get(i).key(), written.get(i));
        }
        return results;
    }

    private Map<PersonKey, Answer<Optional<SegmentedProfile>>> readChunk(List<PersonKey> people) {
        Map<String, PersonKey> waiting = new LinkedHashMap<>();
        people.forEach(key -> waiting.put(key.qualified(), key));
        Map<PersonKey, Answer<Optional<SegmentedProfile>>> answers = new HashMap<>();
        String reason = "DynamoDB left keys unprocessed " + MAX_ROUNDS + " times";
        try {
            for (int round = 0; round < MAX_ROUNDS && !waiting.isEmpty(); round++) {
                pause(round);
                ask(waiting, answers);
            }
        } catch (SdkException e) {
            reason = "profiles cannot be read: " + e.getClass().getSimpleName();
        }
        answers.putAll(unreachable(waiting.values(), reason));
        return answers;
    }

    private static Map<PersonKey, Answer<Optional<SegmentedProfile>>> unreachable(
            Collection<PersonKey> people, String reason) {
        Map<PersonKey, Answer<Optional<SegmentedProfile>>> answers = new HashMap<>();
        people.forEach(key -> answers.put(key, new Answer.Unreachable<>(reason)));
        return answers;
    }

    /** Asks for those that wait; whoever was answered waits no longer. */
    private void ask(Map<String, PersonKey> waiting, Map<PersonKey, Answer<Optional<SegmentedProfile>>> answers) {
        List<Map<String, AttributeValue>> keys = waiting.keySet().stream()
                .map(person -> Map.of(PERSON, AttributeValue.fromS(person)))
                .toList();
        var wanted = KeysAndAttributes.builder()
                .keys(keys)
                .consistentRead(true)
                .projectionExpression("person, profile")
                .build();
        BatchGetItemResponse response = dynamoDb.batchGetItem(request -> request.requestItems(Map.of(table, wanted)));
        Map<String, PersonKey> unprocessed = new HashMap<>();
        if (response.unprocessedKeys().containsKey(table)) {
            for (Map<String, AttributeValue> key :
                    response.unprocessedKeys().get(table).keys()) {
                PersonKey left = waiting.remove(
                        key.getOrDefault(PERSON, AttributeValue.fromS("")).s());
                if (left != null) {
                    unprocessed.put(left.qualified(), left);
                }
            }
        }
        for (Map<String, AttributeValue> item : response.responses().getOrDefault(table, List.of())) {
            PersonKey key = waiting.remove(text(item, PERSON));
            if (key != null) {
                answers.put(key, parse(item));
            }
        }
        waiting.values().forEach(absent -> answers.put(absent, new Answer.Found<>(Optional.empty())));
        waiting.clear();
        waiting.putAll(unprocessed);
    }

    private static Answer<Optional<SegmentedProfile>> parse(Map<String, AttributeValue> item) {
        try {
            byte[] json = text(item, PROFILE).getBytes(StandardCharsets.UTF_8);
            return new Answer.Found<>(Optional.of(SegmentedProfileJson.read(json)));
        } catch (MalformedException e) {
            return new Answer.Unreadable<>("the stored profile is not readable: " + e.getMessage());
        }
    }

    private WriteResult write(SegmentedProfile profile) {
        try {
            dynamoDb.putItem(put(profile));
            return WriteResult.WRITTEN;
        } catch (ConditionalCheckFailedException e) {
            return isOwn(profile, e.hasItem() ? e.item() : Map.of()) ? WriteResult.WRITTEN : WriteResult.CONFLICT;
        } catch (SdkException e) {
            return WriteResult.UNREACHABLE;
        }
    }

    /** Whether the write had happened already: its answer was late, and the client sent it once more. */
    private static boolean isOwn(SegmentedProfile profile, Map<String, AttributeValue> stored) {
        return !stored.isEmpty()
                && parse(stored) instanceof Answer.Found<Optional<SegmentedProfile>>(var found)
                && found.filter(other -> other.version() == profile.version()
                                && other.writer().equals(profile.writer()))
                        .isPresent();
    }

    private PutItemRequest put(SegmentedProfile profile) {
        var put = PutItemRequest.builder()
                .tableName(table)
                .item(Map.of(
                        PERSON, AttributeValue.fromS(profile.key().qualified()),
                        VERSION, AttributeValue.fromN(Long.toString(profile.version())),
                        PROFILE, AttributeValue.fromS(json(profile))))
                .returnValuesOnConditionCheckFailure(ReturnValuesOnConditionCheckFailure.ALL_OLD);
        if (profile.version() == 1) {
            put.conditionExpression("attribute_not_exists(#person)")
                    .expressionAttributeNames(Map.of("#person", PERSON));
        } else {
            put.conditionExpression("#version = :previous")
                    .expressionAttributeNames(Map.of("#version", VERSION))
                    .expressionAttributeValues(
                            Map.of(":previous", AttributeValue.fromN(Long.toString(profile.version() - 1))));
        }
        return put.build();
    }

    private static String json(SegmentedProfile profile) {
        return new String(SegmentedProfileJson.write(profile), StandardCharsets.UTF_8);
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

    private record Task<T>(Supplier<T> run, Supplier<T> otherwise) {}

    /** Runs tasks at once, a single one on this thread; results in the order of the tasks. */
    private <T> List<T> atOnce(List<Task<T>> tasks) {
        if (tasks.size() == 1) {
            return List.of(tasks.get(0).run().get());
        }
        long deadline = System.nanoTime() + within.toNanos();
        List<CompletableFuture<T>> begun =
                tasks.stream().map(task -> begin(task, deadline)).toList();
        List<T> results = new ArrayList<>();
        for (int i = 0; i < begun.size(); i++) {
            results.add(result(begun.get(i), tasks.get(i), deadline));
        }
        return results;
    }

    private <T> CompletableFuture<T> begin(Task<T> task, long deadline) {
        // What comes out of the queue too late has nobody waiting for it any more.
        Supplier<T> run = () -> (deadline - System.nanoTime() > 0 ? task.run() : task.otherwise()).get();
        try {
            return CompletableFuture.supplyAsync(run, executor);
        } catch (RejectedExecutionException e) {
            return CompletableFuture.completedFuture(task.otherwise().get());
        }
    }

    private static <T> T result(CompletableFuture<T> begun, Task<T> task, long deadline) {
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
