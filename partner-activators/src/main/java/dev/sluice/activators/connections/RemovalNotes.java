package dev.sluice.activators.connections;

import dev.sluice.activators.UnreachableException;
import java.util.Optional;

/**
 * Where it is noted which connections of an account were removed, for each kind of partner. Every method throws {@link
 * UnreachableException} if the store does not answer. Thread-safe.
 */
public interface RemovalNotes {
    /** Empty if nothing was noted yet. */
    Optional<byte[]> read(String account, String kind);

    /** Takes the place of what is there. */
    void write(String account, String kind, byte[] notes);
}
