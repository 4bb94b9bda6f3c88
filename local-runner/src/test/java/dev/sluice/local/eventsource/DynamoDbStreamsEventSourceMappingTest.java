package dev.sluice.local.eventsource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.amazonaws.services.lambda.runtime.events.DynamodbEvent;
import com.amazonaws.services.lambda.runtime.serialization.events.LambdaEventSerializers;
import dev.sluice.local.servers.Eventually;
import dev.sluice.local.servers.LocalServers;
import dev.sluice.local.servers.SharedServers;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;
import software.amazon.awssdk.services.dynamodb.model.StreamViewType;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A mapping of a table's stream promises, against DynamoDB Local:
 * each change comes once, in order, with the images and every type of attribute as Lambda writes them; a partial answer
 * brings the rest again; a table without a stream, or fan-out, is refused.
 */
@ExtendWith(SharedServers.class)
final class DynamoDbStreamsEventSourceMappingTest {
    private static final EventSourceSettings SETTINGS = EventSourceSettings.ofBatches(100);

    private final LocalServers servers;
    private final DynamoDbClient dynamoDb;
    private String table = "";

    DynamoDbStreamsEventSourceMappingTest(LocalServers servers) {
        this.servers = servers;
        this.dynamoDb = servers.clients().dynamoDb();
    }

    @BeforeEach
    void nameTheTable(TestInfo test) {
        table = test.getTestMethod().orElseThrow().getName();
    }

    @Test
    void eachChangeComesOnceInOrderWithItsImages() {
        create(true);
        put("1", Map.of("v", AttributeValue.fromN("1")));
        put("1", Map.of("v", AttributeValue.fromN("2")));
        dynamoDb.deleteItem(it -> it.tableName(table).key(Map.of("id", AttributeValue.fromS("1"))));
        var function = ScriptedFunction.succeeding();

        try (var mapping = mapping(SETTINGS, function)) {
            Eventually.until("three changes", () -> mapping.counters().recordsDone() == 3);
        }

        List<JsonNode> records = function.records();
        assertThat(records.stream().map(it -> it.path("eventName").asString()))
                .containsExactly("INSERT", "MODIFY", "REMOVE");
        JsonNode modify = records.get(1);
        JsonNode change = modify.path("dynamodb");
        assertThat(List.copyOf(modify.propertyNames()))
                .containsExactly(
                        "eventID",
                        "eventName",
                        "eventVersion",
                        "eventSource",
                        "awsRegion",
                        "dynamodb",
                        "eventSourceARN");
        assertThat(List.copyOf(change.propertyNames()))
                .containsExactly(
                        "ApproximateCreationDateTime",
                        "Keys",
                        "NewImage",
                        "OldImage",
                        "SequenceNumber",
                        "SizeBytes",
                        "StreamViewType");
        assertThat(modify.path("eventSource").asString()).isEqualTo("aws:dynamodb");
        assertThat(modify.path("eventSourceARN").asString()).contains("table/" + table + "/stream/");
        assertThat(change.path("Keys")).isEqualTo(json("{\"id\":{\"S\":\"1\"}}"));
        assertThat(change.path("NewImage").path("v")).isEqualTo(json("{\"N\":\"2\"}"));
        assertThat(change.path("OldImage").path("v")).isEqualTo(json("{\"N\":\"1\"}"));
        assertThat(change.path("StreamViewType").asString()).isEqualTo("NEW_AND_OLD_IMAGES");
        assertThat(readByLambda(function.events().getFirst())).isEqualTo("2");
        assertThat(records.get(0).path("dynamodb").has("OldImage")).isFalse();
        assertThat(records.get(2).path("dynamodb").has("NewImage")).isFalse();
    }

    /** The value of {@code v} in the second record's new image, read with Lambda's own types. */
    private static String readByLambda(JsonNode event) {
        DynamodbEvent read = LambdaEventSerializers.serializerFor(
                        DynamodbEvent.class, DynamoDbStreamsEventSourceMappingTest.class.getClassLoader())
                .fromJson(event.toString());
        return Optional.ofNullable(
                        read.getRecords().get(1).getDynamodb().getNewImage().get("v"))
                .orElseThrow()
                .getN();
    }

    @Test
    void everyTypeOfAttributeIsWrittenAsLambdaDoes() {
        create(true);
        var bytes = SdkBytes.fromByteArray(new byte[] {1, 2, -1});
        put(
                "1",
                Map.of(
                        "b", AttributeValue.fromB(bytes),
                        "bool", AttributeValue.fromBool(false),
                        "nul", AttributeValue.fromNul(true),
                        "l", AttributeValue.fromL(List.of(AttributeValue.fromS("ü"), AttributeValue.fromN("1.5"))),
                        "m", AttributeValue.fromM(Map.of("x", AttributeValue.fromM(Map.of()))),
                        "ss", AttributeValue.fromSs(List.of("a")),
                        "ns", AttributeValue.fromNs(List.of("7")),
                        "bs", AttributeValue.fromBs(List.of(bytes))));
        var function = ScriptedFunction.succeeding();

        try (var mapping = mapping(SETTINGS, function)) {
            Eventually.until("the item", () -> mapping.counters().recordsDone() == 1);
        }

        assertThat(function.records().getFirst().path("dynamodb").path("NewImage"))
                .isEqualTo(json("""
                                {"id":{"S":"1"},"b":{"B":"AQL/"},"bool":{"BOOL":false},"nul":{"NULL":true},
                                 "l":{"L":[{"S":"ü"},{"N":"1.5"}]},"m":{"M":{"x":{"M":{}}}},
                                 "ss":{"SS":["a"]},"ns":{"NS":["7"]},"bs":{"BS":["AQL/"]}}
                                """));
    }

    @Test
    void aPartialAnswerBringsTheRestAgain() {
        create(true);
        for (int i = 0; i < 5; i++) {
            put(Integer.toString(i), Map.of());
        }
        var failures = new AtomicInteger();
        var function = new ScriptedFunction(event -> failures.getAndIncrement() == 0
                ? ScriptedFunction.failingFrom(ScriptedFunction.records(event)
                        .get(2)
                        .path("dynamodb")
                        .path("SequenceNumber")
                        .asString())
                : ScriptedFunction.SUCCESS);

        try (var mapping = mapping(SETTINGS, function)) {
            Eventually.until("all", () -> mapping.counters().recordsDone() == 5);
        }

        assertThat(function.records().stream()
                        .map(it -> it.path("dynamodb")
                                .path("Keys")
                                .path("id")
                                .path("S")
                                .asString()))
                .containsExactly("0", "1", "2", "3", "4", "2", "3", "4");
    }

    @Test
    void aTableWithoutAStreamIsRefused() {
        create(false);

        assertThatThrownBy(() -> mapping(SETTINGS, ScriptedFunction.succeeding()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("has no stream");
    }

    @Test
    void fanOutIsRefused() {
        assertThatThrownBy(() -> mapping(SETTINGS.withFanOut(true), ScriptedFunction.succeeding()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("no fan-out");
    }

    private EventSourceMapping mapping(EventSourceSettings settings, ScriptedFunction function) {
        return DynamoDbStreamsEventSourceMapping.start(
                servers.clients(),
                table,
                settings,
                new EventSourceTarget(function, "scripted", FailureDestination.NONE));
    }

    private void create(boolean streamed) {
        dynamoDb.createTable(it -> it.tableName(table)
                .billingMode(BillingMode.PAY_PER_REQUEST)
                .attributeDefinitions(AttributeDefinition.builder()
                        .attributeName("id")
                        .attributeType(ScalarAttributeType.S)
                        .build())
                .keySchema(KeySchemaElement.builder()
                        .attributeName("id")
                        .keyType(KeyType.HASH)
                        .build())
                .streamSpecification(stream -> {
                    stream.streamEnabled(streamed);
                    if (streamed) {
                        stream.streamViewType(StreamViewType.NEW_AND_OLD_IMAGES);
                    }
                }));
    }

    private void put(String id, Map<String, AttributeValue> attributes) {
        var item = new HashMap<>(attributes);
        item.put("id", AttributeValue.fromS(id));
        dynamoDb.putItem(it -> it.tableName(table).item(item));
    }

    private static JsonNode json(String text) {
        return new JsonMapper().readTree(text);
    }
}
