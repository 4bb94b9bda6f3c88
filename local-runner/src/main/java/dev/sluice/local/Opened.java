package dev.sluice.local;

import java.util.ArrayDeque;
import java.util.Deque;

/** What was started, so that it ends in the opposite order, whatever fails in between. Used by one thread at a time. */
final class Opened implements AutoCloseable {
    private final Deque<AutoCloseable> open = new ArrayDeque<>();

    <T extends AutoCloseable> T add(T started) {
        open.push(started);
        return started;
    }

    @Override
    public void close() {
        while (!open.isEmpty()) {
            AutoCloseable next = open.pop();
            try {
                next.close();
            } catch (Exception failed) {
                System.err.println("did not end cleanly: " + failed.getMessage());
            }
        }
    }
}
