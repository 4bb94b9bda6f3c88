package dev.sluice.activators.google;

import dev.sluice.activators.identity.DeviceIds;
import dev.sluice.activators.identity.Emails;
import dev.sluice.activators.identity.Hash;
import dev.sluice.activators.identity.Names;
import dev.sluice.activators.identity.Phones;
import dev.sluice.activators.identity.Traits;
import dev.sluice.model.profile.Shared;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import tools.jackson.core.JsonGenerator;

/** One {@code AudienceMember}: its names by the fields of the interface, as they are kept and as they are sent. Stateless. */
final class GoogleMember {
    private static final String EMAIL = "emailAddress";
    private static final String PHONE = "phoneNumber";
    private static final String GIVEN_NAME = "givenName";
    private static final String FAMILY_NAME = "familyName";
    private static final String REGION = "regionCode";
    private static final String POSTAL_CODE = "postalCode";
    private static final String MOBILE = "mobileId";

    private GoogleMember() {}

    /** What is kept of a person; none if there is nothing by which Google could find them. */
    static Map<String, String> of(GoogleSettings settings, Shared shared) {
        var names = new TreeMap<String, String>();
        for (String identifier : settings.identifiers()) {
            switch (identifier) {
                case GoogleSettings.EMAIL ->
                    put(names, EMAIL, Traits.text(shared, "email").flatMap(text -> Hash.of(text, Emails::googled)));
                case GoogleSettings.PHONE -> put(names, PHONE, phone(settings, shared));
                case GoogleSettings.ADDRESS -> names.putAll(address(settings, shared));
                default ->
                    put(names, MOBILE, Traits.text(shared, "advertisingId").flatMap(DeviceIds::normal));
            }
        }
        return names;
    }

    /** Whether a person is named by a device. */
    static boolean isMobile(Map<String, String> names) {
        return names.containsKey(MOBILE);
    }

    /** Writes a member where the generator stands. */
    static void write(JsonGenerator json, Map<String, String> names) {
        json.writeStartObject();
        if (isMobile(names)) {
            json.writeName("mobileData");
            json.writeStartObject();
            json.writeName("mobileIds");
            json.writeStartArray();
            json.writeString(names.get(MOBILE));
            json.writeEndArray();
            json.writeEndObject();
        } else {
            userData(json, names);
        }
        json.writeEndObject();
    }

    private static void userData(JsonGenerator json, Map<String, String> names) {
        json.writeName("userData");
        json.writeStartObject();
        json.writeName("userIdentifiers");
        json.writeStartArray();
        // Each identifier is an object with exactly one field.
        for (String field : new String[] {EMAIL, PHONE}) {
            if (names.containsKey(field)) {
                object(json, names, field);
            }
        }
        if (names.containsKey(GIVEN_NAME)) {
            json.writeStartObject();
            json.writeName("address");
            object(json, names, GIVEN_NAME, FAMILY_NAME, REGION, POSTAL_CODE);
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private static void object(JsonGenerator json, Map<String, String> names, String... fields) {
        json.writeStartObject();
        for (String field : fields) {
            String name = names.get(field);
            if (name != null) {
                json.writeStringProperty(field, name);
            }
        }
        json.writeEndObject();
    }

    private static void put(Map<String, String> names, String field, Optional<String> value) {
        value.ifPresent(text -> names.put(field, text));
    }

    private static Optional<String> phone(GoogleSettings settings, Shared shared) {
        Optional<String> country = Traits.country(shared, settings.defaultCountry());
        return Traits.text(shared, "phone").flatMap(text -> Hash.of(text, number -> Phones.e164(number, country)));
    }

    /** All of an address or nothing: Google requires all four fields. */
    private static Map<String, String> address(GoogleSettings settings, Shared shared) {
        Optional<String> country = Traits.country(shared, settings.defaultCountry());
        Optional<String> given = Traits.text(shared, "firstName").flatMap(text -> Hash.of(text, Names::person));
        Optional<String> family = Traits.text(shared, "lastName").flatMap(text -> Hash.of(text, Names::person));
        Optional<String> postal = Traits.text(shared, "postalCode").map(String::strip);
        return country.isEmpty() || given.isEmpty() || family.isEmpty() || postal.isEmpty()
                ? Map.of()
                : Map.of(
                        GIVEN_NAME, given.get(),
                        FAMILY_NAME, family.get(),
                        REGION, country.get(),
                        POSTAL_CODE, postal.get());
    }
}
