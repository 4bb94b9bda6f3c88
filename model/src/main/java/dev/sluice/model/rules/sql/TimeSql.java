package dev.sluice.model.rules.sql;

import dev.sluice.model.rules.TimeTest;
import java.time.ZoneId;
import java.util.List;

/**
 * Tests of a point in time as SQL; NULL where there is none.
 *
 * @param instant the point in milliseconds, NULL if it is no instant
 * @param day the point as an epoch day, NULL if it is no date
 */
record TimeSql(Words words, ZoneSql zones, Fragment instant, Fragment day) implements TimeTest.Cases<Fragment> {
    private static final Fragment NOW = Fragment.of("moment");

    @Override
    public Fragment comparesInstant(TimeTest.ComparesInstant compares) {
        return compare(instant, compares.side(), words.whole(compares.than().toEpochMilli()));
    }

    @Override
    public Fragment comparesDate(TimeTest.ComparesDate compares) {
        return compare(day, compares.side(), words.whole(compares.than().toEpochDay()));
    }

    @Override
    public Fragment relative(TimeTest.Relative relative) {
        Fragment instants = relative(
                relative.direction(), instant, NOW, words.whole(relative.by().toMillis()));
        Fragment dates = relative(
                relative.direction(),
                day,
                Fragment.of("n"),
                words.whole(relative.by().toDays()));
        return Fragment.of("COALESCE(#, #)", instants, words.let("n", today(relative.zone()), dates));
    }

    @Override
    public Fragment anniversaryWithinNext(TimeTest.AnniversaryWithinNext anniversary) {
        return hasAnniversary(anniversary.zone(), today(anniversary.zone()), words.whole(anniversary.days()));
    }

    @Override
    public Fragment anniversaryThis(TimeTest.AnniversaryThis anniversary) {
        Fragment today = today(anniversary.zone());
        return switch (anniversary.span()) {
            case WEEK -> {
                // Day 0 was a Thursday; the days added are whole weeks.
                Fragment monday = words.let("n", today, Fragment.of("n - CAST(n + 7000003 AS INTEGER) % 7"));
                yield hasAnniversary(anniversary.zone(), monday, Fragment.of("7"));
            }
            // The 29th and the 28th of February are in one month.
            case MONTH -> Fragment.of("month(#) = month(#)", words.date(kept(anniversary.zone())), words.date(today));
        };
    }

    private Fragment today(ZoneId zone) {
        return zones.day(NOW, zone);
    }

    /** The day whose anniversary is kept. */
    private Fragment kept(ZoneId zone) {
        return Fragment.of("COALESCE(#, #)", day, zones.day(instant, zone));
    }

    /** Whether one of so many days, at most a year's, is the anniversary: in the first day's year or in the next. */
    private Fragment hasAnniversary(ZoneId zone, Fragment first, Fragment days) {
        Fragment isFebruary29 = Fragment.of("month(k) = 2 AND day(k) = 29");
        Fragment isLeapYear = Fragment.of("if(y % 100 = 0, y % 400 = 0, y % 4 = 0)");
        Fragment anniversary = Fragment.of(
                "# + day(k) - if(# AND NOT #, 2, 1)",
                words.firstOfMonth(Fragment.of("CAST(y AS INTEGER)"), Fragment.of("CAST(month(k) AS INTEGER)")),
                isFebruary29,
                isLeapYear);
        Fragment isInside = words.let("d", anniversary, Fragment.of("d >= f AND d < f + #", days))
                .orFalse();
        Fragment year = Fragment.of("year(#)", words.date(Fragment.of("f")));
        Fragment years = words.list(List.of(year, Fragment.of("# + 1", year)));
        Fragment found = words.exists(years, "y", isInside);
        return words.let("f", first, words.let("k", words.date(kept(zone)), found));
    }

    private static Fragment relative(TimeTest.Direction direction, Fragment point, Fragment now, Fragment by) {
        return switch (direction) {
            case WITHIN_LAST -> Fragment.of("# > # - # AND # <= #", point, now, by, point, now);
            case WITHIN_NEXT -> Fragment.of("# >= # AND # < # + #", point, now, point, now, by);
            case LONGER_AGO -> Fragment.of("# <= # - #", point, now, by);
            case FURTHER_AHEAD -> Fragment.of("# >= # + #", point, now, by);
        };
    }

    private static Fragment compare(Fragment point, TimeTest.Side side, Fragment than) {
        return switch (side) {
            case BEFORE -> Fragment.of("# < #", point, than);
            case ON_OR_AFTER -> Fragment.of("# >= #", point, than);
        };
    }
}
