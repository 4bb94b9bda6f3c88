package dev.sluice.model.profile;

import dev.sluice.model.Value;
import dev.sluice.model.rules.Occurrence;
import java.time.Instant;
import java.util.Collections;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * How far a person's events have been folded and what came of it. Immutable.
 *
 * @param at event time of the last event folded; {@link Instant#MIN} before any
 * @param lastId id of that event; empty before any
 * @param traits set by the {@code identify} events so far
 * @param memberships by segment id, sorted
 */
public record FoldState(Instant at, String lastId, Value.Fields traits, Map<String, Membership> memberships) {
    /** Before anything happened. */
    public static final FoldState START = new FoldState(Instant.MIN, "", Value.Fields.NONE, Map.of());

    public FoldState {
        memberships = Collections.unmodifiableSortedMap(new TreeMap<>(memberships));
    }

    /** Whether an event comes after everything that was folded, in the order of (event time, id). */
    public boolean isBefore(Occurrence event) {
        int byTime = at.compareTo(event.time());
        return byTime < 0 || (byTime == 0 && lastId.compareTo(event.id()) < 0);
    }

    /** The segments that hold the person by their own condition and kind, not only by a child's. */
    public Set<String> direct() {
        Set<String> direct = new HashSet<>();
        memberships.forEach((segment, membership) -> {
            if (membership.direct()) {
                direct.add(segment);
            }
        });
        return direct;
    }
}
