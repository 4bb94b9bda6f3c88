package dev.sluice.classifier;

import dev.sluice.model.PersonKey;
import dev.sluice.model.Ring;
import java.time.Duration;
import java.time.Instant;

/**
 * How long the state of a person who does nothing stays, so that of one that is missing it can be told whether its time was
 * over or it was lost. Immutable.
 *
 * <p>The stored profile says from when on a missing state's time was over. It is not written at every event; so time is
 * divided into spans, and the moment is the same for all that is kept of a person in one span: the life after the span's end.
 * Who keeps something in another span than was kept before looks at the profile, and writes that moment if it is not there: a
 * few times a year. Spans begin at other moments on each slot of the ring, so that not all profiles are written at once. The
 * store keeps states somewhat longer than their life, so that the moment has passed before a state goes by itself.
 *
 * @param timeToLive of a state after the last that was kept of its person; whole seconds
 */
public record Lifetime(Duration timeToLive) {
    private static final int SPANS = 16;

    /**
     * How long the store keeps a state: a span more because a span begins before its end, and one more because what is kept
     * as a span ends may be counted to the next one.
     */
    public Duration stored() {
        return timeToLive.plus(span().multipliedBy(2));
    }

    /** From when on a person's state that was last kept at that moment, or in the same span, is over. */
    public Instant over(PersonKey person, Instant kept) {
        long span = span().toMillis();
        long first = span * Ring.slot(person) / Ring.SLOTS;
        long end = (Math.floorDiv(kept.toEpochMilli() - first, span) + 1) * span + first;
        return Instant.ofEpochMilli(end).plus(timeToLive);
    }

    private Duration span() {
        return timeToLive.dividedBy(SPANS);
    }
}
