package dev.sluice.tracker;

import java.util.Optional;

/**
 * Who may send, found by a write key. What it answers may change at any time, without a restart; whoever holds a
 * {@link Source} may finish the request in hand with it. Thread-safe, never blocks.
 */
public interface Sources {
    /** The source of a key; empty if the key is unknown or revoked. */
    Optional<Source> byWriteKey(String writeKey);

    /** Whether an unknown key is one that nobody has; false as long as not all sources could be read. */
    default boolean isComplete() {
        return true;
    }
}
