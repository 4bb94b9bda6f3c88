package dev.sluice.activators.http;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

/** Until when an answer asks to be left alone: seconds or a date (RFC 9110, 10.2.3). Stateless. */
final class RetryAfter {
    /** The longest that a partner is left alone because it asked for it. */
    static final Duration LONGEST = Duration.ofHours(1);

    private RetryAfter() {}

    /** Empty if it is missing or neither; never before now and never later than {@link #LONGEST} from now. */
    static Optional<Instant> parse(Optional<String> header, Instant now) {
        return header.map(String::strip)
                .flatMap(value ->
                        value.matches("[0-9]{1,9}") ? Optional.of(now.plusSeconds(Long.parseLong(value))) : date(value))
                .map(then -> bounded(then, now));
    }

    /** Within now and {@link #LONGEST} from now. */
    static Instant bounded(Instant then, Instant now) {
        if (then.isBefore(now)) {
            return now;
        }
        Instant last = now.plus(LONGEST);
        return then.isAfter(last) ? last : then;
    }

    private static Optional<Instant> date(String value) {
        try {
            return Optional.of(DateTimeFormatter.RFC_1123_DATE_TIME.parse(value, Instant::from));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
