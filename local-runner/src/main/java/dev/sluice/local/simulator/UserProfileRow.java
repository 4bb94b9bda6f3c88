package dev.sluice.local.simulator;

import java.io.StringWriter;
import java.time.LocalDate;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/** A player's row in the relational UserProfile table, as it is at sign-up. */
public record UserProfileRow(
        String account,
        String userId,
        long version,
        String deviceId,
        String deviceOs,
        LocalDate birthDate,
        String gender) {
    private static final JsonFactory JSON = new JsonFactory();

    /** The payload with which the database's trigger calls user-data-fn. */
    public String insertPayload() {
        var text = new StringWriter();
        try (JsonGenerator json = JSON.createGenerator(ObjectWriteContext.empty(), text)) {
            json.writeStartObject();
            json.writeNumberProperty("v", 1);
            json.writeStringProperty("op", "insert");
            json.writeStringProperty("account", account);
            json.writeStringProperty("userId", userId);
            json.writeNumberProperty("version", version);
            json.writeObjectPropertyStart("row");
            json.writeStringProperty("deviceId", deviceId);
            json.writeStringProperty("deviceOS", deviceOs);
            json.writeStringProperty("birthDate", birthDate.toString());
            json.writeStringProperty("gender", gender);
            json.writeEndObject();
            json.writeEndObject();
        }
        return text.toString();
    }
}
