package dev.sluice.activators.meta;

import dev.sluice.activators.Delivery;
import dev.sluice.activators.audience.Recipient;
import dev.sluice.activators.meta.MetaSettings.LimitedDataUse;
import dev.sluice.model.JsonText;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JsonGenerator;

/**
 * The body of a request: the access token, and a payload whose schema names the columns of its rows. The columns are those
 * that at least one row fills, so that a person who was named under older settings is named the same again. Stateless.
 */
final class MetaBody {
    private MetaBody() {}

    static byte[] of(MetaSettings settings, MetaSecret secret, List<Map<String, String>> people) {
        List<MetaKey> columns = Arrays.stream(MetaKey.values())
                .filter(key -> people.stream().anyMatch(person -> person.containsKey(key.name())))
                .toList();
        return JsonText.writeObject(json -> {
            json.writeStringProperty("access_token", secret.accessToken());
            secret.proof().ifPresent(proof -> json.writeStringProperty("appsecret_proof", proof));
            json.writeName("payload");
            json.writeStartObject();
            schema(json, columns, settings.limitedDataUse());
            json.writeName("data");
            json.writeStartArray();
            people.forEach(person -> row(json, columns, person, settings.limitedDataUse()));
            json.writeEndArray();
            json.writeEndObject();
        });
    }

    /** How the person of a delivery is named. */
    static Map<String, String> person(Delivery delivery) {
        return Recipient.names(delivery.recipient());
    }

    private static void schema(JsonGenerator json, List<MetaKey> columns, Optional<LimitedDataUse> limited) {
        json.writeName("schema");
        json.writeStartArray();
        columns.forEach(column -> json.writeString(column.name()));
        if (limited.isPresent()) {
            json.writeString("DATA_PROCESSING_OPTIONS");
            json.writeString("DATA_PROCESSING_OPTIONS_COUNTRY");
            json.writeString("DATA_PROCESSING_OPTIONS_STATE");
        }
        json.writeEndArray();
    }

    private static void row(
            JsonGenerator json, List<MetaKey> columns, Map<String, String> person, Optional<LimitedDataUse> limited) {
        json.writeStartArray();
        // A key of which nothing is known is left blank.
        columns.forEach(column -> json.writeString(person.getOrDefault(column.name(), "")));
        if (limited.isPresent()) {
            json.writeStartArray();
            json.writeString("LDU");
            json.writeEndArray();
            json.writeNumber(limited.get().country());
            json.writeNumber(limited.get().state());
        }
        json.writeEndArray();
    }
}
