package dev.sluice.tracker.intake;

import java.time.DateTimeException;
import java.time.LocalDate;

/**
 * Times in the form that SDKs send and that is stored, {@code 2026-11-21T08:40:10.123Z}, from bytes and to bytes, in
 * milliseconds since 1970. Stateless.
 */
final class UtcMillis {
    /** No time. */
    static final long NONE = Long.MIN_VALUE;
    /** The longest that is written. */
    static final int MOST_BYTES = "2026-11-21T08:40:10.123Z".length();

    private static final int SECONDS_END = "2026-11-21T08:40:10".length();
    private static final long MILLIS_PER_DAY = 86_400_000L;

    private UtcMillis() {}

    /** The time, or {@link #NONE} if the text has any other form, which may be a valid one. */
    static long read(byte[] text, int from, int to) {
        boolean hasMillis = to - from == MOST_BYTES && text[from + SECONDS_END] == '.';
        if (!hasMillis && to - from != SECONDS_END + 1) {
            return NONE;
        }
        boolean hasMarks = text[from + 4] == '-'
                && text[from + 7] == '-'
                && text[from + 10] == 'T'
                && text[from + 13] == ':'
                && text[from + 16] == ':'
                && text[to - 1] == 'Z';
        int year = number(text, from, 4);
        int month = number(text, from + 5, 2);
        int day = number(text, from + 8, 2);
        int hour = number(text, from + 11, 2);
        int minute = number(text, from + 14, 2);
        int second = number(text, from + 17, 2);
        int millis = hasMillis ? number(text, from + SECONDS_END + 1, 3) : 0;
        boolean hasNumbers = (year | month | day | hour | minute | second | millis) >= 0;
        if (!hasMarks || !hasNumbers || hour > 23 || minute > 59 || second > 59) {
            return NONE;
        }
        try {
            return LocalDate.of(year, month, day).toEpochDay() * MILLIS_PER_DAY
                    + ((hour * 60L + minute) * 60L + second) * 1000L
                    + millis;
        } catch (DateTimeException e) {
            return NONE;
        }
    }

    /** The number that some digits write; negative if one is none. */
    private static int number(byte[] text, int from, int digits) {
        int number = 0;
        for (int i = from; i < from + digits; i++) {
            int digit = text[i] - '0';
            if (digit < 0 || digit > 9) {
                return -1;
            }
            number = number * 10 + digit;
        }
        return number;
    }

    /**
     * Writes a time of the years 0 to 9999, its milliseconds only if they are not zero, as {@link java.time.Instant}
     * does; where it ends.
     */
    static int write(long millis, byte[] into, int from) {
        long day = Math.floorDiv(millis, MILLIS_PER_DAY);
        int ofDay = (int) (millis - day * MILLIS_PER_DAY);
        LocalDate date = LocalDate.ofEpochDay(day);
        int at = digits(date.getYear() / 100, into, from);
        at = digits(date.getYear() % 100, into, at);
        into[at++] = '-';
        at = digits(date.getMonthValue(), into, at);
        into[at++] = '-';
        at = digits(date.getDayOfMonth(), into, at);
        into[at++] = 'T';
        at = digits(ofDay / 3_600_000, into, at);
        into[at++] = ':';
        at = digits(ofDay / 60_000 % 60, into, at);
        into[at++] = ':';
        at = digits(ofDay / 1000 % 60, into, at);
        int fraction = ofDay % 1000;
        if (fraction > 0) {
            into[at++] = '.';
            into[at++] = (byte) ('0' + fraction / 100);
            at = digits(fraction % 100, into, at);
        }
        into[at++] = 'Z';
        return at;
    }

    private static int digits(int two, byte[] into, int at) {
        into[at] = (byte) ('0' + two / 10);
        into[at + 1] = (byte) ('0' + two % 10);
        return at + 2;
    }
}
