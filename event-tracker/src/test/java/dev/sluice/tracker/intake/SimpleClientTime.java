package dev.sluice.tracker.intake;

import dev.sluice.model.JsonText;
import dev.sluice.model.MalformedException;
import java.time.Instant;

/**
 * A time as a client states it, wherever in a request: ISO 8601 with an offset, from the year 1970 to 9999. Within
 * these bounds differences of times cannot overflow and every later reader can hold them.
 */
final class SimpleClientTime {
    private static final Instant EARLIEST = Instant.EPOCH;
    private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59.999Z");

    private SimpleClientTime() {}

    /**
     * Reads the time of a field, to the millisecond.
     *
     * @throws RefusedInput as {@code bad_timestamp} if it is none or out of bounds
     */
    static Instant read(String field, String text) {
        Instant instant;
        try {
            instant = JsonText.instant(field, text);
        } catch (MalformedException e) {
            throw new RefusedInput("bad_timestamp", field + " must be an ISO 8601 date and time with an offset");
        }
        return withinBounds(field, instant);
    }

    /** @throws RefusedInput as {@code bad_timestamp} if the time is out of bounds */
    static Instant withinBounds(String what, Instant instant) {
        if (instant.isBefore(EARLIEST) || instant.isAfter(LATEST)) {
            throw new RefusedInput("bad_timestamp", what + " must be from the year 1970 to 9999");
        }
        return instant;
    }
}
