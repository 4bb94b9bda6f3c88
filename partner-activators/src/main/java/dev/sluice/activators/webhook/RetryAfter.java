package dev.sluice.activators.webhook;

import java.net.http.HttpHeaders;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

/** How long an answer asks to be left alone: seconds or a date. Stateless. */
final class RetryAfter {
    private RetryAfter() {}

    /** Empty if the header is missing or neither; never negative and never more than {@code longest}. */
    static Optional<Duration> parse(HttpHeaders headers, Instant now, Duration longest) {
        return headers.firstValue("retry-after")
                .flatMap(value -> value.matches("[0-9]{1,9}")
                        ? Optional.of(Duration.ofSeconds(Long.parseLong(value)))
                        : untilDate(value, now))
                .map(wish -> wish.isNegative() ? Duration.ZERO : wish)
                .map(wish -> wish.compareTo(longest) > 0 ? longest : wish);
    }

    private static Optional<Duration> untilDate(String value, Instant now) {
        try {
            return Optional.of(Duration.between(now, DateTimeFormatter.RFC_1123_DATE_TIME.parse(value, Instant::from)));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
