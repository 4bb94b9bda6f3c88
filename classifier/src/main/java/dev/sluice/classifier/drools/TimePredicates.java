package dev.sluice.classifier.drools;

import dev.sluice.model.rules.TimeTest;
import java.time.Instant;
import java.time.LocalDate;
import java.time.MonthDay;
import java.time.ZoneId;

/** Turns what is asked of points in time into predicates, once per rule set. Stateless. */
final class TimePredicates implements TimeTest.Cases<TimePredicates.AskedOfTime> {
    private static final TimePredicates INSTANCE = new TimePredicates();
    private static final int DAYS_OF_A_WEEK = 7;

    private TimePredicates() {}

    /** What is asked of a point in time, which is an instant in epoch milliseconds or a date. */
    interface AskedOfTime {
        boolean ofInstant(long millis, Now now);

        boolean ofDate(LocalDate date, Now now);
    }

    static AskedOfTime of(TimeTest test) {
        return test.matchTime(INSTANCE);
    }

    @Override
    public AskedOfTime comparesInstant(TimeTest.ComparesInstant compares) {
        long than = compares.than().toEpochMilli();
        boolean before = compares.side() == TimeTest.Side.BEFORE;
        return new AskedOfTime() {
            @Override
            public boolean ofInstant(long millis, Now now) {
                return millis < than == before;
            }

            @Override
            public boolean ofDate(LocalDate date, Now now) {
                return false;
            }
        };
    }

    @Override
    public AskedOfTime comparesDate(TimeTest.ComparesDate compares) {
        LocalDate than = compares.than();
        boolean before = compares.side() == TimeTest.Side.BEFORE;
        return new AskedOfTime() {
            @Override
            public boolean ofInstant(long millis, Now now) {
                return false;
            }

            @Override
            public boolean ofDate(LocalDate date, Now now) {
                return date.isBefore(than) == before;
            }
        };
    }

    @Override
    public AskedOfTime relative(TimeTest.Relative relative) {
        long by = relative.by().toMillis();
        long days = relative.by().toDays();
        ZoneId zone = relative.zone();
        return new AskedOfTime() {
            @Override
            public boolean ofInstant(long millis, Now now) {
                return lies(relative.direction(), millis - now.millis(), by);
            }

            @Override
            public boolean ofDate(LocalDate date, Now now) {
                long ahead = date.toEpochDay() - now.day(zone).toEpochDay();
                return lies(relative.direction(), ahead, days);
            }
        };
    }

    /** Of what lies so far ahead of now, in milliseconds or in days. */
    private static boolean lies(TimeTest.Direction direction, long ahead, long by) {
        return switch (direction) {
            case WITHIN_LAST -> -by < ahead && ahead <= 0;
            case WITHIN_NEXT -> 0 <= ahead && ahead < by;
            case LONGER_AGO -> ahead <= -by;
            case FURTHER_AHEAD -> ahead >= by;
        };
    }

    @Override
    public AskedOfTime anniversaryWithinNext(TimeTest.AnniversaryWithinNext anniversary) {
        return new Anniversary(anniversary.zone()) {
            @Override
            boolean of(MonthDay kept, LocalDate today) {
                return falls(kept, today, today.plusDays(anniversary.days() - 1L));
            }
        };
    }

    @Override
    public AskedOfTime anniversaryThis(TimeTest.AnniversaryThis anniversary) {
        return new Anniversary(anniversary.zone()) {
            @Override
            boolean of(MonthDay kept, LocalDate today) {
                LocalDate from = switch (anniversary.span()) {
                    case WEEK -> today.minusDays(today.getDayOfWeek().getValue() - 1L);
                    case MONTH -> today.minusDays(today.getDayOfMonth() - 1L);
                };
                int days = switch (anniversary.span()) {
                    case WEEK -> DAYS_OF_A_WEEK;
                    case MONTH -> from.lengthOfMonth();
                };
                return falls(kept, from, from.plusDays(days - 1L));
            }
        };
    }

    /** No span is longer than a year, so that it lies in one year or in two. */
    private static boolean falls(MonthDay kept, LocalDate first, LocalDate last) {
        return isWithin(kept.atYear(first.getYear()), first, last)
                || isWithin(kept.atYear(last.getYear()), first, last);
    }

    private static boolean isWithin(LocalDate day, LocalDate first, LocalDate last) {
        return !day.isBefore(first) && !day.isAfter(last);
    }

    private abstract static class Anniversary implements AskedOfTime {
        private final ZoneId zone;

        Anniversary(ZoneId zone) {
            this.zone = zone;
        }

        /** {@link MonthDay#atYear} keeps 29 February on the 28th where there is none. */
        abstract boolean of(MonthDay kept, LocalDate today);

        @Override
        public boolean ofInstant(long millis, Now now) {
            return ofDate(LocalDate.ofInstant(Instant.ofEpochMilli(millis), zone), now);
        }

        @Override
        public boolean ofDate(LocalDate date, Now now) {
            return of(MonthDay.from(date), now.day(zone));
        }
    }
}
