package dev.sluice.activators.aws;

import dev.sluice.activators.UnreachableException;
import dev.sluice.activators.propagator.Profiles;
import dev.sluice.model.PersonKey;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.KeysAndAttributes;

/** Some people's items of the profile table, by consistent reads. Thread-safe. */
public final class DynamoDbProfiles implements Profiles {
    private static final String KEY = "person";
    private static final String PROFILE = "profile";
    private static final int MAX_GETS = 8;

    private final DynamoDbClient dynamoDb;
    private final String table;

    public DynamoDbProfiles(DynamoDbClient dynamoDb, String table) {
        this.dynamoDb = dynamoDb;
        this.table = table;
    }

    @Override
    public Map<PersonKey, byte[]> read(Collection<PersonKey> people) {
        Map<PersonKey, byte[]> found = new HashMap<>();
        Map<String, KeysAndAttributes> asked = people.isEmpty() ? Map.of() : asked(people);
        for (int gets = 0; !asked.isEmpty(); gets++) {
            if (gets == MAX_GETS) {
                throw new UnreachableException(table + " is throttled", new IllegalStateException("unprocessed keys"));
            }
            asked = get(asked, found);
        }
        return found;
    }

    private Map<String, KeysAndAttributes> asked(Collection<PersonKey> people) {
        return Map.of(
                table,
                KeysAndAttributes.builder()
                        .keys(people.stream()
                                .distinct()
                                .map(person -> Map.of(KEY, AttributeValue.fromS(person.qualified())))
                                .toList())
                        .consistentRead(true)
                        .projectionExpression(KEY + ", " + PROFILE)
                        .build());
    }

    private Map<String, KeysAndAttributes> get(Map<String, KeysAndAttributes> asked, Map<PersonKey, byte[]> found) {
        try {
            BatchGetItemResponse answer = dynamoDb.batchGetItem(get -> get.requestItems(asked));
            answer.responses()
                    .getOrDefault(table, List.of())
                    .forEach(item -> found.put(
                            PersonKey.parse(LedgerItems.attribute(item, KEY).s()), profile(item)));
            return answer.unprocessedKeys();
        } catch (SdkException e) {
            throw new UnreachableException(
                    "BatchGetItem of " + table + ": " + e.getClass().getSimpleName(), e);
        }
    }

    private static byte[] profile(Map<String, AttributeValue> item) {
        AttributeValue profile = item.get(PROFILE);
        return (profile == null || profile.s() == null ? "" : profile.s()).getBytes(StandardCharsets.UTF_8);
    }
}
