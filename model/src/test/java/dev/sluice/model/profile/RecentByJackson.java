package dev.sluice.model.profile;

import dev.sluice.model.EventType;
import dev.sluice.model.JsonText;
import dev.sluice.model.rules.Occurrence;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JsonGenerator;

/** Writes version 2 of {@link RecentJson} the plain way: what the bytes must be. */
final class RecentByJackson {
    private RecentByJackson() {}

    static byte[] write(Recent recent) {
        return JsonText.writeObject(json -> {
            json.writeNumberProperty("v", RecentJson.VERSION);
            json.writeNumberProperty("ruleSet", recent.ruleSet());
            state(json, "base", recent.base());
            state(json, "head", recent.head());
            recent.held().ifPresent(held -> held(json, held));
            json.writeArrayPropertyStart("events");
            events(json, recent.events());
            json.writeEndArray();
        });
    }

    private static void state(JsonGenerator json, String name, FoldState state) {
        json.writeObjectPropertyStart(name);
        if (!state.at().equals(Instant.MIN)) {
            json.writeNumberProperty("at", state.at().toEpochMilli());
            json.writeStringProperty("id", state.lastId());
        }
        json.writeName("traits");
        JsonText.write(json, state.traits());
        snapshot(json, "row", state.row());
        snapshot(json, "statistics", state.statistics());
        MembershipsJson.write(json, state.memberships());
        MembershipsJson.writePast(json, state.past());
        state.due().ifPresent(due -> json.writeNumberProperty("due", due.toEpochMilli()));
        json.writeEndObject();
    }

    private static void snapshot(JsonGenerator json, String name, Snapshot snapshot) {
        if (!snapshot.equals(Snapshot.NONE)) {
            json.writeObjectPropertyStart(name);
            json.writeNumberProperty("version", snapshot.version());
            json.writeName("values");
            JsonText.write(json, snapshot.values());
            json.writeEndObject();
        }
    }

    private static void held(JsonGenerator json, Held held) {
        json.writeObjectPropertyStart("held");
        json.writeNumberProperty("since", held.since().toEpochMilli());
        MembershipsJson.write(json, held.memberships());
        if (held.everything()) {
            json.writeBooleanProperty("everything", true);
        }
        json.writeEndObject();
    }

    private record Kind(EventType type, Optional<String> name) {}

    private static void events(JsonGenerator json, List<Occurrence> events) {
        Map<Kind, Integer> kinds = new HashMap<>();
        long before = 0;
        for (Occurrence event : events) {
            long at = event.time().toEpochMilli();
            json.writeStartArray();
            json.writeString(event.id());
            kind(json, new Kind(event.type(), event.name()), kinds);
            json.writeNumber(at - before);
            json.writeNumber(event.receivedAt().toEpochMilli() - at);
            if (!event.details().fields().isEmpty() || event.sentBy().isPresent()) {
                JsonText.write(json, event.details());
                event.sentBy().ifPresent(json::writeString);
            }
            json.writeEndArray();
            before = at;
        }
    }

    private static void kind(JsonGenerator json, Kind kind, Map<Kind, Integer> kinds) {
        Integer place = kinds.putIfAbsent(kind, kinds.size());
        if (place != null) {
            json.writeNumber(place);
        } else {
            json.writeStartArray();
            json.writeString(kind.type().word());
            kind.name().ifPresent(json::writeString);
            json.writeEndArray();
        }
    }
}
