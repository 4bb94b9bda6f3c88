package dev.sluice.model.rules;

import java.time.DateTimeException;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The text form of durations: ISO 8601 with weeks or with days, hours, minutes and seconds. Stateless. */
final class Durations {
    private static final Pattern WEEKS = Pattern.compile("P(\\d{1,5})W");
    private static final int MAX_LENGTH = 40;

    private Durations() {}

    static Duration read(String key, String text) {
        Matcher weeks = WEEKS.matcher(text);
        if (weeks.matches()) {
            return Duration.ofDays(7L * Integer.parseInt(weeks.group(1)));
        }
        try {
            if (text.length() <= MAX_LENGTH) {
                return Duration.parse(text);
            }
        } catch (DateTimeException e) {
            throw invalid(key, e);
        }
        throw invalid(key, null);
    }

    /** The text of a duration: whole days as days, else as {@link Duration} writes it. */
    static String write(Duration duration) {
        boolean wholeDays = duration.equals(Duration.ofDays(duration.toDays()));
        return wholeDays ? "P" + duration.toDays() + "D" : duration.toString();
    }

    private static InvalidRuleException invalid(String key, @Nullable Exception cause) {
        String message = key + " must be an ISO 8601 duration of weeks, days, hours, minutes or seconds, such as P30D,"
                + " P2W or PT30M (no months or years: they have no fixed length)";
        return cause == null ? new InvalidRuleException(message) : new InvalidRuleException(message, cause);
    }
}
