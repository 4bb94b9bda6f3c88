package dev.sluice.tracker.command;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Times and lengths of time as people type them. */
final class Spans {
    private static final Pattern LENGTH = Pattern.compile("([0-9]{1,6})([smhd])");

    private Spans() {}

    /** {@code 90s}, {@code 10m}, {@code 2h}, {@code 3d}. */
    static Duration read(String option, String text) {
        Matcher length = LENGTH.matcher(text);
        if (!length.matches()) {
            throw Failure.wrongUse(option + " must be a number followed by s, m, h or d, such as 10m");
        }
        long number = Long.parseLong(length.group(1));
        return switch (length.group(2)) {
            case "s" -> Duration.ofSeconds(number);
            case "m" -> Duration.ofMinutes(number);
            case "h" -> Duration.ofHours(number);
            default -> Duration.ofDays(number);
        };
    }

    /** A moment: ISO 8601 in UTC, or how long ago. */
    static Instant moment(String option, String text, Instant now) {
        if (LENGTH.matcher(text).matches()) {
            return now.minus(read(option, text));
        }
        try {
            return Instant.parse(text);
        } catch (DateTimeException e) {
            throw Failure.wrongUse(
                    option + " must be a moment such as 2026-11-21T12:00:00Z, or how long ago, such as 2h");
        }
    }
}
