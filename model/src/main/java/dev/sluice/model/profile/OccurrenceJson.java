package dev.sluice.model.profile;

import dev.sluice.model.EventType;
import dev.sluice.model.JsonText;
import dev.sluice.model.MalformedException;
import dev.sluice.model.Value;
import dev.sluice.model.rules.Occurrence;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * Kept events as {@link RecentBytes} writes them, read however they are written. They are most of what is stored of a person, and are read and written for
 * every event that comes; so an event is an array, and what events share is said once:
 *
 * <pre>[id, kind, milliseconds since the event before, milliseconds to its receipt, details, sent by]</pre>
 *
 * where {@code kind} is {@code [type, name]} (no name if there is none) of an event that is the first of its kind, and of a
 * later one the place of that kind among them, from 0. The time of the first event is since 1970. The last two are left
 * out where there is nothing to say; details are {@code {}} if only a sender follows. Used by one thread.
 */
final class OccurrenceJson {
    /** What events share: a type and a name. */
    private record Kind(EventType type, Optional<String> name) {}

    private OccurrenceJson() {}

    /**
     * Reads the array at which the parser stands; JSON {@code null} is one without elements. Objects are events of version
     * 1.
     *
     * @throws MalformedException if it is none, or an element is not an event
     */
    static List<Occurrence> readAll(JsonParser json) {
        List<Occurrence> events = new ArrayList<>();
        if (json.currentToken() == JsonToken.VALUE_NULL) {
            return events;
        }
        check(json.currentToken() == JsonToken.START_ARRAY, "events must be an array");
        var reader = new Reader(json);
        Optional<Occurrence> before = Optional.empty();
        while (json.nextToken() != JsonToken.END_ARRAY) {
            before = Optional.of(
                    json.currentToken() == JsonToken.START_OBJECT
                            ? OccurrenceJsonV1.read(json, before)
                            : reader.event());
            events.add(before.get());
        }
        return events;
    }

    static void check(boolean holds, String problem) {
        if (!holds) {
            throw new MalformedException(problem);
        }
    }

    /** Reads events one after the other. */
    private static final class Reader {
        private final JsonParser json;
        private final List<Kind> kinds = new ArrayList<>();
        private long before;

        Reader(JsonParser json) {
            this.json = json;
        }

        Occurrence event() {
            check(
                    json.currentToken() == JsonToken.START_ARRAY,
                    "every element of events must be an array or an object");
            String id = text("id");
            Kind kind = kind();
            long at = after(before, number("at"));
            long received = after(at, number("received"));
            before = at;
            Value.Fields details = Value.Fields.NONE;
            Optional<String> sentBy = Optional.empty();
            if (json.nextToken() != JsonToken.END_ARRAY) {
                check(json.currentToken() == JsonToken.START_OBJECT, "details must be an object");
                details = (Value.Fields) JsonText.value(json);
                if (json.nextToken() != JsonToken.END_ARRAY) {
                    check(json.currentToken() == JsonToken.VALUE_STRING, "sentBy must be a string");
                    sentBy = Optional.of(json.getString());
                    check(json.nextToken() == JsonToken.END_ARRAY, "an event has six elements at most");
                }
            }
            return new Occurrence(
                    id,
                    kind.type(),
                    kind.name(),
                    Instant.ofEpochMilli(at),
                    Instant.ofEpochMilli(received),
                    details,
                    sentBy);
        }

        private static long after(long moment, long millis) {
            long sum = moment + millis;
            check((moment ^ sum) >= 0 || (millis ^ sum) >= 0, "a time is out of range");
            return sum;
        }

        private Kind kind() {
            if (json.nextToken() == JsonToken.START_ARRAY) {
                EventType type = EventType.ofWord(text("type"))
                        .orElseThrow(() -> new MalformedException("type must be a message type"));
                Optional<String> name = Optional.empty();
                if (json.nextToken() != JsonToken.END_ARRAY) {
                    check(json.currentToken() == JsonToken.VALUE_STRING, "name must be a string");
                    name = Optional.of(json.getString());
                    check(json.nextToken() == JsonToken.END_ARRAY, "a kind has two elements at most");
                }
                kinds.add(new Kind(type, name));
                return kinds.get(kinds.size() - 1);
            }
            check(json.currentToken() == JsonToken.VALUE_NUMBER_INT, "kind must be an array or a whole number");
            int place = json.getIntValue();
            check(place >= 0 && place < kinds.size(), "kind must be the place of one that was told before");
            return kinds.get(place);
        }

        private String text(String what) {
            check(json.nextToken() == JsonToken.VALUE_STRING, what + " must be a string");
            return json.getString();
        }

        private long number(String what) {
            check(json.nextToken() == JsonToken.VALUE_NUMBER_INT, what + " must be a whole number");
            return json.getLongValue();
        }
    }
}
