package dev.sluice.tracker;

import java.time.Duration;
import java.util.Optional;

/**
 * How much a source may send. A request is let in or not before it is read, and what it turned out to hold is told
 * afterwards; so a source may go into debt by what it has in flight, and waits until that is paid. Thread-safe.
 */
public interface Admission {
    /** Lets everything in. */
    Admission UNLIMITED = new Admission() {
        @Override
        public Optional<Duration> retryAfter() {
            return Optional.empty();
        }

        @Override
        public void sent(int events, long bytes) {}
    };

    /** Empty if the source may send now, otherwise after how long it may try again. */
    Optional<Duration> retryAfter();

    /** What a request that was let in held, kept or not: events (a body without any counts as one) and its bytes. */
    void sent(int events, long bytes);
}
