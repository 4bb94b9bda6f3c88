package dev.sluice.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Promises: what is read is what the JDK's formatter reads, whatever is wrong with a text; other forms are left to it. */
class UtcInstantTest {
    @Test
    void everyInstantThatIsWrittenIsReadBack() {
        var random = new SplittableRandom(4);
        for (int i = 0; i < 10_000; i++) {
            long millis = random.nextLong(
                    Instant.parse("0001-01-01T00:00:00Z").toEpochMilli(),
                    Instant.parse("9999-12-31T23:59:59.999Z").toEpochMilli());
            Instant instant = Instant.ofEpochMilli(i % 3 == 0 ? millis - Math.floorMod(millis, 1_000) : millis);
            assertThat(UtcInstant.read(instant.toString())).contains(instant);
        }
    }

    @Test
    void aTextWithOneCharacterChangedIsReadAsTheFormatterReadsItOrLeftToIt() {
        String characters = "0123456789-:.TZtz+ /;\u0661";
        for (String text : new String[] {"2026-02-28T23:59:59.999Z", "2024-02-29T00:00:00Z"}) {
            for (int at = 0; at < text.length(); at++) {
                for (char other : characters.toCharArray()) {
                    String changed = text.substring(0, at) + other + text.substring(at + 1);
                    Optional<Instant> read = read(changed);
                    assertThat(read.isEmpty() || read.equals(byFormatter(changed)))
                            .as(changed)
                            .isTrue();
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "Z",
                "2026-11-21T08:40:10+01:00",
                "2026-11-21T08:40Z",
                "2026-11-21T08:40:10.1Z",
                "2026-11-21T08:40:10.123456Z",
                "+12026-11-21T08:40:10Z",
                "2026-11-21T24:00:00Z"
            })
    void otherFormsAreLeftToTheFormatter(String text) {
        assertThat(UtcInstant.read(text)).isEmpty();
    }

    private static Optional<Instant> read(String text) {
        try {
            return UtcInstant.read(text);
        } catch (DateTimeException noSuchDay) {
            assertThat(byFormatter(text)).isEmpty();
            return Optional.empty();
        }
    }

    private static Optional<Instant> byFormatter(String text) {
        try {
            return Optional.of(DateTimeFormatter.ISO_OFFSET_DATE_TIME
                    .parse(text, OffsetDateTime::from)
                    .toInstant());
        } catch (DateTimeException malformed) {
            return Optional.empty();
        }
    }
}
