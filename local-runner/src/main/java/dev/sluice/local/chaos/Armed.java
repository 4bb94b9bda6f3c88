package dev.sluice.local.chaos;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/** Faults that wait for something to befall, in the order in which they came; at most a few. Thread-safe. */
final class Armed {
    private static final int MOST = 64;

    private final Deque<Fault> waiting = new ArrayDeque<>();

    /** Takes it; what comes while too many wait is dropped. */
    synchronized void add(Fault fault) {
        if (waiting.size() < MOST) {
            waiting.add(fault);
        }
    }

    synchronized Optional<Fault> next() {
        return Optional.ofNullable(waiting.poll());
    }

    synchronized void clear() {
        waiting.clear();
    }
}
