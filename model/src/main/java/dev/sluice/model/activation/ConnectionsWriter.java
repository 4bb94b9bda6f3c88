package dev.sluice.model.activation;

import dev.sluice.model.JsonText;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import tools.jackson.core.JsonGenerator;

/** Writes connections in one way only: fixed order, nothing that goes without saying. Stateless. */
final class ConnectionsWriter {
    private ConnectionsWriter() {}

    static void content(JsonGenerator json, Connections connections) {
        json.writeArrayPropertyStart("connections");
        connections.connections().forEach(connection -> connection(json, connection));
        json.writeEndArray();
        json.writeArrayPropertyStart("readKeys");
        connections.readKeys().forEach(key -> readKey(json, key));
        json.writeEndArray();
    }

    private static void connection(JsonGenerator json, Connection connection) {
        json.writeStartObject();
        json.writeStringProperty("name", connection.name());
        json.writeStringProperty("partner", connection.partner());
        if (connection.audiences().isEmpty()) {
            json.writeStringProperty("segments", "all");
        } else {
            json.writeObjectPropertyStart("segments");
            Map<String, String> sorted = new TreeMap<>(connection.audiences().get());
            sorted.forEach(json::writeStringProperty);
            json.writeEndObject();
        }
        json.writeObjectPropertyStart("consent");
        json.writeArrayPropertyStart(connection.consent().policy() == Consent.Policy.ALL ? "all" : "any");
        connection.consent().channels().forEach(json::writeString);
        json.writeEndArray();
        json.writeEndObject();
        connection.secret().ifPresent(secret -> json.writeStringProperty("secret", secret));
        if (connection.paused()) {
            json.writeBooleanProperty("paused", true);
        }
        if (!connection.settings().fields().isEmpty()) {
            json.writeName("settings");
            JsonText.write(json, connection.settings());
        }
        json.writeEndObject();
    }

    private static void readKey(JsonGenerator json, ReadKey key) {
        json.writeStartObject();
        json.writeStringProperty("name", key.name());
        json.writeStringProperty("sha256", key.sha256());
        json.writeStringProperty("status", key.active() ? "active" : "revoked");
        key.segments().ifPresent(segments -> {
            json.writeArrayPropertyStart("segments");
            new TreeSet<>(segments).forEach(json::writeString);
            json.writeEndArray();
        });
        json.writeEndObject();
    }
}
