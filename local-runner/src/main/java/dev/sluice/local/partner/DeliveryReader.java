package dev.sluice.local.partner;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/** Reads webhook bodies as a partner would: only the fields it needs. */
final class DeliveryReader {
    private static final JsonFactory JSON = new JsonFactory();

    private DeliveryReader() {}

    /** The delivery that this body is; empty if it is not the documented form. */
    static Optional<Delivery> read(String id, String body, Instant arrivedAt, long arrivedNanos) {
        try (JsonParser json = JSON.createParser(ObjectReadContext.empty(), body)) {
            Map<String, String> fields = new HashMap<>();
            if (json.nextToken() != JsonToken.START_OBJECT) {
                return Optional.empty();
            }
            collect(json, "", fields);
            return delivery(id, fields, new Arrived(body, arrivedAt, arrivedNanos));
        } catch (JacksonException | DateTimeException | NumberFormatException e) {
            return Optional.empty();
        }
    }

    private record Arrived(String body, Instant at, long nanos) {}

    private static Optional<Delivery> delivery(String id, Map<String, String> fields, Arrived arrived) {
        String type = fields.get("type");
        String timestamp = fields.get("timestamp");
        String account = fields.get("data.account");
        String segment = fields.get("data.segment");
        String version = fields.get("data.version");
        String userId = fields.get("data.userId");
        String anonymousId = fields.get("data.anonymousId");
        boolean known = "segment.entered".equals(type) || "segment.left".equals(type);
        boolean somebody = userId != null || anonymousId != null;
        if (!known || !somebody || timestamp == null || account == null || segment == null || version == null) {
            return Optional.empty();
        }
        String person = account + "/" + (userId != null ? userId : "anonymous:" + anonymousId);
        String receivedAt = fields.get("data.eventReceivedAt");
        return Optional.of(new Delivery(
                id,
                "segment.entered".equals(type),
                person,
                segment,
                Long.parseLong(version),
                fields.get("data.cause"),
                fields.get("data.eventId"),
                receivedAt == null ? null : Instant.parse(receivedAt),
                Instant.parse(timestamp),
                arrived.at(),
                arrived.nanos(),
                arrived.body()));
    }

    /** Scalars by dotted name; nulls are left out. */
    private static void collect(JsonParser json, String prefix, Map<String, String> fields) {
        for (String name = json.nextName(); name != null; name = json.nextName()) {
            JsonToken value = json.nextToken();
            if (value == JsonToken.START_OBJECT && prefix.isEmpty()) {
                collect(json, name + ".", fields);
            } else if (value.isScalarValue() && value != JsonToken.VALUE_NULL) {
                fields.put(prefix + name, json.getString());
            } else {
                json.skipChildren();
            }
        }
    }
}
