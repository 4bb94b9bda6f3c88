package dev.sluice.local.servers;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * Waits for what another process does. The deadline is no promise of anything's speed: it only ends a test whose condition
 * will never come true, so it is generous.
 */
public final class Eventually {
    private static final Duration LIMIT = Duration.ofMinutes(3);

    private Eventually() {}

    public static void until(String what, BooleanSupplier condition) {
        within(LIMIT, what, condition);
    }

    public static void within(Duration limit, String what, BooleanSupplier condition) {
        long deadline = System.nanoTime() + limit.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - deadline > 0) {
                throw new AssertionError("not within " + limit.toSeconds() + " s: " + what);
            }
            LockSupport.parkNanos(Duration.ofMillis(10).toNanos());
        }
    }
}
