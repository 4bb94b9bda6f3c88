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
            people.forEach(person -> GoogleMember.write(json, person));
            json.writeEndArray();
            boolean isMobile = people.stream().allMatch(GoogleMember::isMobile);
            if (!isMobile) {
                json.writeStringProperty("encoding", "HEX");
            }
            // The request to remove has fields for neither consent nor terms.
            if (entering) {
                consent(json, settings);
            }
            if (entering && !isMobile && settings.termsAccepted()) {
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

    /** Of all people of the request. */
    private static void consent(JsonGenerator json, GoogleSettings settings) {
        if (settings.adUserData().isEmpty() && settings.adPersonalization().isEmpty()) {
            return;
        }
        json.writeName("consent");
        json.writeStartObject();
        settings.adUserData().ifPresent(said -> json.writeStringProperty("adUserData", status(said)));
        settings.adPersonalization().ifPresent(said -> json.writeStringProperty("adPersonalization", status(said)));
        json.writeEndObject();
    }

    private static String status(String said) {
        return said.equals("granted") ? "CONSENT_GRANTED" : "CONSENT_DENIED";
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
