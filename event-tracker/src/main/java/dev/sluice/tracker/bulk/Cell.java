package dev.sluice.tracker.bulk;

import dev.sluice.model.JsonText;
import dev.sluice.model.MalformedException;
import dev.sluice.model.Value;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.Locale;

/** Reads one value of a row as what its column is said to hold. */
final class Cell {
    private Cell() {}

    /** @throws IllegalArgumentException saying what it must be */
    static Value read(Value value, Target.Kind kind, ZoneId zone) {
        return switch (kind) {
            case TEXT ->
                value instanceof Value.Decimal number ? Value.of(number.number().toPlainString()) : value;
            case NUMBER -> value instanceof Value.Text text ? number(text.text()) : value;
            case BOOLEAN -> value instanceof Value.Text text ? flag(text.text()) : value;
            case TIME -> value instanceof Value.Text text ? time(text.text(), zone) : wrong("a date and time");
            case SECONDS -> sinceEpoch(value, 1000);
            case MILLIS -> sinceEpoch(value, 1);
            case JSON -> value instanceof Value.Text text ? json(text.text()) : value;
        };
    }

    private static Value number(String text) {
        try {
            var number = new BigDecimal(text.strip());
            if (number.precision() <= JsonText.MAX_DIGITS && Math.abs((long) number.scale()) <= JsonText.MAX_EXPONENT) {
                return new Value.Decimal(number);
            }
        } catch (NumberFormatException | ArithmeticException e) {
            // The same is wrong.
        }
        return wrong("a number of " + JsonText.MAX_DIGITS + " digits at most");
    }

    private static Value flag(String text) {
        return switch (text.strip().toLowerCase(Locale.ROOT)) {
            case "true", "yes", "1" -> Value.of(true);
            case "false", "no", "0" -> Value.of(false);
            default -> wrong("true or false");
        };
    }

    private static Value time(String text, ZoneId zone) {
        String iso = text.strip().replaceFirst("^([0-9-]{10}) ", "$1T");
        try {
            if (iso.length() == "2026-11-21".length()) {
                return Value.of(
                        LocalDate.parse(iso).atStartOfDay(zone).toInstant().toString());
            }
            return Value.of(
                    iso.matches(".*T.*(Z|[+-][0-9:]+)")
                            ? OffsetDateTime.parse(iso).toInstant().toString()
                            : LocalDateTime.parse(iso).atZone(zone).toInstant().toString());
        } catch (DateTimeException e) {
            return wrong("a date, or a date and time");
        }
    }

    private static Value sinceEpoch(Value value, long millis) {
        Value number = value instanceof Value.Text text ? number(text.text()) : value;
        if (number instanceof Value.Decimal decimal) {
            try {
                BigDecimal exact = decimal.number().multiply(BigDecimal.valueOf(millis));
                return Value.of(Instant.ofEpochMilli(exact.toBigInteger().longValueExact())
                        .toString());
            } catch (ArithmeticException | DateTimeException e) {
                return wrong("a time since 1970");
            }
        }
        return wrong("a time since 1970");
    }

    private static Value json(String text) {
        try {
            return JsonText.read(text.getBytes(StandardCharsets.UTF_8));
        } catch (MalformedException e) {
            return wrong("JSON");
        }
    }

    private static Value wrong(String expected) {
        throw new IllegalArgumentException(expected);
    }
}
