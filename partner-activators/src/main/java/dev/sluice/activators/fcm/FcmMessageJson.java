package dev.sluice.activators.fcm;

import dev.sluice.activators.messages.Message;
import dev.sluice.model.JsonText;
import dev.sluice.model.Value;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JsonGenerator;

/**
 * A message as FCM takes it.
 *
 * @see <a href="https://firebase.google.com/docs/reference/fcm/rest/v1/projects.messages">Message, read in November 2026</a>
 */
final class FcmMessageJson {
    private static final int LONGEST_LABEL = 50;

    private FcmMessageJson() {}

    static byte[] write(Message message, Instant now) {
        return JsonText.writeObject(json -> {
            Value validateOnly = message.target()
                    .connection()
                    .settings()
                    .find("validateOnly")
                    .orElse(Value.of(false));
            if (validateOnly.equals(Value.of(true))) {
                json.writeBooleanProperty("validate_only", true);
            }
            json.writeObjectPropertyStart("message");
            json.writeStringProperty("token", message.target().address());
            notification(json, message.parts());
            data(json, message);
            android(json, message, now);
            apple(json, message);
            json.writeObjectPropertyStart("fcm_options");
            json.writeStringProperty("analytics_label", label(message));
            json.writeEndObject();
            json.writeEndObject();
        });
    }

    private static void notification(JsonGenerator json, Map<String, String> parts) {
        json.writeObjectPropertyStart("notification");
        for (String part : new String[] {"title", "body", "image"}) {
            Optional.ofNullable(parts.get(part)).ifPresent(text -> json.writeStringProperty(part, text));
        }
        json.writeEndObject();
    }

    /** What the app gets when the message is opened. */
    private static void data(JsonGenerator json, Message message) {
        json.writeObjectPropertyStart("data");
        json.writeStringProperty("sluice_delivery", message.id());
        json.writeStringProperty(
                "sluice_campaign", message.target().connection().name());
        Optional.ofNullable(message.parts().get("link")).ifPresent(link -> json.writeStringProperty("link", link));
        json.writeEndObject();
    }

    private static void android(JsonGenerator json, Message message, Instant now) {
        json.writeObjectPropertyStart("android");
        long seconds = Math.max(0, Duration.between(now, message.until()).toSeconds());
        json.writeStringProperty("ttl", seconds + "s");
        json.writeObjectPropertyStart("notification");
        json.writeStringProperty("tag", message.id());
        json.writeEndObject();
        json.writeEndObject();
    }

    private static void apple(JsonGenerator json, Message message) {
        json.writeObjectPropertyStart("apns");
        json.writeObjectPropertyStart("headers");
        json.writeStringProperty("apns-collapse-id", message.id());
        json.writeStringProperty(
                "apns-expiration", Long.toString(message.until().getEpochSecond()));
        json.writeEndObject();
        json.writeEndObject();
    }

    private static String label(Message message) {
        String name = message.target().connection().name();
        return name.substring(0, Math.min(LONGEST_LABEL, name.length()));
    }
}
