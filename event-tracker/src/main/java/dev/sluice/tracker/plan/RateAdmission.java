package dev.sluice.tracker.plan;

import dev.sluice.tracker.Admission;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Lets a source in as long as its own bucket and its account's have tokens, one for each event. Of this node alone:
 * nodes do not ask each other.
 */
record RateAdmission(List<TokenBucket> buckets) implements Admission {
    @Override
    public Optional<Duration> retryAfter() {
        long wait = 0;
        for (TokenBucket bucket : buckets) {
            wait = Math.max(wait, bucket.nanosUntilOpen());
        }
        return wait == 0 ? Optional.empty() : Optional.of(Duration.ofNanos(wait));
    }

    @Override
    public void sent(int events, long bytes) {
        for (TokenBucket bucket : buckets) {
            bucket.take(events);
        }
    }
}
