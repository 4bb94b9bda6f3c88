package dev.sluice.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Promises: numbers are decimal; anything but one well-formed JSON text within the limits is refused with a message that
 * repeats nothing of it.
 */
class JsonTextTest {
    @Test
    void numbersAreDecimalAndEqualByValue() {
        assertThat(read("0.1")).isEqualTo(new Value.Decimal(new BigDecimal("0.1")));
        assertThat(read("1.00")).isEqualTo(read("1"));
        assertThat(read("1e2")).isEqualTo(Value.of(100));
        assertThat(read("-0")).isEqualTo(Value.of(0));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "{\"a\":1,\"a\":2}",
                "{\"a\":1} x",
                "[1,]",
                "NaN",
                "'a'",
                "{\"secret\":01}",
                "1e99999",
                "\"\t\"",
                "123456789012345678901234567890123456789"
            })
    void whatIsNotStrictJsonIsRefused(String text) {
        assertThatThrownBy(() -> read(text))
                .isInstanceOf(MalformedException.class)
                .hasMessageNotContaining("secret");
    }

    @Test
    void deepNestingIsRefused() {
        String deep = "[".repeat(JsonText.MAX_DEPTH + 1) + "]".repeat(JsonText.MAX_DEPTH + 1);
        assertThatThrownBy(() -> read(deep)).hasMessageContaining("nested deeper than 32");
    }

    @Test
    void badUtf8IsRefused() {
        byte[] bad = {'"', (byte) 0xc3, '"'};
        assertThatThrownBy(() -> JsonText.read(bad)).isInstanceOf(MalformedException.class);
    }

    @Test
    void anInstantMayHaveAnyOffsetAndIsKeptToTheMillisecond() {
        assertThat(JsonText.instant("t", "2026-11-21T08:40:10.1239+02:00"))
                .isEqualTo(Instant.parse("2026-11-21T06:40:10.123Z"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"2026-11-21", "2026-11-21T08:40:10", "yesterday", "2026-02-30T00:00:00Z", ""})
    void anInstantWithoutOffsetOrDateIsRefusedByItsName(String text) {
        assertThatThrownBy(() -> JsonText.instant("sentAt", text))
                .isInstanceOf(MalformedException.class)
                .hasMessageStartingWith("sentAt");
    }

    private static Value read(String text) {
        return JsonText.read(text.getBytes(StandardCharsets.UTF_8));
    }
}
