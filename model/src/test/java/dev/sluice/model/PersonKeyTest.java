package dev.sluice.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Promises: two people never share a key, whatever their ids hold; what cannot be a key is refused. */
class PersonKeyTest {
    @Test
    void anIdMayHoldSlashesBracesAndOtherScripts() {
        var key = PersonKey.ofUser("demo", "a/b{c}玩家");
        assertThat(PersonKey.parse(key.qualified())).isEqualTo(key);
    }

    @Test
    void anonymousAndKnownPeopleOfOneIdAreTwo() {
        assertThat(PersonKey.ofAnonymous("demo", "x")).isNotEqualTo(PersonKey.ofUser("demo", "x"));
        assertThatThrownBy(() -> PersonKey.ofUser("demo", "anonymous:x")).isInstanceOf(MalformedException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Demo", "-demo", "de/mo", "d0123456789012345678901234567890123"})
    void anAccountKeepsToItsForm(String account) {
        assertThatThrownBy(() -> new PersonKey(account, "u")).isInstanceOf(MalformedException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a\nb", "a\0", "\ud800"})
    void aPersonKeepsToItsForm(String person) {
        assertThatThrownBy(() -> new PersonKey("demo", person)).isInstanceOf(MalformedException.class);
    }

    @Test
    void charactersAreTakenAndRefusedAsTheirKindsSay() {
        for (int character = 0; character <= 0x1_1000; character++) {
            int kind = Character.getType(character);
            boolean taken = kind != Character.CONTROL && kind != Character.SURROGATE;
            assertThat(isKey("demo", "a" + Character.toString(character)))
                    .as("%x", character)
                    .isEqualTo(taken);
        }
        assertThat(isKey("demo", "\udc00\ud800")).isFalse();
        assertThat(isKey("demo", "\ud83d\ude00\ud83d")).isFalse();
    }

    @Test
    void anAccountIsWhatTheStatedPatternMatches() {
        Pattern stated = Pattern.compile("[a-z0-9][a-z0-9-]{0,31}");
        for (char c = 0; c < 0x180; c++) {
            for (String account : List.of("" + c, "a" + c, c + "a", "a".repeat(31) + c, "a".repeat(32) + c)) {
                assertThat(isKey(account, "u"))
                        .as(account)
                        .isEqualTo(stated.matcher(account).matches());
            }
        }
    }

    private static boolean isKey(String account, String person) {
        try {
            return new PersonKey(account, person).account().equals(account);
        } catch (MalformedException e) {
            return false;
        }
    }

    @Test
    void anIdOfTwoHundredFiftySixCharactersIsTheLongest() {
        assertThat(new PersonKey("demo", "x".repeat(256)).person()).hasSize(256);
        assertThatThrownBy(() -> new PersonKey("demo", "x".repeat(257))).hasMessageContaining("has 257");
    }
}
