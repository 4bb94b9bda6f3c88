package dev.sluice.activators.meta;

import dev.sluice.activators.identity.DeviceIds;
import dev.sluice.activators.identity.Emails;
import dev.sluice.activators.identity.Hash;
import dev.sluice.activators.identity.Names;
import dev.sluice.activators.identity.Phones;
import dev.sluice.activators.identity.Traits;
import dev.sluice.model.Identifier;
import dev.sluice.model.PersonKey;
import dev.sluice.model.profile.Shared;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/**
 * The keys of a multi-key schema that Sluice can fill, in the order in which they are sent, each with Meta's rules for its
 * form ("Hashing and normalizing data"). {@link #EXTERN_ID} and {@link #MADID} are not hashed; all others are.
 */
enum MetaKey {
    EXTERN_ID,
    EMAIL,
    PHONE,
    GEN,
    DOBY,
    DOBM,
    DOBD,
    LN,
    FN,
    CT,
    ST,
    ZIP,
    COUNTRY,
    MADID;

    /** Whether this key alone can find a person. */
    boolean suffices() {
        return switch (this) {
            case EXTERN_ID, EMAIL, PHONE, MADID -> true;
            case GEN, DOBY, DOBM, DOBD, LN, FN, CT, ST, ZIP, COUNTRY -> false;
        };
    }

    /** What is sent of a person under this key. */
    Optional<String> of(PersonKey person, Shared shared, Optional<String> defaultCountry) {
        Optional<String> country = Traits.country(shared, defaultCountry);
        return switch (this) {
            case EXTERN_ID ->
                person.kind().equals(Identifier.USER) ? Optional.of(person.id()) : Optional.<String>empty();
            case EMAIL -> hashed(shared, "email", Emails::lowered);
            case PHONE ->
                hashed(shared, "phone", text -> Phones.e164(text, country).map(number -> number.substring(1)));
            case GEN -> hashed(shared, "gender", MetaKey::gender);
            case DOBY -> hashed(shared, "birthday", text -> birthday(text, "%1$tY"));
            case DOBM -> hashed(shared, "birthday", text -> birthday(text, "%1$tm"));
            case DOBD -> hashed(shared, "birthday", text -> birthday(text, "%1$td"));
            case LN -> hashed(shared, "lastName", Names::person);
            case FN -> hashed(shared, "firstName", Names::person);
            case CT -> hashed(shared, "city", Names::place);
            case ST -> hashed(shared, "region", Names::place);
            case ZIP -> hashed(shared, "postalCode", text -> Names.postalCode(text, country));
            case COUNTRY -> country.map(code -> Hash.sha256(code.toLowerCase(Locale.ROOT)));
            case MADID -> Traits.text(shared, "advertisingId").flatMap(DeviceIds::normal);
        };
    }

    private static Optional<String> hashed(Shared shared, String trait, Function<String, Optional<String>> normal) {
        return Traits.text(shared, trait).flatMap(text -> Hash.of(text, normal));
    }

    private static Optional<String> gender(String text) {
        return switch (text.strip().toLowerCase(Locale.ROOT)) {
            case "m", "male" -> Optional.of("m");
            case "f", "female" -> Optional.of("f");
            default -> Optional.empty();
        };
    }

    /** A part of an ISO 8601 date; a time after it does not count. */
    private static Optional<String> birthday(String text, String part) {
        String bare = text.strip();
        try {
            LocalDate date =
                    LocalDate.parse(bare.length() > 10 && bare.charAt(10) == 'T' ? bare.substring(0, 10) : bare);
            return Optional.of(String.format(Locale.ROOT, part, date));
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }
}
