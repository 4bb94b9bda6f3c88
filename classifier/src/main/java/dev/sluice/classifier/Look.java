package dev.sluice.classifier;

import java.time.Instant;
import java.util.Optional;

/**
 * What else is to be done at a person than folding events.
 *
 * @param asOf up to when time is to be folded; empty if only events are
 * @param checking whether the stored profile is to be read also if it is known to be right
 * @param releasing who was found to be without a state before this moment has been rebuilt and is held no longer
 */
record Look(Optional<Instant> asOf, boolean checking, Optional<Instant> releasing) {
    /** Nothing else. */
    static final Look AT_EVENTS = new Look(Optional.empty(), false, Optional.empty());
}
