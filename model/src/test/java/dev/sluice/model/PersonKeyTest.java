package dev.sluice.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
    void anIdOfTwoHundredFiftySixCharactersIsTheLongest() {
        assertThat(new PersonKey("demo", "x".repeat(256)).person()).hasSize(256);
        assertThatThrownBy(() -> new PersonKey("demo", "x".repeat(257))).hasMessageContaining("has 257");
    }
}
