package dev.sluice.local.eventsource;

import java.time.Duration;

/** Wakes those who wait; a ring that comes while somebody is at work is not missed. Thread-safe. */
final class Bell {
    private long rings;
    private boolean closed;

    synchronized void ring() {
        rings++;
        notifyAll();
    }

    /** Nobody waits any more, now and later. */
    synchronized void close() {
        closed = true;
        notifyAll();
    }

    /** How often it has rung: to be asked before the work that a ring would make wrong. */
    synchronized long rings() {
        return rings;
    }

    /** Waits until it has rung more than {@code heard} times, or the time is over. Returns whether it is closed. */
    synchronized boolean isClosedWithin(Duration wait, long heard) throws InterruptedException {
        long end = System.nanoTime() + wait.toNanos();
        for (long left = wait.toNanos(); left > 0 && !closed && rings <= heard; left = end - System.nanoTime()) {
            wait(left / 1_000_000, (int) (left % 1_000_000));
        }
        return closed;
    }
}
