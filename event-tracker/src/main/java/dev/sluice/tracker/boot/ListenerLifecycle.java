package dev.sluice.tracker.boot;

import dev.sluice.tracker.web.Listener;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Starts the listener when everything else is there, and drains it before anything else ends: the last phase to start and
 * the first to stop. The batcher and the sinks end after that, with their beans.
 */
final class ListenerLifecycle implements SmartLifecycle {
    private static final Logger LOG = LoggerFactory.getLogger(ListenerLifecycle.class);

    /** For the event loops to end after the last connection. */
    private static final Duration LOOPS_WITHIN = Duration.ofSeconds(1);

    private final Listener listener;
    private volatile boolean running;

    /**
     * @param drainWithin the listener's time for what is under way
     * @param phaseWithin for how long Spring waits for the listener before it ends what the listener needs
     * @throws IllegalArgumentException if Spring would not wait long enough: batches of requests under way would be lost
     */
    ListenerLifecycle(Listener listener, Duration drainWithin, Duration phaseWithin) {
        Duration needed = drainWithin.plus(LOOPS_WITHIN);
        if (phaseWithin.compareTo(needed) < 0) {
            throw new IllegalArgumentException("spring.lifecycle.timeout-per-shutdown-phase is " + phaseWithin
                    + "; it must be at least " + needed + ", which is http.drain-within and a second more");
        }
        this.listener = listener;
    }

    @Override
    public void start() {
        listener.start();
        running = true;
        LOG.info("listening on port {}", listener.port());
    }

    @Override
    public void stop() {
        stop(() -> {});
    }

    @Override
    public void stop(Runnable stopped) {
        running = false;
        var unused = listener.drain().thenRun(stopped);
    }

    @Override
    public boolean isRunning() {
        return running;
    }
}
