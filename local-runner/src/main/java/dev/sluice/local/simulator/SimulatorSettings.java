package dev.sluice.local.simulator;

import java.net.URI;
import java.time.Clock;
import java.time.Duration;

/**
 * How much traffic, from whom, to where.
 *
 * @param players 1..100,000
 * @param eventsPerSecond the open-loop rate over all players, repeats included; up to 100,000
 * @param seed equal seeds give the same players who do the same things in the same order
 * @param clock the true time
 * @param tracker base address without a path, such as {@code http://127.0.0.1:8080}
 * @param account whose write key it is
 * @param backlogAge how far back the events reach that players deliver when they first appear
 * @param requestTimeout after which a request's outcome counts as unknown; below 30 s
 * @param maxInFlight requests at the same time; more wait
 * @param maxPending requests not yet answered definitely, retries included; then no new ones are made
 * @param maxEvents distinct events in a run, which are kept in memory; then no new ones are made
 * @param maxAttempts tries per request before its events stay uncertain
 */
public record SimulatorSettings(
        int players,
        double eventsPerSecond,
        long seed,
        Clock clock,
        URI tracker,
        String account,
        String writeKey,
        Duration backlogAge,
        Duration requestTimeout,
        int maxInFlight,
        int maxPending,
        int maxEvents,
        int maxAttempts) {

    /** Checks the ranges. */
    public SimulatorSettings {
        require(players >= 1 && players <= 100_000, "players must be 1..100000, not " + players);
        require(
                eventsPerSecond > 0 && eventsPerSecond <= 100_000,
                "events per second must be over 0 and at most 100000, not " + eventsPerSecond);
        require(!backlogAge.isNegative(), "the backlog's age must not be negative");
        require(
                requestTimeout.isPositive() && requestTimeout.compareTo(Duration.ofSeconds(30)) < 0,
                "the request timeout must be over 0 and under 30 s");
        require(maxInFlight >= 1 && maxPending >= maxInFlight, "limits: 1 <= maxInFlight <= maxPending");
        require(maxEvents >= 1 && maxAttempts >= 1, "limits must be positive");
    }

    /** The usual limits: backlog of 40 days, 10 s timeout, 64 in flight, 10,000 pending, 2 million events. */
    public static SimulatorSettings usual(int players, double eventsPerSecond, long seed, URI tracker) {
        return new SimulatorSettings(
                players,
                eventsPerSecond,
                seed,
                Clock.systemUTC(),
                tracker,
                "demo",
                "demo-write-key",
                Duration.ofDays(40),
                Duration.ofSeconds(10),
                64,
                10_000,
                2_000_000,
                1_000);
    }

    private static void require(boolean condition, String message) {
        if (!condition) {
            throw new IllegalArgumentException(message);
        }
    }
}
