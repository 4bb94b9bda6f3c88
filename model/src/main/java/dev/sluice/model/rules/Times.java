package dev.sluice.model.rules;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Points in time as texts write them, in the years 0001 to 9999. A text is an instant, a date, or neither; never both.
 * Stateless.
 */
public final class Times {
    /** 0001-01-01T00:00:00Z. */
    public static final Instant EARLIEST = Instant.parse("0001-01-01T00:00:00Z");
    /** 9999-12-31T23:59:59.999Z. */
    public static final Instant LATEST = Instant.parse("9999-12-31T23:59:59.999Z");

    private static final int DATE_LENGTH = 10;
    private static final int MAX_LENGTH = 40;
    /** The one way of ISO 8601 in which an instant is written; the formatter would take {@code t}, {@code z} and {@code .Z}. */
    private static final Pattern SHAPE =
            Pattern.compile("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d(:\\d\\d(\\.\\d{1,9})?)?(Z|[+-]\\d\\d(:\\d\\d)?)");

    private static final DateTimeFormatter INSTANT =
            DateTimeFormatter.ISO_OFFSET_DATE_TIME.withResolverStyle(ResolverStyle.STRICT);

    private Times() {}

    /** The instant that a text is: ISO 8601 date and time with an offset or {@code Z}, cut to the millisecond. */
    public static Optional<Instant> instant(String text) {
        if (text.length() <= DATE_LENGTH
                || text.length() > MAX_LENGTH
                || !SHAPE.matcher(text).matches()) {
            return Optional.empty();
        }
        try {
            Instant instant =
                    INSTANT.parse(text, OffsetDateTime::from).toInstant().truncatedTo(ChronoUnit.MILLIS);
            boolean inRange = !instant.isBefore(EARLIEST) && !instant.isAfter(LATEST);
            return inRange ? Optional.of(instant) : Optional.empty();
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    /** The date that a text is: ten characters, {@code 2026-11-21}. */
    public static Optional<LocalDate> date(String text) {
        if (text.length() != DATE_LENGTH || !startsLikeADate(text)) {
            return Optional.empty();
        }
        try {
            LocalDate date = LocalDate.parse(text);
            return date.getYear() >= 1 ? Optional.of(date) : Optional.empty();
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    /** The calendar day of a zone on which an instant is. */
    public static LocalDate day(Instant instant, ZoneId zone) {
        return instant.atZone(zone).toLocalDate();
    }

    /** Most texts are no times: exceptions are kept for those that nearly are. */
    private static boolean startsLikeADate(String text) {
        return text.charAt(4) == '-' && text.charAt(7) == '-' && isDigit(text.charAt(0)) && isDigit(text.charAt(9));
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }
}
