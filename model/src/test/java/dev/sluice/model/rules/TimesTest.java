package dev.sluice.model.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Promises: a text is an instant, a date, or neither, never both, whatever it looks like. */
class TimesTest {
    @ParameterizedTest
    @CsvSource({
        "2026-11-21T10:00:00Z, 2026-11-21T10:00:00Z",
        "2026-11-21T10:00Z, 2026-11-21T10:00:00Z",
        "2026-11-21T10:00:00.5+01:00, 2026-11-21T09:00:00.500Z",
        "2026-11-21T10:00:00.123999999Z, 2026-11-21T10:00:00.123Z",
        "2026-11-21T00:15:00+05:45, 2026-11-20T18:30:00Z",
        "2028-02-29T23:59:59-18:00, 2028-03-01T17:59:59Z",
        "0001-01-01T00:00:00Z, 0001-01-01T00:00:00Z",
        "9999-12-31T23:59:59.999999999Z, 9999-12-31T23:59:59.999Z"
    })
    void aDateAndTimeWithAnOffsetIsAnInstant(String text, Instant instant) {
        assertThat(Times.instant(text)).contains(instant);
        assertThat(Times.date(text)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"0001-01-01", "2026-11-21", "2028-02-29", "9999-12-31"})
    void tenCharactersAreADate(String text) {
        assertThat(Times.date(text)).contains(LocalDate.parse(text));
        assertThat(Times.instant(text)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "2026",
                "2026-02-29",
                "2026-02-30",
                "2026-13-01",
                "0000-01-01",
                "20261121",
                "2026-W47-6",
                " 2026-11-21",
                "2026-11-21Z",
                "2026-11-21T10:00:00",
                "2026-11-21 10:00:00Z",
                "2026-11-21T25:00:00Z",
                "2026-11-21T24:00:00Z",
                "2026-06-30T23:59:60Z",
                "2026-02-29T10:00:00Z",
                "2026-11-21T10:00:00+19:00",
                "2026-11-21T10:00:00.1234567891Z",
                "2026-11-21t10:00:00z",
                "2026-11-21T10:00:00Z[Europe/Paris]",
                "+10000-01-01T00:00:00Z",
                "0001-01-01T00:00:00+00:01",
                "9999-12-31T23:59:59-00:01",
                "२०२६-11-21"
            })
    void anythingElseIsNeither(String text) {
        assertThat(Times.instant(text)).isEmpty();
        assertThat(Times.date(text)).isEmpty();
    }

    @Test
    void aDayIsThatOfTheZone() {
        Instant instant = Instant.parse("2026-11-21T18:15:00Z");
        assertThat(Times.day(instant, ZoneId.of("Asia/Kathmandu"))).isEqualTo(LocalDate.of(2026, 11, 22));
        assertThat(Times.day(instant.minusMillis(1), ZoneId.of("Asia/Kathmandu")))
                .isEqualTo(LocalDate.of(2026, 11, 21));
    }

    @ParameterizedTest
    @CsvSource({
        "STRASSE, straße",
        "\u00c9, e\u0301",
        "\u212a, K",
        "\u03a3\u03c2, \u03c3\u03c3",
        "\ufb01x, FIX",
        "\u0130, i\u0307"
    })
    void textsThatDifferInCaseAndCompositionOnlyFoldToOne(String one, String other) {
        assertThat(CaseFold.fold(one)).isEqualTo(CaseFold.fold(other));
        assertThat(CaseFold.fold(CaseFold.fold(one))).isEqualTo(CaseFold.fold(one));
    }

    @ParameterizedTest
    @CsvSource({"I, \u0130", "e, \u00e9", "a, \u0430", "o, 0"})
    void textsThatOnlyLookAlikeDoNot(String one, String other) {
        assertThat(CaseFold.fold(one)).isNotEqualTo(CaseFold.fold(other));
    }
}
