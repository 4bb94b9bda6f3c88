package dev.sluice.tracker.failover;

import dev.sluice.tracker.Require;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/**
 * Keeps calls away from something that has failed several times in a row: for a stated time nothing is tried, then one
 * call probes while the others still stay away; its success closes the breaker. Thread-safe.
 */
public final class Breaker {
    private final Settings settings;
    private final InstantSource clock;
    private int failures;
    private Instant openUntil = Instant.MIN;

    /**
     * When to stay away and for how long.
     *
     * @param failures in a row that open the breaker, 1 to 1,000
     * @param openFor 100 ms to 10 min
     */
    public record Settings(int failures, Duration openFor) {
        public Settings {
            Require.within("breaker.failures", failures, 1, 1000);
            Require.within("breaker.open-for", openFor, Duration.ofMillis(100), Duration.ofMinutes(10));
        }
    }

    public Breaker(Settings settings, InstantSource clock) {
        this.settings = settings;
        this.clock = clock;
    }

    /** Whether a call may be made now; it must then be followed by {@link #succeeded} or {@link #failed}. */
    public synchronized boolean allows() {
        if (!isOpen()) {
            return true;
        }
        if (clock.instant().isBefore(openUntil)) {
            return false;
        }
        // This caller probes; if it never reports, another may after the same time.
        openUntil = clock.instant().plus(settings.openFor());
        return true;
    }

    /** Whether calls are kept away, apart from probes. */
    public synchronized boolean isOpen() {
        return failures >= settings.failures();
    }

    /** A call worked. */
    public synchronized void succeeded() {
        failures = 0;
    }

    /** A call failed wholly. */
    public synchronized void failed() {
        failures++;
        if (isOpen()) {
            openUntil = clock.instant().plus(settings.openFor());
        }
    }
}
