package dev.sluice.model.profile;

import dev.sluice.model.EventType;
import dev.sluice.model.JsonText;
import dev.sluice.model.MalformedException;
import dev.sluice.model.Value;
import dev.sluice.model.rules.Occurrence;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** The fields of a kept event as version 1 of {@link RecentJson} wrote it, as an object, while they are read. */
final class OccurrenceJsonV1 {
    /** Of the event before: events of one name are often together, and then share it. */
    private final Optional<String> nameBefore;

    private @Nullable String id;
    private @Nullable EventType type;
    private Optional<String> name = Optional.empty();
    private @Nullable Instant at;
    private @Nullable Instant received;
    private Value.Fields details = Value.Fields.NONE;
    private Optional<String> sentBy = Optional.empty();

    private OccurrenceJsonV1(Optional<String> nameBefore) {
        this.nameBefore = nameBefore;
    }

    /**
     * Reads the object at which the parser stands.
     *
     * @param before the event before, with which it may share its name
     * @throws MalformedException if it is no event
     */
    static Occurrence read(JsonParser json, Optional<Occurrence> before) {
        var fields = new OccurrenceJsonV1(before.flatMap(Occurrence::name));
        fields.read(json);
        return fields.event();
    }

    private void read(JsonParser json) {
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
                OccurrenceJson.check(json.currentToken() == JsonToken.START_OBJECT, "details must be an object");
                details = (Value.Fields) JsonText.value(json);
            }
            case "sentBy" -> sentBy = Optional.of(text(field, json));
            default -> json.skipChildren();
        }
    }

    private static String text(String field, JsonParser json) {
        OccurrenceJson.check(json.currentToken() == JsonToken.VALUE_STRING, field + " must be a string");
        return json.getString();
    }

    private static Instant instant(String field, JsonParser json) {
        if (json.currentToken() == JsonToken.VALUE_NUMBER_INT && json.getNumberType() == JsonParser.NumberType.LONG) {
            return Instant.ofEpochMilli(json.getLongValue());
        }
        // Small, with an exponent, or wrong.
        var only = new Value.Fields(Map.of(field, JsonText.value(json)));
        return Instant.ofEpochMilli(only.whole(field));
    }

    private Occurrence event() {
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
