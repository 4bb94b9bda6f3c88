package dev.sluice.activators.meta;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.activators.audience.Recipient;
import dev.sluice.activators.identity.Hash;
import dev.sluice.model.PersonKey;
import dev.sluice.model.Value;
import dev.sluice.model.activation.Connection;
import dev.sluice.model.activation.Consent;
import dev.sluice.model.profile.Shared;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Promises of what Meta is told of a person: every key is normalised and hashed but the two that Meta wants as they are; who has
 * no key is not told; settings that are wrong are refused.
 */
final class MetaKeysTest {
    private static final PersonKey PERSON = new PersonKey("demo", "user-1");

    private static final Map<String, Value> TRAITS = Map.of(
            "email", Value.of("Person1@Example.com"),
            "phone", Value.of("+1 650 253 0001"),
            "firstName", Value.of("Dana"),
            "lastName", Value.of("Miller-1"),
            "country", Value.of("US"),
            "postalCode", Value.of("94043"),
            "advertisingId", Value.of("aebe52e7-03ee-455a-b3c4-000000000001"));

    private static final MetaPartner META = new MetaPartner(
            (request, within) -> {
                throw new AssertionError("nobody is told");
            },
            (account, name) -> {
                throw new AssertionError("no secret is needed");
            },
            Clock.fixed(Instant.parse("2026-11-21T12:00:00Z"), ZoneOffset.UTC));

    @Test
    void aPersonWithoutAnyKeyIsNotTold() {
        assertThat(META.recipient(connection(), PERSON, Shared.NOTHING)).isEmpty();
        var onlyCountry = new Shared(new Value.Fields(Map.of("country", Value.of("US"))), Optional.empty());
        assertThat(META.recipient(connection(Map.of("keys", texts("EMAIL", "COUNTRY"))), PERSON, onlyCountry))
                .isEmpty();
    }

    @Test
    void everyKeyIsNormalisedAndHashedButTwo() {
        var traits = new LinkedHashMap<>(TRAITS);
        traits.put("gender", Value.of("Female"));
        traits.put("birthday", Value.of("1980-02-09T00:00:00Z"));
        traits.put("city", Value.of("Mountain View"));
        traits.put("region", Value.of("CA"));
        var all = connection(Map.of(
                "keys",
                texts(
                        "EXTERN_ID",
                        "EMAIL",
                        "PHONE",
                        "GEN",
                        "DOBY",
                        "DOBM",
                        "DOBD",
                        "LN",
                        "FN",
                        "CT",
                        "ST",
                        "ZIP",
                        "COUNTRY",
                        "MADID")));
        String recipient = META.recipient(all, PERSON, new Shared(new Value.Fields(traits), Optional.empty()))
                .orElseThrow();
        assertThat(Recipient.names(recipient))
                .containsEntry("EXTERN_ID", "user-1")
                .containsEntry("EMAIL", Hash.sha256("person1@example.com"))
                .containsEntry("PHONE", Hash.sha256("16502530001"))
                .containsEntry("GEN", Hash.sha256("f"))
                .containsEntry("DOBY", Hash.sha256("1980"))
                .containsEntry("DOBM", Hash.sha256("02"))
                .containsEntry("DOBD", Hash.sha256("09"))
                .containsEntry("LN", Hash.sha256("miller1"))
                .containsEntry("FN", Hash.sha256("dana"))
                .containsEntry("CT", Hash.sha256("mountainview"))
                .containsEntry("ST", Hash.sha256("ca"))
                .containsEntry("ZIP", Hash.sha256("94043"))
                .containsEntry("COUNTRY", Hash.sha256("us"))
                .containsEntry("MADID", "aebe52e7-03ee-455a-b3c4-000000000001")
                .hasSize(14);
    }

    @Test
    void anAudienceThatIsNoNumberIsRefused() {
        var good = connection();
        for (var audiences :
                List.of(Optional.<Map<String, String>>empty(), Optional.of(Map.of("gold", "../me/accounts?x=")))) {
            var bad = new Connection("test", "meta", audiences, good.consent(), good.secret(), false, good.settings());
            assertThat(META.problem(bad)).contains("every segment must name a Custom Audience by its number");
        }
    }

    @Test
    void settingsAreReadStrictly() {
        assertThat(META.problem(connection(Map.of("version", Value.of("25"))))).isPresent();
        assertThat(META.problem(connection(Map.of("keys", texts("LN"))))).isPresent();
        assertThat(META.problem(connection(Map.of("keys", texts("EMAIL", "EMAIL")))))
                .isPresent();
        assertThat(META.problem(connection(Map.of("defaultCountry", Value.of("ZZ")))))
                .isPresent();
        assertThat(META.problem(connection(Map.of("keys", texts("LN", "FN"))))).isEmpty();
    }

    private static Connection connection() {
        return connection(Map.of());
    }

    private static Connection connection(Map<String, Value> settings) {
        return new Connection(
                "test",
                "meta",
                Optional.of(Map.of("gold", "23851")),
                Consent.NONE,
                Optional.of("key"),
                false,
                new Value.Fields(settings));
    }

    private static Value texts(String... texts) {
        return new Value.Many(Stream.of(texts).<Value>map(Value::of).toList());
    }
}
