package dev.sluice.userdata;

import java.time.Clock;
import java.time.temporal.ChronoUnit;

/**
 * Takes one change of a row: tells the stream of it, then Redis. Thread-safe.
 *
 * <p>The stream first: it has the history, and the event makes the person be evaluated again. Every change is told there,
 * also one that Redis knows to be stale, since the history has a place for it. If either does not take the change it
 * must come again, and what was done before is then a repeat that changes nothing: the event has the same id, the row
 * the same version.
 */
public final class WriteThrough {
    private final ChangeEvents events;
    private final ProfileRows rows;
    private final Clock clock;

    public WriteThrough(ChangeEvents events, ProfileRows rows, Clock clock) {
        this.events = events;
        this.rows = rows;
        this.clock = clock;
    }

    /** What became of the change. */
    public Outcome take(RowChange change) {
        byte[] line = ChangeEventJson.write(change, clock.instant().truncatedTo(ChronoUnit.MILLIS));
        return events.put(change.key(), line) ? rows.apply(change) : Outcome.NOT_TOLD;
    }
}
