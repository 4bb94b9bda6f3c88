package dev.sluice.activators.google;

import dev.sluice.activators.google.GoogleSettings.Account;
import dev.sluice.model.JsonText;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JsonGenerator;

/** The body of a request to ingest or remove members of one audience. Stateless. */
final class GoogleBody {
    private GoogleBody() {}

    static byte[] of(GoogleSettings settings, String audience, List<Map<String, String>> people, boolean entering) {
        return JsonText.writeObject(json -> {
            json.writeName("destinations");
            json.writeStartArray();
            destination(json, settings, audience);
            json.writeEndArray();
            json.writeName("audienceMembers");
            json.writeStartArray();
            people.forEach(person -> GoogleMember.write(json, person, entering));
            json.writeEndArray();
            if (!settings.isMobile()) {
                json.writeStringProperty("encoding", "HEX");
            }
            // The request to remove has no field for terms.
            if (entering && settings.termsAccepted()) {
                json.writeName("termsOfService");
                json.writeStartObject();
                json.writeStringProperty("customerMatchTermsOfServiceStatus", "ACCEPTED");
                json.writeEndObject();
            }
            if (settings.validateOnly()) {
                json.writeBooleanProperty("validateOnly", true);
            }
        });
    }

    private static void destination(JsonGenerator json, GoogleSettings settings, String audience) {
        json.writeStartObject();
        account(json, "operatingAccount", Optional.of(settings.operating()));
        account(json, "loginAccount", settings.login());
        account(json, "linkedAccount", settings.linked());
        json.writeStringProperty("productDestinationId", audience);
        json.writeEndObject();
    }

    private static void account(JsonGenerator json, String name, Optional<Account> account) {
        account.ifPresent(of -> {
            json.writeName(name);
            json.writeStartObject();
            json.writeStringProperty("accountType", of.type());
            json.writeStringProperty("accountId", of.id());
            json.writeEndObject();
        });
    }
}
