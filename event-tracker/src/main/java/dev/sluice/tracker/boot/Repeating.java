package dev.sluice.tracker.boot;

import dev.sluice.tracker.Counters;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Work done again and again on a thread of its own, until it is closed. */
final class Repeating implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Repeating.class);

    private final ScheduledExecutorService thread;
    private final Runnable last;

    /**
     * Begins at once.
     *
     * @param name of the thread, and in the log
     * @param every time from the end of one to the beginning of the next
     * @param last done once at the end, by whoever closes this
     */
    Repeating(String name, Duration every, Runnable work, Runnable last, Counters counters) {
        this.thread = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().name(name).daemon().factory());
        this.last = last;
        var unused = thread.scheduleWithFixedDelay(
                () -> once(name, work, counters), 0, every.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** The edge where an unforeseen failure ends: whatever is thrown here would end the repetition without a word. */
    private static void once(String name, Runnable work, Counters counters) {
        try {
            work.run();
        } catch (Throwable e) {
            counters.addBackgroundFailures(1);
            LOG.error("{} failed unexpectedly, it will be tried again", name, e);
        }
    }

    @Override
    public void close() {
        // What it is in the middle of ends while its clients still work.
        thread.shutdown();
        try {
            if (!thread.awaitTermination(3, TimeUnit.SECONDS)) {
                thread.shutdownNow();
                // Interrupted, it gives back what it has not done, for the last time.
                var unused = thread.awaitTermination(1, TimeUnit.SECONDS);
            }
        } catch (InterruptedException e) {
            thread.shutdownNow();
            Thread.currentThread().interrupt();
        }
        last.run();
    }
}
