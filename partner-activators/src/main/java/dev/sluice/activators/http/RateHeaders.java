package dev.sluice.activators.http;

import dev.sluice.activators.Pace;
import dev.sluice.activators.http.PartnerHttp.Exchange.Answered;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How many calls are left until when, as answers say it: {@code RateLimit} of draft-ietf-httpapi-ratelimit-headers in its
 * forms ({@code "default";r=50;t=30}, {@code limit=100, remaining=50, reset=30}, {@code RateLimit-Remaining} and {@code
 * -Reset}), and {@code X-RateLimit-Remaining} and {@code -Reset}, whose reset is in seconds from now or since 1970. What is
 * left, spread over the time until the reset, is the rate; nothing left means to wait. Stateless.
 */
final class RateHeaders {
    private static final Pattern LEFT = Pattern.compile("(?:^|[;,\\s])(?:r|remaining)=([0-9]{1,12})(?![0-9])");
    private static final Pattern SECONDS = Pattern.compile("(?:^|[;,\\s])(?:t|reset)=([0-9]{1,12})(?![0-9])");
    private static final Pattern WHOLE = Pattern.compile("[0-9]{1,15}");

    /** A reset beyond this many seconds is a time since 1970. */
    private static final long SINCE_1970 = 1_000_000_000L;

    private static final long MILLIS_SINCE_1970 = 1_000_000_000_000L;

    /** Policies of one header that are read. */
    private static final int MAX_POLICIES = 8;

    private RateHeaders() {}

    static Pace pace(Answered answer, Instant now) {
        Pace pace = Pace.UNSAID;
        for (String prefix : new String[] {"ratelimit", "x-ratelimit"}) {
            pace = pace.and(
                    pace(whole(answer.header(prefix + "-remaining")), whole(answer.header(prefix + "-reset")), now));
        }
        String combined = answer.header("ratelimit").orElse("");
        // The older form is one policy whose fields are parted by commas; the newer one is a list of policies.
        String[] policies =
                combined.contains("remaining=") ? new String[] {combined} : combined.split(",", MAX_POLICIES + 1);
        for (int i = 0; i < Math.min(policies.length, MAX_POLICIES); i++) {
            pace = pace.and(pace(found(LEFT, policies[i]), found(SECONDS, policies[i]), now));
        }
        return pace;
    }

    private static Pace pace(OptionalLong left, OptionalLong reset, Instant now) {
        if (left.isEmpty() || reset.isEmpty()) {
            return Pace.UNSAID;
        }
        long seconds = secondsFrom(now, reset.getAsLong());
        if (seconds <= 0) {
            return Pace.UNSAID;
        }
        return left.getAsLong() == 0
                ? Pace.notBefore(RetryAfter.bounded(now.plusSeconds(seconds), now))
                : new Pace(OptionalDouble.of((double) left.getAsLong() / seconds), Optional.empty());
    }

    private static long secondsFrom(Instant now, long reset) {
        if (reset >= MILLIS_SINCE_1970) {
            return reset / 1000 - now.getEpochSecond();
        }
        return reset >= SINCE_1970 ? reset - now.getEpochSecond() : reset;
    }

    private static OptionalLong whole(Optional<String> header) {
        String value = header.orElse("").strip();
        return WHOLE.matcher(value).matches() ? OptionalLong.of(Long.parseLong(value)) : OptionalLong.empty();
    }

    private static OptionalLong found(Pattern field, String policy) {
        Matcher matcher = field.matcher(policy);
        return matcher.find() ? OptionalLong.of(Long.parseLong(matcher.group(1))) : OptionalLong.empty();
    }
}
