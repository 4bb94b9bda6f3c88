package dev.sluice.model.rules;

import dev.sluice.model.EventType;
import dev.sluice.model.Value;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;

/**
 * What is kept of an event for the rules: enough to place it in time and to answer every condition of the running rule
 * set. Ordered by event time, then id; that order is total for one person and the same however events arrive.
 *
 * @param details the properties that rules test, or the traits that an {@code identify} sets
 * @param receivedAt of the copy that this was made from; the smallest is canonical
 */
public record Occurrence(
        String id, EventType type, Optional<String> name, Instant time, Instant receivedAt, Value.Fields details)
        implements Comparable<Occurrence> {
    private static final Comparator<Occurrence> ORDER =
            Comparator.comparing(Occurrence::time).thenComparing(Occurrence::id);

    @Override
    public int compareTo(Occurrence other) {
        return ORDER.compare(this, other);
    }
}
