package dev.sluice.userdata;

import dev.sluice.model.PersonKey;

/**
 * The events stream, for writing: there a row's change stands among what clients tell of the person.
 *
 * <p>Delivery is at least once: an event of which this says that it is not known to be kept may have arrived. The caller
 * brings it again under the same id, which readers tell apart. Thread-safe.
 */
@FunctionalInterface
public interface ChangeEvents {
    /**
     * Puts one event at the person's place on the ring.
     *
     * @param line its stored form, by {@link ChangeEventJson}
     * @return whether it is durable
     */
    boolean put(PersonKey key, byte[] line);
}
