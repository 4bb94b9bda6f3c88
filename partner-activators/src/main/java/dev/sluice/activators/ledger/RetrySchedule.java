package dev.sluice.activators.ledger;

import java.time.Duration;
import java.time.Instant;
import java.util.random.RandomGenerator;

/**
 * When a delivery that a partner did not take comes again: after a random time up to a bound that doubles with each attempt
 * (full jitter), so that those who failed together do not come together.
 *
 * @param first bound after the first attempt
 * @param longest bound of all
 * @param until how long after the first attempt it is given up
 */
public record RetrySchedule(Duration first, Duration longest, Duration until, RandomGenerator random) {
    private static final int MAX_DOUBLINGS = 20;

    /** From 1 s to 1 h, for 75 hours: a partner's lost weekend, and some. */
    public static RetrySchedule of(RandomGenerator random) {
        return new RetrySchedule(Duration.ofSeconds(1), Duration.ofHours(1), Duration.ofHours(75), random);
    }

    /** @param number of attempts made */
    Instant next(int number, Instant now) {
        long bound = Math.min(longest.toMillis(), first.toMillis() << Math.min(Math.max(0, number - 1), MAX_DOUBLINGS));
        return now.plusMillis(random.nextLong(bound) + 1);
    }

    boolean isOver(Instant firstAttempt, Instant now) {
        return now.isAfter(firstAttempt.plus(until));
    }
}
