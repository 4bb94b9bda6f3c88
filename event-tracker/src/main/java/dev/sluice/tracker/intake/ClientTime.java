package dev.sluice.tracker.intake;

import dev.sluice.model.JsonText;
import dev.sluice.model.MalformedException;
import java.time.Instant;

/**
 * A time as a client states it, wherever in a request: ISO 8601 with an offset, from the year 1970 to 9999. Within
 * these bounds differences of times cannot overflow and every later reader can hold them. In milliseconds since 1970.
 */
final class ClientTime {
    /** No time is stated. */
    static final long NONE = UtcMillis.NONE;

    private static final long EARLIEST = 0;
    private static final long LATEST = Instant.parse("9999-12-31T23:59:59.999Z").toEpochMilli();

    private ClientTime() {}

    /**
     * Reads the time of a field, to the millisecond.
     *
     * @throws RefusedInput as {@code bad_timestamp} if it is none or out of bounds
     */
    static long read(String field, byte[] text, int from, int to, boolean escaped) {
        long millis = UtcMillis.read(text, from, to);
        if (millis == UtcMillis.NONE) {
            millis = readAnyForm(field, StringBytes.text(text, from, to, escaped));
        }
        return withinBounds(field, millis);
    }

    private static long readAnyForm(String field, String text) {
        try {
            return JsonText.instant(field, text).toEpochMilli();
        } catch (MalformedException e) {
            throw notATime(field);
        } catch (ArithmeticException e) {
            // A year that is not even near the bounds.
            throw outOfBounds(field);
        }
    }

    static RefusedInput notATime(String field) {
        return new RefusedInput("bad_timestamp", field + " must be an ISO 8601 date and time with an offset");
    }

    /** @throws RefusedInput as {@code bad_timestamp} if the time is out of bounds */
    static long withinBounds(String what, long millis) {
        if (millis < EARLIEST || millis > LATEST) {
            throw outOfBounds(what);
        }
        return millis;
    }

    private static RefusedInput outOfBounds(String what) {
        return new RefusedInput("bad_timestamp", what + " must be from the year 1970 to 9999");
    }
}
