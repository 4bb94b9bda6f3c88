package dev.sluice.activators.identity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.model.Value;
import dev.sluice.model.profile.Shared;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Promises: the same person written in different ways gets one form; what is no address, number or name gets none; nothing is
 * hashed twice.
 */
final class NormalFormsTest {
    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            ignoreLeadingAndTrailingWhitespace = false,
            quoteCharacter = '\'',
            value = {
                // as written, without blanks around it in lower case, as Google wants it
                "Dana@Example.com,dana@example.com,dana@example.com",
                "  dana@example.com\t,dana@example.com,dana@example.com",
                "\u00a0dana@example.com\u2003,dana@example.com,dana@example.com",
                "\ufeffdana@example.com\u200b,dana@example.com,dana@example.com",
                "da na@example.com,-,dana@example.com",
                "user.name+NYC@Example.com,user.name+nyc@example.com,user.name+nyc@example.com",
                "Cloudy.SanFrancisco+shopping@Gmail.com,cloudy.sanfrancisco+shopping@gmail.com,cloudysanfrancisco@gmail.com",
                "a.b.c@googlemail.com,a.b.c@googlemail.com,abc@googlemail.com",
                "+x@gmail.com,+x@gmail.com,-",
                "...@gmail.com,...@gmail.com,-",
                "a.b@gmail.com.example.org,a.b@gmail.com.example.org,a.b@gmail.com.example.org",
                "MÜLLER@BÜCHER.example,müller@bücher.example,müller@bücher.example",
                "ΣΑΣ@example.gr,σας@example.gr,σας@example.gr",
                "dana@example,-,-",
                "dana@@example.com,-,-",
                "@example.com,-,-",
                "dana,-,-",
                "'',-,-",
            })
    void anEmailAddress(String text, String lowered, String googled) {
        assertThat(Emails.lowered(text)).isEqualTo(Optional.ofNullable(lowered));
        assertThat(Emails.googled(text)).isEqualTo(Optional.ofNullable(googled));
    }

    @Test
    void anAddressOfAThousandCharactersIsNone() {
        assertThat(Emails.lowered("a".repeat(1000) + "@example.com")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            quoteCharacter = '\'',
            value = {
                "'+1 (650) 253-0000',-,+16502530000",
                "'(650) 253-0000',US,+16502530000",
                "650.253.0000,us,+16502530000",
                "001 650 253 0000,DE,+16502530000",
                "'0151 12345678',DE,+4915112345678",
                "'+49 (0)151 12345678',-,+4915112345678",
                "'+49 151 12345678 ext. 9',-,+4915112345678",
                "+٤٩١٥١١٢٣٤٥٦٧٨,-,+4915112345678",
                "'+39 06 6982',-,+39066982",
                "'0151 12345678',-,-",
                "16502530000,-,-",
                "+1,-,-",
                "'+999 1234567',-,-",
                "call me,US,-",
                "0,US,-",
                "'',US,-",
                "'+1 650 253 0000',XX,+16502530000",
            })
    void aTelephoneNumber(String text, String country, String number) {
        assertThat(Phones.e164(text, Optional.ofNullable(country))).isEqualTo(Optional.ofNullable(number));
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            quoteCharacter = '\'',
            value = {
                "'  Mary  Ann ',mary ann",
                "O’Neill-Smith,oneillsmith",
                "'St. John',st john",
                "Zoe\u0308,zoë",
                "Zoë,zoë",
                "ÅSA,åsa",
                "李,李",
                "'...',-",
                "'',-",
            })
    void aPersonsName(String text, String name) {
        assertThat(Names.person(text)).isEqualTo(Optional.ofNullable(name));
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            quoteCharacter = '\'',
            value = {"New York,newyork", "'St. Gallen (SG)',stgallensg", "São Paulo,sãopaulo", "'- ',-"})
    void aPlace(String text, String name) {
        assertThat(Names.place(text)).isEqualTo(Optional.ofNullable(name));
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {"94043-1234,US,94043", "940431234,US,94043", "SW1A 1AA,GB,sw1a1aa", "94043-1234,-,94043-1234"})
    void aPostalCode(String text, String country, String code) {
        assertThat(Names.postalCode(text, Optional.ofNullable(country))).isEqualTo(Optional.of(code));
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {"de,DE", "' us ',US", "Germany,-", "XX,-", "UK,-"},
            quoteCharacter = '\'')
    void aCountry(String text, String code) {
        assertThat(Names.country(text)).isEqualTo(Optional.ofNullable(code));
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            quoteCharacter = '\'',
            value = {
                "AEBE52E7-03EE-455A-B3C4-E57283966239,aebe52e7-03ee-455a-b3c4-e57283966239",
                "' aebe52e7-03ee-455a-b3c4-e57283966239 ',aebe52e7-03ee-455a-b3c4-e57283966239",
                "00000000-0000-0000-0000-000000000000,-",
                "aebe52e703ee455ab3c4e57283966239,-",
                "'',-",
            })
    void anAdvertisingId(String text, String id) {
        assertThat(DeviceIds.normal(text)).isEqualTo(Optional.ofNullable(id));
    }

    @Test
    void aValueIsHashedOnceAndAHashIsNot() {
        String hash = "87f8fe36b6e98a0a4d5d1f3dd1e4a5f8a4cd8a0a41a7b4ae5a1b8ed1f9a1b0c1";
        String once = Hash.of(" Dana@Example.com", Emails::lowered).orElseThrow();
        assertThat(once).isEqualTo(Hash.sha256("dana@example.com")).matches("[0-9a-f]{64}");
        assertThat(Hash.of(once, Emails::lowered)).contains(once);
        assertThat(Hash.of(" " + hash.toUpperCase(Locale.ROOT) + " ", Emails::lowered))
                .contains(hash);
        assertThat(Hash.of("nobody", Emails::lowered)).isEmpty();
        assertThat(Hash.sha256("")).isEqualTo("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    }

    @Test
    void aTraitIsTextOrANumber() {
        var shared = new Shared(
                new Value.Fields(Map.of(
                        "phone", Value.of(4915112345678L),
                        "email", Value.of(" "),
                        "city", new Value.Many(List.of()),
                        "country", Value.of("de"))),
                Optional.empty());
        assertThat(Traits.text(shared, "phone")).contains("4915112345678");
        assertThat(Traits.text(shared, "email")).isEmpty();
        assertThat(Traits.text(shared, "city")).isEmpty();
        assertThat(Traits.text(shared, "gender")).isEmpty();
        assertThat(Traits.country(shared, Optional.of("FR"))).contains("DE");
        assertThat(Traits.country(Shared.NOTHING, Optional.of("FR"))).contains("FR");
    }
}
