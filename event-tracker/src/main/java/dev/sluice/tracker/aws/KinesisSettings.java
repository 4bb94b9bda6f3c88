package dev.sluice.tracker.aws;

import java.time.Duration;

/**
 * How batches are put into Kinesis.
 *
 * @param stream its name
 * @param within time for one put, retries included, 50 ms to 30 s; a request's whole time is this and the failover's
 * @param attempts of one record that Kinesis refuses while it takes others, 1 to 10
 * @param backoff before the second attempt, doubled for each further one, of which a random half to whole is waited; 1
 *     ms to 5 s
 */
public record KinesisSettings(String stream, Duration within, int attempts, Duration backoff) {
    public KinesisSettings {
        if (stream == null || stream.isBlank()) {
            throw new IllegalArgumentException("kinesis.stream is empty");
        }
        if (within.toMillis() < 50 || within.toMillis() > 30_000) {
            throw new IllegalArgumentException("kinesis.within is " + within + "; it must be from 50 ms to 30 s");
        }
        if (attempts < 1 || attempts > 10) {
            throw new IllegalArgumentException("kinesis.attempts is " + attempts + "; it must be from 1 to 10");
        }
        if (backoff.toMillis() < 1 || backoff.toMillis() > 5000) {
            throw new IllegalArgumentException("kinesis.backoff is " + backoff + "; it must be from 1 ms to 5 s");
        }
    }

    /** For one call: half of a put's time, since a batch may wait for the one before it, or be tried again. */
    public Duration call() {
        return within.dividedBy(2);
    }
}
