package dev.sluice.activators;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/**
 * Room for calls that are under way in one function, shared by all its connections. Thread-safe.
 *
 * <p>A connection may take a place while it holds fewer than are free. So one that is alone may have half of them, many that are
 * slow have the same number each, give or take one, and leave about as many free, and who comes then finds a place at once: nobody waits for
 * another but where there are more slow ones than places. (Choudhury and Hahne, dynamic queue length thresholds, 1998.)
 *
 * <p>A call that is given up keeps a place until its thread has ended, so partners that hang cannot pile up threads.
 */
public final class Places {
    private final Map<Object, Integer> held = new HashMap<>();
    private int free;

    /** @param count of all connections together, 1 or more */
    public Places(int count) {
        this.free = count;
    }

    /**
     * Takes a place, as soon as there is one.
     *
     * @param connection what names it; equal names share
     * @param within after which it is too late; of zero or less only a place is taken that is there
     * @return whether it was taken: then it must be {@link #giveBack given back}; not if the thread is interrupted
     */
    public synchronized boolean take(Object connection, Duration within) {
        long end = System.nanoTime() + within.toNanos();
        while (held.getOrDefault(connection, 0) >= free) {
            long millis = Math.ceilDiv(end - System.nanoTime(), 1_000_000L);
            if (millis <= 0) {
                return false;
            }
            try {
                wait(millis);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return false;
            }
        }
        free--;
        held.merge(connection, 1, Integer::sum);
        return true;
    }

    /** Gives a place back. */
    public synchronized void giveBack(Object connection) {
        held.computeIfPresent(connection, (any, count) -> count == 1 ? null : count - 1);
        free++;
        notifyAll();
    }

    /** A call was given up and its thread still runs: until {@link #ended} there is a place less. */
    public synchronized void givenUp() {
        free--;
    }

    /** The thread of a call that was given up has ended. */
    public synchronized void ended() {
        free++;
        notifyAll();
    }
}
