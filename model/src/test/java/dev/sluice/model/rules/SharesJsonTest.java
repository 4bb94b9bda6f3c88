package dev.sluice.model.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Promises: a bundle without it shares nothing; what is wrong is refused with its place; consents go with all else. */
class SharesJsonTest {
    @Test
    void aBundleWithoutItSharesNothing() {
        assertThat(read("").share()).isEqualTo(Shares.NOTHING);
        assertThat(read(",\"share\":{}").share()).isEqualTo(Shares.NOTHING);
        assertThat(read(",\"share\":{\"traits\":[]}").share().sharedTraits()).isEmpty();
    }

    @Test
    void consentsAreSharedWithWhateverElseIs() {
        assertThat(read(",\"share\":{\"traits\":[\"email\"]}").share().sharedTraits())
                .containsExactly("consents", "email");
        assertThat(read(",\"share\":{\"properties\":[\"product\"]}").share().sharedTraits())
                .containsExactly("consents");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "[] | share: must be an object",
                "null | share: must be an object",
                "{\"trait\":[]} | 'share: unknown key \"trait\"; expected one of [properties, traits]'",
                "{\"traits\":null} | share: traits must not be null",
                "{\"traits\":\"email\"} | share.traits: must be an array",
                "{\"traits\":[\"a\",1]} | share.traits[1]: must be a text",
                "{\"properties\":[\"\"]} | 'share.properties[0]: it must be a name of 1 to 128 characters, has 0'",
                "{\"properties\":[\"a\",\"a\"]} | share.properties[1]: a is named twice"
            })
    void whatIsWrongIsRefusedWithItsPlace(String share, String message) {
        assertThatThrownBy(() -> read(",\"share\":" + share))
                .isInstanceOf(InvalidRuleException.class)
                .hasMessage(message);
    }

    @Test
    void thereAreAtMostFiftyNames() {
        List<String> names = java.util.stream.IntStream.range(0, 51)
                .mapToObj(Integer::toString)
                .toList();

        assertThat(new Shares(names.subList(0, 50), List.of()).traits()).hasSize(50);
        assertThatThrownBy(() -> new Shares(names, List.of())).hasMessage("share.traits: may hold 50 names, holds 51");
    }

    private static RuleSet read(String share) {
        return RuleSetJson.read(("{\"v\":1,\"account\":\"demo\",\"number\":1,\"segments\":[]" + share + "}")
                .getBytes(StandardCharsets.UTF_8));
    }
}
