package dev.sluice.tracker.boot;

import dev.sluice.tracker.web.Listener;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Starts the listener when everything else is there, and drains it before anything else ends: the last phase to start and
 * the first to stop. The batcher and the sinks end after that, with their beans.
 */
final class ListenerLifecycle implements SmartLifecycle {
    private static final Logger LOG = LoggerFactory.getLogger(ListenerLifecycle.class);

    private final Listener listener;
    private volatile boolean running;

    ListenerLifecycle(Listener listener) {
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
