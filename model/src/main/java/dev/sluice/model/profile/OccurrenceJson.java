package dev.sluice.model.profile;

import dev.sluice.model.EventType;
import dev.sluice.model.JsonText;
import dev.sluice.model.MalformedException;
import dev.sluice.model.Value;
import dev.sluice.model.rules.Occurrence;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.io.SerializedString;

/**
 * Kept events as {@link RecentJson} writes them. Most of what is stored of a person, read and written for every event that
 * comes, so token by token. Stateless.
 */
final class OccurrenceJson {
    private static final SerializedString ID = new SerializedString("id");
    private static final SerializedString TYPE = new SerializedString("type");
    private static final SerializedString NAME = new SerializedString("name");
    private static final SerializedString AT = new SerializedString("at");
    private static final SerializedString RECEIVED = new SerializedString("received");
    private static final SerializedString DETAILS = new SerializedString("details");
    private static final SerializedString SENT_BY = new SerializedString("sentBy");

    private OccurrenceJson() {}

    static void write(JsonGenerator json, Occurrence event) {
        json.writeStartObject();
        json.writeName(ID);
        json.writeString(event.id());
        json.writeName(TYPE);
        json.writeString(event.type().word());
        if (event.name().isPresent()) {
            json.writeName(NAME);
            json.writeString(event.name().get());
        }
        json.writeName(AT);
        json.writeNumber(event.time().toEpochMilli());
        json.writeName(RECEIVED);
        json.writeNumber(event.receivedAt().toEpochMilli());
        if (!event.details().fields().isEmpty()) {
            json.writeName(DETAILS);
            JsonText.write(json, event.details());
        }
        if (event.sentBy().isPresent()) {
            json.writeName(SENT_BY);
            json.writeString(event.sentBy().get());
        }
        json.writeEndObject();
    }

    /**
     * Reads the array at which the parser stands; JSON {@code null} is one without elements.
     *
     * @throws MalformedException if it is none, or an element is not an event
     */
    static List<Occurrence> readAll(JsonParser json) {
        if (json.currentToken() == JsonToken.VALUE_NULL) {
            return List.of();
        }
        check(json.currentToken() == JsonToken.START_ARRAY, "events must be an array");
        List<Occurrence> events = new ArrayList<>();
        Optional<String> name = Optional.empty();
        while (json.nextToken() != JsonToken.END_ARRAY) {
            check(json.currentToken() == JsonToken.START_OBJECT, "every element of events must be an object");
            var fields = new Fields(name);
            fields.read(json);
            events.add(fields.event());
            name = fields.name;
        }
        return events;
    }

    private static void check(boolean holds, String problem) {
        if (!holds) {
            throw new MalformedException(problem);
        }
    }

    /** The fields of one event while they are read. */
    private static final class Fields {
        /** Of the event before: events of one name are often together, and then share it. */
        private final Optional<String> nameBefore;

        private @Nullable String id;
        private @Nullable EventType type;
        private Optional<String> name = Optional.empty();
        private @Nullable Instant at;
        private @Nullable Instant received;
        private Value.Fields details = Value.Fields.NONE;
        private Optional<String> sentBy = Optional.empty();

        Fields(Optional<String> nameBefore) {
            this.nameBefore = nameBefore;
        }

        void read(JsonParser json) {
            for (String field = json.nextName(); field != null; field = json.nextName()) {
                if (json.nextToken() != JsonToken.VALUE_NULL) {
                    read(field, json);
                }
            }
        }

        private void read(String field, JsonParser json) {
            switch (field) {
                case "id" -> id = text(field, json);
                case "type" ->
                    type = EventType.ofWord(text(field, json))
                            .orElseThrow(() -> new MalformedException("type must be a message type"));
                case "name" -> {
                    Optional<String> read = Optional.of(text(field, json));
                    name = read.equals(nameBefore) ? nameBefore : read;
                }
                case "at" -> at = instant(field, json);
                case "received" -> received = instant(field, json);
                case "details" -> {
                    check(json.currentToken() == JsonToken.START_OBJECT, "details must be an object");
                    details = (Value.Fields) JsonText.value(json);
                }
                case "sentBy" -> sentBy = Optional.of(text(field, json));
                default -> json.skipChildren();
            }
        }

        private static String text(String field, JsonParser json) {
            check(json.currentToken() == JsonToken.VALUE_STRING, field + " must be a string");
            return json.getString();
        }

        private static Instant instant(String field, JsonParser json) {
            if (json.currentToken() == JsonToken.VALUE_NUMBER_INT
                    && json.getNumberType() == JsonParser.NumberType.LONG) {
                return Instant.ofEpochMilli(json.getLongValue());
            }
            // Small, with an exponent, or wrong.
            var only = new Value.Fields(Map.of(field, JsonText.value(json)));
            return Instant.ofEpochMilli(only.whole(field));
        }

        Occurrence event() {
            return new Occurrence(
                    there(id, "id"),
                    there(type, "type"),
                    name,
                    there(at, "at"),
                    there(received, "received"),
                    details,
                    sentBy);
        }

        private static <T> T there(@Nullable T value, String field) {
            if (value == null) {
                throw new MalformedException(field + " is missing");
            }
            return value;
        }
    }
}
