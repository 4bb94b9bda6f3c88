package dev.sluice.activators.propagator;

import dev.sluice.activators.UnreachableException;
import dev.sluice.model.PersonKey;
import java.util.Collection;
import java.util.Map;

/** Stored profiles of some people. Thread-safe. */
@FunctionalInterface
public interface Profiles {
    /** People of one read. */
    int MAX_READ = 100;

    /**
     * Each person's profile as JSON, as it is stored now; those who have none are not in the answer.
     *
     * @param people at most {@value #MAX_READ}
     * @throws UnreachableException if it cannot be had
     */
    Map<PersonKey, byte[]> read(Collection<PersonKey> people);
}
