package dev.sluice.tracker.plan;

import java.time.Duration;

/**
 * Where tracking plans come from.
 *
 * @param bucket of the rules console; no plans if it is empty
 * @param every how often to look for new ones, 100 ms to 1 min: how long a revoked key still works
 */
public record PlanSettings(String bucket, Duration every) {
    public PlanSettings {
        bucket = bucket == null ? "" : bucket.trim();
        if (every == null || every.toMillis() < 100 || every.toSeconds() > 60) {
            throw new IllegalArgumentException("plans.every is " + every + "; it must be from 100 ms to 1 min");
        }
    }
}
