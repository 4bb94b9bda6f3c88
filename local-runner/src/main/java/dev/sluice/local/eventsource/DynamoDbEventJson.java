package dev.sluice.local.eventsource;

import dev.sluice.local.servers.AwsClients;
import java.io.ByteArrayOutputStream;
import java.time.Instant;
import java.util.Map;
import java.util.function.BiConsumer;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.Record;
import software.amazon.awssdk.services.dynamodb.model.StreamRecord;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/** Writes a record of a table's stream as Lambda does. */
final class DynamoDbEventJson {
    private static final JsonFactory JSON = new JsonFactory();

    private DynamoDbEventJson() {}

    /** @param readAt from which its age counts: DynamoDB Local rounds the time of creation to the minute */
    static BatchItem item(String streamArn, Record record, Instant readAt) {
        StreamRecord change = record.dynamodb();
        var bytes = new ByteArrayOutputStream();
        try (JsonGenerator json = JSON.createGenerator(ObjectWriteContext.empty(), bytes)) {
            json.writeStartObject();
            json.writeStringProperty("eventID", record.eventID());
            json.writeStringProperty("eventName", record.eventNameAsString());
            json.writeStringProperty("eventVersion", record.eventVersion());
            json.writeStringProperty("eventSource", "aws:dynamodb");
            json.writeStringProperty("awsRegion", AwsClients.REGION.id());
            json.writeObjectPropertyStart("dynamodb");
            json.writeNumberProperty(
                    "ApproximateCreationDateTime",
                    change.approximateCreationDateTime().getEpochSecond());
            image(json, "Keys", change.hasKeys(), change.keys());
            image(json, "NewImage", change.hasNewImage(), change.newImage());
            image(json, "OldImage", change.hasOldImage(), change.oldImage());
            json.writeStringProperty("SequenceNumber", change.sequenceNumber());
            json.writeNumberProperty("SizeBytes", change.sizeBytes());
            json.writeStringProperty("StreamViewType", change.streamViewTypeAsString());
            json.writeEndObject();
            identity(json, record);
            json.writeStringProperty("eventSourceARN", streamArn);
            json.writeEndObject();
        }
        return new BatchItem(change.sequenceNumber(), readAt, bytes.toByteArray());
    }

    /** Present when DynamoDB itself deleted an item whose time to live was over. */
    private static void identity(JsonGenerator json, Record record) {
        if (record.userIdentity() != null) {
            json.writeObjectPropertyStart("userIdentity");
            json.writeStringProperty("principalId", record.userIdentity().principalId());
            json.writeStringProperty("type", record.userIdentity().type());
            json.writeEndObject();
        }
    }

    private static void image(
            JsonGenerator json, String name, boolean present, Map<String, AttributeValue> attributes) {
        if (present) {
            json.writeName(name);
            map(json, attributes);
        }
    }

    private static void map(JsonGenerator json, Map<String, AttributeValue> attributes) {
        json.writeStartObject();
        attributes.forEach((name, value) -> {
            json.writeName(name);
            value(json, value);
        });
        json.writeEndObject();
    }

    private static void value(JsonGenerator json, AttributeValue value) {
        json.writeStartObject();
        switch (value.type()) {
            case S -> json.writeStringProperty("S", value.s());
            case N -> json.writeStringProperty("N", value.n());
            case B -> json.writeBinaryProperty("B", value.b().asByteArrayUnsafe());
            case BOOL -> json.writeBooleanProperty("BOOL", value.bool());
            case NUL -> json.writeBooleanProperty("NULL", true);
            case M -> {
                json.writeName("M");
                map(json, value.m());
            }
            case L -> array(json, "L", value.l(), DynamoDbEventJson::value);
            case SS -> array(json, "SS", value.ss(), JsonGenerator::writeString);
            case NS -> array(json, "NS", value.ns(), JsonGenerator::writeString);
            case BS -> array(json, "BS", value.bs(), (to, it) -> to.writeBinary(it.asByteArrayUnsafe()));
            case UNKNOWN_TO_SDK_VERSION -> throw new IllegalStateException("an attribute of an unknown type");
        }
        json.writeEndObject();
    }

    private static <T> void array(
            JsonGenerator json, String name, Iterable<T> elements, BiConsumer<JsonGenerator, T> write) {
        json.writeArrayPropertyStart(name);
        elements.forEach(element -> write.accept(json, element));
        json.writeEndArray();
    }
}
