package dev.sluice.classifier;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks for newer rule sets of every account, at once and then at every interval, until it is closed. Several accounts are
 * looked at together, each by one thread at a time, so that one that takes long keeps no other waiting.
 */
final class RulesPoll implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(RulesPoll.class);

    /** Accounts looked at together: each is a request to S3 that waits. */
    private static final int TOGETHER = 8;

    private final RunningRules rules;
    private final Set<String> underWay = ConcurrentHashMap.newKeySet();
    private final Duration interval;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final ExecutorService lookers = Executors.newFixedThreadPool(
            TOGETHER, Thread.ofPlatform().daemon().name("rules-look-", 0).factory());
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
        } finally {
            lookers.shutdownNow();
        }
    }

    /** No account waits twice, so no more wait than there are. */
    private void poll() {
        for (String account : rules.accounts()) {
            if (underWay.add(account)) {
                lookers.execute(() -> poll(account));
            }
        }
        RunningRules.Report now = rules.report();
        if (!now.equals(last)) {
            LOG.info("rule sets {}, problems {}", now.numbers(), now.problems());
            last = now;
        }
    }

    private void poll(String account) {
        try {
            rules.poll(account);
        } catch (RuntimeException e) {
            // The edge of this thread: a fault of one look must not end all later ones. One that was cut off is none.
            if (closed.getCount() > 0) {
                LOG.error("looking for rule sets of {} failed", account, e);
            }
        } finally {
            underWay.remove(account);
        }
    }

    @Override
    public void close() {
        closed.countDown();
    }
}
