package dev.sluice.activators.propagator;

import dev.sluice.model.PersonKey;
import java.util.Optional;

/**
 * A version of somebody's profile that never became a line of the activations stream.
 *
 * @param removed whether the profile was removed then: the person was erased
 * @param profile JSON of the version, or of the last one before it was removed; empty if it had none
 */
public record Lost(PersonKey person, boolean removed, Optional<byte[]> profile) {}
