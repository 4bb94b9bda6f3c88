package dev.sluice.activators.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.activators.UnreachableException;
import dev.sluice.model.PersonKey;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.KeysAndAttributes;

/**
 * Promises: what is there is found by consistent reads, who is not there is not; keys that a throttled table leaves are asked
 * for again, and a table that leaves them always, or does not answer, is no empty one.
 */
final class DynamoDbProfilesTest {
    private static final PersonKey ANN = new PersonKey("demo", "ann");
    private static final PersonKey BOB = new PersonKey("demo", "bob");
    private static final PersonKey EVE = new PersonKey("demo", "eve");

    private final List<Integer> asked = new ArrayList<>();
    private int atOnce = 1;
    private boolean down;

    /** Answers for so many keys of a request at once; eve has no item. */
    private final DynamoDbClient client = new DynamoDbClient() {
        @Override
        public BatchGetItemResponse batchGetItem(BatchGetItemRequest request) {
            if (down) {
                throw SdkClientException.create("no connection");
            }
            KeysAndAttributes keys = request.requestItems().values().iterator().next();
            assertThat(keys.consistentRead()).isTrue();
            asked.add(keys.keys().size());
            List<Map<String, AttributeValue>> items = keys.keys().stream()
                    .limit(atOnce)
                    .filter(key -> !key.containsValue(AttributeValue.fromS(EVE.qualified())))
                    .map(key -> Map.of(
                            "person", key.getOrDefault("person", AttributeValue.fromS("")),
                            "profile", AttributeValue.fromS("{}")))
                    .toList();
            var rest = keys.keys().stream().skip(atOnce).toList();
            return BatchGetItemResponse.builder()
                    .responses(Map.of("profiles", items))
                    .unprocessedKeys(
                            rest.isEmpty()
                                    ? Map.of()
                                    : Map.of(
                                            "profiles",
                                            keys.toBuilder().keys(rest).build()))
                    .build();
        }

        @Override
        public String serviceName() {
            return "dynamodb";
        }

        @Override
        public void close() {}
    };

    private final DynamoDbProfiles profiles = new DynamoDbProfiles(client, "profiles");

    @Test
    void whoIsThereIsFoundHoweverManyRequestsItTakes() {
        Map<PersonKey, byte[]> found = profiles.read(List.of(ANN, EVE, BOB, ANN));

        assertThat(found).containsOnlyKeys(ANN, BOB);
        assertThat(found.get(ANN)).isEqualTo("{}".getBytes(StandardCharsets.UTF_8));
        assertThat(asked).containsExactly(3, 2, 1);
        assertThat(profiles.read(List.of())).isEmpty();
    }

    @Test
    void aTableThatIsThrottledOrDownSaysSo() {
        atOnce = 0;
        assertThatThrownBy(() -> profiles.read(List.of(ANN))).isInstanceOf(UnreachableException.class);
        assertThat(asked).hasSize(8);

        down = true;
        assertThatThrownBy(() -> profiles.read(List.of(ANN))).isInstanceOf(UnreachableException.class);
    }
}
