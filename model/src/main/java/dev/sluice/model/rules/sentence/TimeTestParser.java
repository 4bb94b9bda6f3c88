package dev.sluice.model.rules.sentence;

import dev.sluice.model.rules.InvalidRuleException;
import dev.sluice.model.rules.TimeTest;
import dev.sluice.model.rules.TimeTest.Direction;
import dev.sluice.model.rules.TimeTest.Side;
import dev.sluice.model.rules.Window;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Optional;

/** Parses {@link TimeTest}s. Used for one sentence. */
record TimeTestParser(Cursor cursor, TermParser terms) {

    /** The test of an event's time: goes by the window's zone if that has one. */
    TimeTest ofEvent(Window window) {
        TimeTest test;
        if (cursor.accept("has its anniversary")) {
            test = anniversary();
        } else if (cursor.accept("was") || cursor.also("is")) {
            test = find(true).orElseThrow(cursor::fail);
        } else {
            throw cursor.fail();
        }
        return window instanceof Window.Between between ? inZone(test, between.zone()) : test;
    }

    /** What follows "is", if it is a test of a time. */
    Optional<TimeTest> find() {
        return find(false);
    }

    private Optional<TimeTest> find(boolean ofEvent) {
        if (cursor.accept("before")) {
            return Optional.of(compares(Side.BEFORE, ofEvent));
        }
        if (cursor.accept("on or after")) {
            return Optional.of(compares(Side.ON_OR_AFTER, ofEvent));
        }
        if (cursor.accept("within the last") || cursor.also("in the last")) {
            return Optional.of(relative(Direction.WITHIN_LAST));
        }
        if (cursor.accept("within the next") || cursor.also("in the next")) {
            return Optional.of(relative(Direction.WITHIN_NEXT));
        }
        if (cursor.accept("longer ago than")) {
            return Optional.of(relative(Direction.LONGER_AGO));
        }
        return cursor.accept("further ahead than") ? Optional.of(relative(Direction.FURTHER_AHEAD)) : Optional.empty();
    }

    TimeTest anniversary() {
        if (cursor.accept("this week")) {
            return new TimeTest.AnniversaryThis(TimeTest.Span.WEEK, terms.zone());
        }
        if (cursor.accept("this month")) {
            return new TimeTest.AnniversaryThis(TimeTest.Span.MONTH, terms.zone());
        }
        if (!cursor.also("in the next")) {
            cursor.require("within the next");
        }
        Duration days = terms.duration();
        if (!days.equals(Duration.ofDays(days.toDays())) || days.toDays() > 365) {
            throw new InvalidRuleException("an anniversary is looked for within 1 to 365 whole days");
        }
        return new TimeTest.AnniversaryWithinNext((int) days.toDays(), terms.zone());
    }

    /** "30 days ago" or "2 weeks from now", behind "at least" if {@code far}, else behind "less than". */
    TimeTest fromNow(boolean far) {
        Duration by = terms.duration();
        Direction direction;
        if (cursor.accept("from now") || cursor.also("ahead")) {
            direction = far ? Direction.FURTHER_AHEAD : Direction.WITHIN_NEXT;
        } else {
            cursor.require("ago");
            direction = far ? Direction.LONGER_AGO : Direction.WITHIN_LAST;
        }
        return new TimeTest.Relative(direction, by, terms.zone());
    }

    private TimeTest relative(Direction direction) {
        Duration by = terms.duration();
        return new TimeTest.Relative(direction, by, terms.zone());
    }

    private TimeTest compares(Side side, boolean ofEvent) {
        Optional<Instant> instant = terms.instant();
        if (instant.isPresent()) {
            return new TimeTest.ComparesInstant(side, instant.get());
        }
        if (ofEvent) {
            throw cursor.fail(Hints.instant(cursor.peek(0)));
        }
        return new TimeTest.ComparesDate(side, terms.date());
    }

    private static TimeTest inZone(TimeTest test, ZoneId zone) {
        boolean none =
                TimeTest.zone(test).filter(own -> own.getId().equals("UTC")).isPresent();
        if (none && test instanceof TimeTest.Relative relative) {
            return new TimeTest.Relative(relative.direction(), relative.by(), zone);
        }
        if (none && test instanceof TimeTest.AnniversaryWithinNext anniversary) {
            return new TimeTest.AnniversaryWithinNext(anniversary.days(), zone);
        }
        return none && test instanceof TimeTest.AnniversaryThis anniversary
                ? new TimeTest.AnniversaryThis(anniversary.span(), zone)
                : test;
    }
}
