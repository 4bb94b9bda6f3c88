package dev.sluice.classifier;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks for newer read keys, at once and then at every interval, until it is closed. */
final class ReadKeysPoll implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ReadKeysPoll.class);

    private final PublishedReadKeys keys;
    private final Duration interval;
    private final CountDownLatch closed = new CountDownLatch(1);
    private Map<String, String> last = Map.of();

    ReadKeysPoll(PublishedReadKeys keys, Duration interval) {
        this.keys = keys;
        this.interval = interval;
        Thread.ofPlatform().daemon().name("read-keys-poll").start(this::run);
    }

    private void run() {
        try {
            do {
                look();
            } while (!closed.await(interval.toMillis(), TimeUnit.MILLISECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void look() {
        try {
            Map<String, String> problems = keys.look();
            if (!problems.equals(last)) {
                LOG.warn("read keys: {} let in, problems {}", keys.size(), problems);
                last = problems;
            }
        } catch (RuntimeException e) {
            // The edge of this thread: a fault of one look must not end all later ones.
            LOG.error("looking for read keys failed", e);
        }
    }

    @Override
    public void close() {
        closed.countDown();
    }
}
