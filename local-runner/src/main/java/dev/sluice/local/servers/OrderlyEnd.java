package dev.sluice.local.servers;

import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * What must happen when this JVM is told to end (Ctrl-C, SIGTERM), before children that are left are killed. The JVM
 * runs its shutdown hooks side by side; without this, children would die while they are still needed to end in order.
 */
public final class OrderlyEnd {
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final Queue<CountDownLatch> UNDER_WAY = new ConcurrentLinkedQueue<>();

    private OrderlyEnd() {}

    /** Runs an action when the JVM ends; children are killed when it returns, or after 30 s. */
    public static void first(Runnable action) {
        var done = new CountDownLatch(1);
        UNDER_WAY.add(done);
        Runtime.getRuntime()
                .addShutdownHook(new Thread(
                        () -> {
                            try {
                                action.run();
                            } finally {
                                done.countDown();
                            }
                        },
                        "orderly end"));
    }

    /** Waits until every action has returned, or 30 s in all. */
    static void await() {
        long deadline = System.nanoTime() + LIMIT.toNanos();
        try {
            for (CountDownLatch action : UNDER_WAY) {
                if (!action.await(deadline - System.nanoTime(), TimeUnit.NANOSECONDS)) {
                    return;
                }
            }
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
        }
    }
}
