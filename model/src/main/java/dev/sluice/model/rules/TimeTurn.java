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
 * When a test of one point in time may next change its answer, because now goes on: the other half of {@link PassingTime}.
 * Answers the first such moment after now; empty if there is none. Immutable.
 *
 * @param instant the point, if it is an instant
 * @param date the point, if it is a date
 */
record TimeTurn(Optional<Instant> instant, Optional<LocalDate> date, Instant now)
        implements TimeTest.Cases<Optional<Instant>> {
    private static final Optional<Instant> NEVER = Optional.empty();

    /** Of a value as a rule meets it; no change if it is no point in time. */
    static Optional<Instant> of(TimeTest test, String text, Instant now) {
        return test.matchTime(new TimeTurn(Times.instant(text), Times.date(text), now));
    }

    @Override
    public Optional<Instant> comparesInstant(TimeTest.ComparesInstant compares) {
        return NEVER;
    }

    @Override
    public Optional<Instant> comparesDate(TimeTest.ComparesDate compares) {
        return NEVER;
    }

    @Override
    public Optional<Instant> relative(TimeTest.Relative relative) {
        if (instant.isPresent()) {
            Instant at = instant.get();
            return switch (relative.direction()) {
                case WITHIN_LAST -> next(at, at.plus(relative.by()));
                case WITHIN_NEXT -> next(after(at.minus(relative.by())), after(at));
                case LONGER_AGO -> next(at.plus(relative.by()));
                case FURTHER_AHEAD -> next(after(at.minus(relative.by())));
            };
        }
        if (date.isEmpty()) {
            return NEVER;
        }
        LocalDate day = date.get();
        long days = relative.by().toDays();
        return switch (relative.direction()) {
            case WITHIN_LAST -> nextDay(relative.zone(), day, day.plusDays(days));
            case WITHIN_NEXT -> nextDay(relative.zone(), day.minusDays(days - 1), day.plusDays(1));
            case LONGER_AGO -> nextDay(relative.zone(), day.plusDays(days));
            case FURTHER_AHEAD -> nextDay(relative.zone(), day.minusDays(days - 1));
        };
    }

    @Override
    public Optional<Instant> anniversaryWithinNext(TimeTest.AnniversaryWithinNext anniversary) {
        return anniversaries(anniversary.zone())
                .flatMap(day -> Stream.of(day.minusDays(anniversary.days() - 1), day.plusDays(1)))
                .flatMap(day -> nextDay(anniversary.zone(), day).stream())
                .min(Instant::compareTo);
    }

    @Override
    public Optional<Instant> anniversaryThis(TimeTest.AnniversaryThis anniversary) {
        return anniversaries(anniversary.zone())
                .flatMap(day -> switch (anniversary.span()) {
                    case WEEK -> {
                        LocalDate monday = day.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
                        yield Stream.of(monday, monday.plusDays(7));
                    }
                    case MONTH -> {
                        LocalDate first = day.withDayOfMonth(1);
                        yield Stream.of(first, first.plusMonths(1));
                    }
                })
                .flatMap(day -> nextDay(anniversary.zone(), day).stream())
                .min(Instant::compareTo);
    }

    /** Of the year before now's, which may still lie in the week of New Year, to two years ahead. */
    private Stream<LocalDate> anniversaries(ZoneId zone) {
        int year = Year.from(now.atZone(zone)).getValue();
        return date.or(() -> instant.map(at -> Times.day(at, zone))).map(MonthDay::from).stream()
                .flatMap(kept -> Stream.of(year - 1, year, year + 1, year + 2).map(kept::atYear));
    }

    private Optional<Instant> nextDay(ZoneId zone, LocalDate... days) {
        return Stream.of(days)
                .map(day -> day.atStartOfDay(zone).toInstant())
                .filter(now::isBefore)
                .min(Instant::compareTo);
    }

    private Optional<Instant> next(Instant... moments) {
        return Stream.of(moments).filter(now::isBefore).min(Instant::compareTo);
    }

    /** Times are told to the millisecond. */
    private static Instant after(Instant moment) {
        return moment.plusMillis(1);
    }
}
