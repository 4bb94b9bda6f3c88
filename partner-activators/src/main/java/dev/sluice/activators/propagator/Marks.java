package dev.sluice.activators.propagator;

import dev.sluice.activators.UnreachableException;
import java.util.Optional;

/**
 * Small things that functions note for each other, each under its name: the last written stands. Reading sees what was
 * written before. Thread-safe; nobody retries but the caller's next invocation.
 */
public interface Marks {
    /**
     * What stands there; empty if nothing does.
     *
     * @throws UnreachableException if that cannot be found out
     */
    Optional<byte[]> read(String name);

    /** @throws UnreachableException if it may not be written */
    void write(String name, byte[] content);

    /**
     * Removes it, if it is there.
     *
     * @throws UnreachableException if it may still be there
     */
    void remove(String name);
}
