package dev.sluice.activators.webhook;

import dev.sluice.activators.Delivery;
import dev.sluice.model.JsonText;
import dev.sluice.model.PersonKey;
import dev.sluice.model.Value;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import tools.jackson.core.JsonGenerator;

/**
 * The body that a webhook receives: one object for one delivery, or an array of such objects, each with its id, for a
 * batch. The same deliveries always give the same bytes. Golden files: {@code golden/v2/webhook.json} and {@code
 * golden/v2/webhook-batch.json}. Stateless.
 */
final class WebhookPayload {
    private WebhookPayload() {}

    /** Of one delivery, whose id is in the headers. */
    static byte[] one(Delivery delivery) {
        return JsonText.writeObject(json -> write(json, delivery));
    }

    /** Of several, in their order. */
    static byte[] many(List<Delivery> deliveries) {
        var out = new ByteArrayOutputStream();
        try (JsonGenerator json = JsonText.generator(out)) {
            json.writeStartArray();
            for (Delivery delivery : deliveries) {
                json.writeStartObject();
                json.writeStringProperty("id", delivery.id());
                write(json, delivery);
                json.writeEndObject();
            }
            json.writeEndArray();
        }
        return out.toByteArray();
    }

    private static void write(JsonGenerator json, Delivery delivery) {
        json.writeStringProperty(
                "type", "segment." + delivery.direction().name().toLowerCase(Locale.ROOT));
        json.writeStringProperty("timestamp", delivery.at().toString());
        json.writeObjectPropertyStart("data");
        json.writeStringProperty("account", delivery.person().account());
        String person = delivery.person().person();
        if (person.startsWith(PersonKey.ANONYMOUS_PREFIX)) {
            json.writeStringProperty("anonymousId", person.substring(PersonKey.ANONYMOUS_PREFIX.length()));
        } else {
            json.writeStringProperty("userId", person);
        }
        json.writeStringProperty("segment", delivery.segment());
        if (!delivery.audience().equals(delivery.segment())) {
            json.writeStringProperty("audience", delivery.audience());
        }
        json.writeNumberProperty("version", delivery.version());
        json.writeNumberProperty("ruleSet", delivery.ruleSet());
        json.writeStringProperty("cause", delivery.cause().kind().word());
        json.writeStringProperty("eventId", delivery.cause().eventId());
        json.writeStringProperty(
                "eventReceivedAt", delivery.cause().receivedAt().toString());
        if (!delivery.recipient().isEmpty()) {
            json.writeName("traits");
            JsonText.write(json, traits(delivery.recipient()));
        }
        json.writeEndObject();
    }

    /** As {@link WebhookPartner#recipient} wrote them. */
    private static Value.Fields traits(String recipient) {
        return JsonText.readObject(recipient.getBytes(StandardCharsets.UTF_8));
    }
}
