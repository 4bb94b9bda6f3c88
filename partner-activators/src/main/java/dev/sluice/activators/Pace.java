package dev.sluice.activators;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What a partner's answer says of how fast it may go on. Immutable.
 *
 * @param callsPerSecond that it allows from now on
 * @param notBefore the partner is to be left alone until then
 * @param tooFast whether it refused the call because calls come too fast: a sign of health, but go slower
 */
public record Pace(OptionalDouble callsPerSecond, Optional<Instant> notBefore, boolean tooFast) {
    /** Nothing is said. */
    public static final Pace UNSAID = new Pace(OptionalDouble.empty(), Optional.empty(), false);

    /** It is not too fast. */
    public Pace(OptionalDouble callsPerSecond, Optional<Instant> notBefore) {
        this(callsPerSecond, notBefore, false);
    }

    /** Left alone until then. */
    public static Pace notBefore(Instant then) {
        return new Pace(OptionalDouble.empty(), Optional.of(then));
    }

    /** The slower of both in every respect. */
    public Pace and(Pace other) {
        OptionalDouble slower = callsPerSecond.isEmpty() || other.callsPerSecond.isEmpty()
                ? (callsPerSecond.isPresent() ? callsPerSecond : other.callsPerSecond)
                : OptionalDouble.of(Math.min(callsPerSecond.getAsDouble(), other.callsPerSecond.getAsDouble()));
        Optional<Instant> later = notBefore.isEmpty() || other.notBefore.isEmpty()
                ? notBefore.or(other::notBefore)
                : Optional.of(notBefore.get().isAfter(other.notBefore.get()) ? notBefore.get() : other.notBefore.get());
        return new Pace(slower, later, tooFast || other.tooFast);
    }
}
