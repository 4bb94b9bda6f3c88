package dev.sluice.local.eventsource;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A pause that ends early when everything stops. Thread-safe. */
public final class Stop {
    private final CountDownLatch stopped = new CountDownLatch(1);

    public void now() {
        stopped.countDown();
    }

    /** Whether everything stops. */
    public boolean isNow() {
        return stopped.getCount() == 0;
    }

    /** Waits; true at once when everything stops, false when the time is over. */
    public boolean within(Duration wait) throws InterruptedException {
        return stopped.await(wait.toNanos(), TimeUnit.NANOSECONDS);
    }
}
