package dev.sluice.model.rules;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.MonthDay;
import java.time.Year;
import java.time.ZoneId;
import java.time.temporal.TemporalAdjusters;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Whether a point in time passes a test, for {@link RuleEvaluator}. Immutable.
 *
 * @param instant the point, if it is an instant
 * @param date the point, if it is a date
 */
record PassingTime(Optional<Instant> instant, Optional<LocalDate> date, Instant now)
        implements TimeTest.Cases<Boolean> {
    @Override
    public Boolean comparesInstant(TimeTest.ComparesInstant compares) {
        return instant.isPresent() && isOn(compares.side(), instant.get().compareTo(compares.than()));
    }

    @Override
    public Boolean comparesDate(TimeTest.ComparesDate compares) {
        return date.isPresent() && isOn(compares.side(), date.get().compareTo(compares.than()));
    }

    @Override
    public Boolean relative(TimeTest.Relative relative) {
        if (instant.isPresent()) {
            Instant at = instant.get();
            return switch (relative.direction()) {
                case WITHIN_LAST -> at.isAfter(now.minus(relative.by())) && !at.isAfter(now);
                case WITHIN_NEXT -> !at.isBefore(now) && at.isBefore(now.plus(relative.by()));
                case LONGER_AGO -> !at.isAfter(now.minus(relative.by()));
                case FURTHER_AHEAD -> !at.isBefore(now.plus(relative.by()));
            };
        }
        if (date.isPresent()) {
            LocalDate day = date.get();
            LocalDate today = Times.day(now, relative.zone());
            long days = relative.by().toDays();
            return switch (relative.direction()) {
                case WITHIN_LAST -> day.isAfter(today.minusDays(days)) && !day.isAfter(today);
                case WITHIN_NEXT -> !day.isBefore(today) && day.isBefore(today.plusDays(days));
                case LONGER_AGO -> !day.isAfter(today.minusDays(days));
                case FURTHER_AHEAD -> !day.isBefore(today.plusDays(days));
            };
        }
        return false;
    }

    @Override
    public Boolean anniversaryWithinNext(TimeTest.AnniversaryWithinNext anniversary) {
        LocalDate today = Times.day(now, anniversary.zone());
        return hasAnniversary(anniversary.zone(), today, anniversary.days());
    }

    @Override
    public Boolean anniversaryThis(TimeTest.AnniversaryThis anniversary) {
        LocalDate today = Times.day(now, anniversary.zone());
        return switch (anniversary.span()) {
            case WEEK ->
                hasAnniversary(anniversary.zone(), today.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY)), 7);
            case MONTH -> hasAnniversary(anniversary.zone(), today.withDayOfMonth(1), today.lengthOfMonth());
        };
    }

    /** Whether the anniversary falls on one of so many days. */
    private boolean hasAnniversary(ZoneId zone, LocalDate from, int days) {
        Optional<LocalDate> day = date.or(() -> instant.map(at -> Times.day(at, zone)));
        return day.map(MonthDay::from)
                .filter(kept -> Stream.iterate(from, next -> next.plusDays(1))
                        .limit(days)
                        .anyMatch(
                                each -> kept.atYear(Year.from(each).getValue()).equals(each)))
                .isPresent();
    }

    private static boolean isOn(TimeTest.Side side, int order) {
        return switch (side) {
            case BEFORE -> order < 0;
            case ON_OR_AFTER -> order >= 0;
        };
    }
}
