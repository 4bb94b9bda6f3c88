package dev.sluice.classifier;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The thread that looks for newer rule sets, at once and then at every interval, until it is closed. */
final class RulesPoll implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(RulesPoll.class);

    private final RunningRules rules;
    private final Duration interval;
    private final CountDownLatch closed = new CountDownLatch(1);
    private RunningRules.Report last;

    RulesPoll(RunningRules rules, Duration interval) {
        this.rules = rules;
        this.interval = interval;
        this.last = rules.report();
        Thread.ofPlatform().daemon().name("rules-poll").start(this::run);
    }

    private void run() {
        try {
            do {
                poll();
            } while (!closed.await(interval.toMillis(), TimeUnit.MILLISECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void poll() {
        try {
            rules.poll();
        } catch (RuntimeException e) {
            // The edge of this thread: a fault of one poll must not end all later ones.
            LOG.error("looking for rule sets failed", e);
        }
        RunningRules.Report now = rules.report();
        if (!now.equals(last)) {
            LOG.info("rule sets {}, problems {}", now.numbers(), now.problems());
            last = now;
        }
    }

    @Override
    public void close() {
        closed.countDown();
    }
}
