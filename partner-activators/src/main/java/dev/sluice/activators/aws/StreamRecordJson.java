package dev.sluice.activators.aws;

import com.amazonaws.services.lambda.runtime.events.DynamodbEvent;
import com.amazonaws.services.lambda.runtime.events.models.dynamodb.AttributeValue;
import dev.sluice.model.JsonText;
import java.util.Base64;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/** A record of a DynamoDB stream in DynamoDB's own JSON, so that what is set aside loses nothing. Stateless. */
final class StreamRecordJson {
    private StreamRecordJson() {}

    static byte[] write(DynamodbEvent.DynamodbStreamRecord record) {
        return JsonText.writeObject(json -> {
            text(json, "eventID", record.getEventID());
            text(json, "eventName", record.getEventName());
            text(json, "eventSourceARN", record.getEventSourceARN());
            json.writeObjectPropertyStart("dynamodb");
            text(json, "SequenceNumber", record.getDynamodb().getSequenceNumber());
            attributes(json, "Keys", record.getDynamodb().getKeys());
            attributes(json, "OldImage", record.getDynamodb().getOldImage());
            attributes(json, "NewImage", record.getDynamodb().getNewImage());
            json.writeEndObject();
        });
    }

    private static void text(JsonGenerator json, String name, @Nullable String text) {
        if (text != null) {
            json.writeStringProperty(name, text);
        }
    }

    private static void attributes(JsonGenerator json, String name, @Nullable Map<String, AttributeValue> attributes) {
        if (attributes == null) {
            return;
        }
        json.writeObjectPropertyStart(name);
        attributes.forEach((attribute, value) -> {
            json.writeName(attribute);
            value(json, value);
        });
        json.writeEndObject();
    }

    /** At most as deep as DynamoDB allows (32). */
    private static void value(JsonGenerator json, AttributeValue value) {
        json.writeStartObject();
        text(json, "S", value.getS());
        text(json, "N", value.getN());
        if (value.getB() != null) {
            byte[] bytes = new byte[value.getB().remaining()];
            value.getB().duplicate().get(bytes);
            json.writeStringProperty("B", Base64.getEncoder().encodeToString(bytes));
        }
        if (value.getBOOL() != null) {
            json.writeBooleanProperty("BOOL", value.getBOOL());
        }
        if (value.getNULL() != null) {
            json.writeBooleanProperty("NULL", value.getNULL());
        }
        attributes(json, "M", value.getM());
        if (value.getL() != null) {
            json.writeArrayPropertyStart("L");
            value.getL().forEach(element -> value(json, element));
            json.writeEndArray();
        }
        texts(json, "SS", value.getSS());
        texts(json, "NS", value.getNS());
        json.writeEndObject();
    }

    private static void texts(JsonGenerator json, String name, @Nullable Iterable<String> texts) {
        if (texts != null) {
            json.writeArrayPropertyStart(name);
            texts.forEach(json::writeString);
            json.writeEndArray();
        }
    }
}
