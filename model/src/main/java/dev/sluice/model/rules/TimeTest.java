package dev.sluice.model.rules;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Optional;

/**
 * What is asked of a point in time: an instant, written as ISO 8601 date and time with an offset, or a date without a
 * time of day ({@link Times} reads both). "Now" is the moment of evaluation, "today" its calendar day in the test's
 * zone.
 */
public sealed interface TimeTest extends ValueTest {
    /** Answers by the kind of test of a time. */
    <R> R matchTime(Cases<R> cases);

    @Override
    default <R> R match(ValueTest.Cases<R> cases) {
        return matchTime(cases);
    }

    /** One answer for each kind of test. */
    interface Cases<R> {
        R comparesInstant(ComparesInstant compares);

        R comparesDate(ComparesDate compares);

        R relative(Relative relative);

        R anniversaryWithinNext(AnniversaryWithinNext anniversary);

        R anniversaryThis(AnniversaryThis anniversary);
    }

    /** Which side of a fixed point. */
    enum Side {
        BEFORE,
        ON_OR_AFTER
    }

    /** The value is an instant before, or not before, {@code than}. */
    record ComparesInstant(Side side, Instant than) implements TimeTest {
        public ComparesInstant {
            RuleLimits.instant(than);
        }

        @Override
        public <R> R matchTime(Cases<R> cases) {
            return cases.comparesInstant(this);
        }
    }

    /** The value is a date before, or not before, {@code than}. */
    record ComparesDate(Side side, LocalDate than) implements TimeTest {
        public ComparesDate {
            RuleLimits.date(than);
        }

        @Override
        public <R> R matchTime(Cases<R> cases) {
            return cases.comparesDate(this);
        }
    }

    /** Where from now, by w. Of a date by n days, n being the whole days of w. */
    enum Direction {
        /** An instant in {@code (now − w, now]}; a date of the n that end with today. */
        WITHIN_LAST,
        /** An instant in {@code [now, now + w)}; a date of the n that begin with today. */
        WITHIN_NEXT,
        /** An instant at or before {@code now − w}; a date n days before today or earlier. */
        LONGER_AGO,
        /** An instant at or after {@code now + w}; a date n days after today or later. */
        FURTHER_AHEAD
    }

    /**
     * The value lies so from now.
     *
     * @param by whole milliseconds, positive, at most {@link RuleLimits#MAX_AHEAD}
     */
    record Relative(Direction direction, Duration by, ZoneId zone) implements TimeTest {
        public Relative {
            RuleLimits.span(by);
            RuleLimits.zone(zone);
        }

        @Override
        public <R> R matchTime(Cases<R> cases) {
            return cases.relative(this);
        }
    }

    /**
     * The anniversary of the date, or of the day of {@code zone} on which the instant is, falls on one of the {@code
     * days} days that begin with today. 29 February is kept on the 28th in years that have none.
     *
     * @param days 1 to 365
     */
    record AnniversaryWithinNext(int days, ZoneId zone) implements TimeTest {
        public AnniversaryWithinNext {
            if (days < 1 || days > 365) {
                throw new InvalidRuleException("an anniversary is looked for within 1 to 365 days, not " + days);
            }
            RuleLimits.zone(zone);
        }

        @Override
        public <R> R matchTime(Cases<R> cases) {
            return cases.anniversaryWithinNext(this);
        }
    }

    /** A span of the calendar that has today in it. */
    enum Span {
        /** Monday to Sunday. */
        WEEK,
        MONTH
    }

    /** The anniversary, as of {@link AnniversaryWithinNext}, falls into this week or month, past days included. */
    record AnniversaryThis(Span span, ZoneId zone) implements TimeTest {
        public AnniversaryThis {
            RuleLimits.zone(zone);
        }

        @Override
        public <R> R matchTime(Cases<R> cases) {
            return cases.anniversaryThis(this);
        }
    }

    /** Refuses a test that could never be true of an instant. */
    static void ofInstant(TimeTest test) {
        if (test instanceof ComparesDate) {
            throw new InvalidRuleException("an event happens at an instant: compare it with a date and time");
        }
    }

    /** Whether one and the same value may pass at one time and not at another. */
    static boolean dependsOnNow(ValueTest test) {
        return test instanceof TimeTest && !(test instanceof ComparesInstant) && !(test instanceof ComparesDate);
    }

    /** The zone whose calendar a test goes by; empty if it needs none. */
    static Optional<ZoneId> zone(TimeTest test) {
        if (test instanceof Relative relative) {
            return Optional.of(relative.zone());
        }
        if (test instanceof AnniversaryWithinNext anniversary) {
            return Optional.of(anniversary.zone());
        }
        return test instanceof AnniversaryThis anniversary ? Optional.of(anniversary.zone()) : Optional.empty();
    }
}
