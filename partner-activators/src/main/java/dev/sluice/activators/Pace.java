package dev.sluice.activators;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What a partner's answer says of how fast it may go on. Immutable.
 *
 * @param callsPerSecond that it allows from now on
 * @param notBefore the partner is to be left alone until then
 */
public record Pace(OptionalDouble callsPerSecond, Optional<Instant> notBefore) {
    /** Nothing is said. */
    public static final Pace UNSAID = new Pace(OptionalDouble.empty(), Optional.empty());

    /** Left alone until then. */
    public static Pace notBefore(Instant then) {
        return new Pace(OptionalDouble.empty(), Optional.of(then));
    }
}
