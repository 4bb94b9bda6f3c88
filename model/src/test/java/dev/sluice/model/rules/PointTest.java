package dev.sluice.model.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.model.Value;
import java.math.BigDecimal;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Promises: distances agree with published ones on the WGS 84 ellipsoid within 0.6 %; a person lives at coordinates that
 * are on the Earth, else at a known postal code, else nowhere.
 */
class PointTest {
    /**
     * Published: T. Vincenty's test line from Flinders Peak to Buninyong (Geoscience Australia); the quadrant of a
     * meridian, 10,001,965.729 m; degrees of latitude and longitude of WGS 84 at the equator and of latitude at the
     * pole.
     */
    @ParameterizedTest
    @CsvSource({
        "-37.951033, 144.424868, -37.652821, 143.926496, 54972.271",
        "0, 0, 90, 0, 10001965.729",
        "-90, 0, 90, 0, 20003931.458",
        "0, 10, 0, 11, 111319.491",
        "0, 179.5, 0, -179.5, 111319.491",
        "0, 10, 1, 10, 110574.389",
        "89, 10, 90, 10, 111693.865"
    })
    void distancesAreThoseThatArePublished(
            BigDecimal latitude, BigDecimal longitude, BigDecimal toLatitude, BigDecimal toLongitude, double meters) {
        long chord = Point.at(latitude, longitude)
                .orElseThrow()
                .chordSquaredTo(Point.at(toLatitude, toLongitude).orElseThrow());

        assertThat(chord)
                .isBetween(
                        Point.chordSquared(BigDecimal.valueOf(meters * 0.994)),
                        Point.chordSquared(BigDecimal.valueOf(meters * 1.006)));
    }

    @Test
    void thePolesAndTheDateLineAreOnePlaceEach() {
        assertThat(at("90", "10")).isEqualTo(at("90", "-130"));
        assertThat(at("12.5", "180")
                        .orElseThrow()
                        .chordSquaredTo(at("12.5", "-180").orElseThrow()))
                .isLessThanOrEqualTo(4);
    }

    @Test
    void beyondTheEdgeOfTheMapIsNoPlace() {
        assertThat(at("90.000000001", "0")).isEmpty();
        assertThat(at("0", "-180.000000001")).isEmpty();
    }

    @Test
    void aPersonLivesAtCoordinatesElseAtAPostalCodeElseNowhere() {
        Value code = Value.of("02139");
        Optional<Point> cambridge = PostalCodes.find("02139");

        assertThat(cambridge).isPresent();
        assertThat(home(Map.of("latitude", Value.of(1), "longitude", Value.of(2), "postalCode", code)))
                .isEqualTo(at("1", "2"));
        assertThat(home(Map.of("latitude", Value.of(91), "longitude", Value.of(2), "postalCode", code)))
                .isEqualTo(cambridge);
        assertThat(home(Map.of("latitude", Value.of("1"), "longitude", Value.of(2), "postalCode", code)))
                .isEqualTo(cambridge);
        assertThat(home(Map.of("longitude", Value.of(2), "postalCode", code))).isEqualTo(cambridge);
        assertThat(home(Map.of("postalCode", Value.of(2139)))).isEmpty();
        assertThat(home(Map.of())).isEmpty();
    }

    @Test
    void postalCodesAreWhereTheyAre() {
        Point cambridge = PostalCodes.find("02139").orElseThrow();
        Point chelsea = PostalCodes.find("10001").orElseThrow();

        // City halls of Cambridge and New York to each other are about 300 km.
        assertThat(cambridge.chordSquaredTo(chelsea))
                .isBetween(
                        Point.chordSquared(BigDecimal.valueOf(290_000)),
                        Point.chordSquared(BigDecimal.valueOf(315_000)));
        assertThat(PostalCodes.find("2139")).isEmpty();
        assertThat(PostalCodes.find("02139-4307")).isEmpty();
        assertThat(PostalCodes.find("0２139")).isEmpty();
        assertThat(PostalCodes.find("00000")).isEmpty();
    }

    private static Optional<Point> home(Map<String, Value> traits) {
        return Point.of(new Value.Fields(traits));
    }

    private static Optional<Point> at(String latitude, String longitude) {
        return Point.at(new BigDecimal(latitude), new BigDecimal(longitude));
    }
}
