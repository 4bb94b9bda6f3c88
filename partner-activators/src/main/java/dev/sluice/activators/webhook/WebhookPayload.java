package dev.sluice.activators.webhook;

import dev.sluice.model.JsonText;
import dev.sluice.model.PersonKey;
import dev.sluice.model.profile.SegmentChange;
import java.util.Locale;

/**
 * The body that a partner receives for a segment change. The same change always gives the same bytes. Golden file:
 * {@code golden/v2/webhook.json}. Stateless.
 */
final class WebhookPayload {
    private WebhookPayload() {}

    static byte[] write(SegmentChange change) {
        return JsonText.writeObject(json -> {
            json.writeStringProperty(
                    "type", "segment." + change.direction().name().toLowerCase(Locale.ROOT));
            json.writeStringProperty("timestamp", change.at().toString());
            json.writeObjectPropertyStart("data");
            json.writeStringProperty("account", change.key().account());
            String person = change.key().person();
            if (person.startsWith(PersonKey.ANONYMOUS_PREFIX)) {
                json.writeStringProperty("anonymousId", person.substring(PersonKey.ANONYMOUS_PREFIX.length()));
            } else {
                json.writeStringProperty("userId", person);
            }
            json.writeStringProperty("segment", change.segment());
            json.writeNumberProperty("version", change.version());
            json.writeNumberProperty("ruleSet", change.ruleSet());
            json.writeStringProperty("cause", change.cause().kind().word());
            json.writeStringProperty("eventId", change.cause().eventId());
            json.writeStringProperty(
                    "eventReceivedAt", change.cause().receivedAt().toString());
            json.writeEndObject();
        });
    }
}
