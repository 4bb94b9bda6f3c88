package dev.sluice.activators.messages;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.zone.ZoneOffsetTransition;
import java.util.Optional;

/**
 * The part of a person's day in which no message is sent, by the clock on the person's wall. Where that clock jumps forward
 * over the beginning or the end, the jump is it; where an hour comes twice, quiet begins at the first and ends at the second:
 * nobody is woken because the clock was put back. Immutable.
 *
 * @param from first minute of it
 * @param to first minute after it; earlier than {@code from} if it lasts over midnight
 */
record QuietHours(LocalTime from, LocalTime to) {
    QuietHours {
        if (from.equals(to)) {
            throw new IllegalArgumentException("from and to must differ");
        }
    }

    /** When the quiet hours end in which the person is now; empty if it is not quiet. */
    Optional<Instant> end(Instant now, ZoneId zone) {
        LocalDate today = now.atZone(zone).toLocalDate();
        // One that began yesterday may last; in no zone does a clock jump by more than a day.
        for (LocalDate day = today.minusDays(2); !day.isAfter(today); day = day.plusDays(1)) {
            Instant begin = instant(day, from, zone, false);
            Instant end = instant(to.isAfter(from) ? day : day.plusDays(1), to, zone, true);
            if (!now.isBefore(begin) && now.isBefore(end)) {
                return Optional.of(end);
            }
        }
        return Optional.empty();
    }

    private static Instant instant(LocalDate day, LocalTime time, ZoneId zone, boolean later) {
        ZoneOffsetTransition jump = zone.getRules().getTransition(day.atTime(time));
        if (jump != null && jump.isGap()) {
            return jump.getInstant();
        }
        ZonedDateTime moment = day.atTime(time).atZone(zone);
        return (later ? moment.withLaterOffsetAtOverlap() : moment.withEarlierOffsetAtOverlap()).toInstant();
    }
}
