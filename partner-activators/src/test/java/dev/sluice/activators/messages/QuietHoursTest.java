package dev.sluice.activators.messages;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Promises: quiet is judged by the clock on the person's wall; it lasts over midnight; a clock that jumps forward ends or
 * begins it at the jump; an hour that comes twice is quiet both times.
 */
class QuietHoursTest {
    @ParameterizedTest(name = "{0} to {1} in {2} at {3}: {4}")
    @CsvSource(
            nullValues = "-",
            value = {
                // Over midnight, at every edge.
                "22:00, 08:00, Europe/Berlin, 2026-06-10T19:59:59Z, -",
                "22:00, 08:00, Europe/Berlin, 2026-06-10T20:00:00Z, 2026-06-11T06:00:00Z",
                "22:00, 08:00, Europe/Berlin, 2026-06-11T05:59:59Z, 2026-06-11T06:00:00Z",
                "22:00, 08:00, Europe/Berlin, 2026-06-11T06:00:00Z, -",
                // The same moment in two zones.
                "22:00, 08:00, America/Los_Angeles, 2026-06-11T06:00:00Z, 2026-06-11T15:00:00Z",
                "22:00, 08:00, Asia/Kathmandu, 2026-06-11T06:00:00Z, -",
                // Within a day.
                "12:00, 14:00, UTC, 2026-06-10T13:00:00Z, 2026-06-10T14:00:00Z",
                "12:00, 14:00, UTC, 2026-06-10T14:00:00Z, -",
                // The clock jumps from 02:00 to 03:00 on 29 March 2026 in Berlin, at 01:00Z.
                "22:00, 08:00, Europe/Berlin, 2026-03-28T22:00:00Z, 2026-03-29T06:00:00Z",
                "22:00, 02:30, Europe/Berlin, 2026-03-29T00:30:00Z, 2026-03-29T01:00:00Z",
                "22:00, 02:30, Europe/Berlin, 2026-03-29T01:00:00Z, -",
                "02:30, 06:00, Europe/Berlin, 2026-03-29T00:59:59Z, -",
                "02:30, 06:00, Europe/Berlin, 2026-03-29T01:00:00Z, 2026-03-29T04:00:00Z",
                // The hour from 02:00 to 03:00 comes twice on 25 October 2026: at 00:00Z and at 01:00Z.
                "22:00, 02:30, Europe/Berlin, 2026-10-25T00:15:00Z, 2026-10-25T01:30:00Z",
                "22:00, 02:30, Europe/Berlin, 2026-10-25T00:45:00Z, 2026-10-25T01:30:00Z",
                "22:00, 02:30, Europe/Berlin, 2026-10-25T01:30:00Z, -",
                "02:30, 06:00, Europe/Berlin, 2026-10-25T00:29:59Z, -",
                "02:30, 06:00, Europe/Berlin, 2026-10-25T00:30:00Z, 2026-10-25T05:00:00Z",
                // A whole day was left out in Samoa: 30 December 2011 never was; it began at 10:00Z.
                "22:00, 08:00, Pacific/Apia, 2011-12-30T09:59:59Z, 2011-12-30T10:00:00Z",
                "22:00, 08:00, Pacific/Apia, 2011-12-30T10:00:00Z, 2011-12-30T18:00:00Z",
            })
    void endsWhenTheClockOnTheWallSays(String from, String to, String zone, String now, String end) {
        var hours = new QuietHours(LocalTime.parse(from), LocalTime.parse(to));

        assertThat(hours.end(Instant.parse(now), ZoneId.of(zone)))
                .isEqualTo(Optional.ofNullable(end).map(Instant::parse));
    }

    @Test
    void inNoZoneIsItQuietStillWhenItsEndHasCome() {
        var hours = new QuietHours(LocalTime.of(22, 0), LocalTime.of(8, 0));
        Instant now = Instant.parse("2026-03-01T00:17:00Z");
        for (String zone : ZoneId.getAvailableZoneIds()) {
            for (int step = 0; step < 20; step++) {
                Instant moment = now.plus(Duration.ofHours(431L * step));
                ZoneId id = ZoneId.of(zone);
                Optional<Instant> end = hours.end(moment, id);
                assertThat(end.flatMap(then -> hours.end(then, id)))
                        .as("%s %s", zone, moment)
                        .isEmpty();
                assertThat(end.map(then -> Duration.between(moment, then).toHours() <= 12)
                                .orElse(true))
                        .isTrue();
            }
        }
    }
}
