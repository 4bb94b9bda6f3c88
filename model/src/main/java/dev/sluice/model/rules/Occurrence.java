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
 * @param receivedAt of the copy that this was made from; the smallest is canonical
 * @param details the properties that rules test, the traits that an {@code identify} changes, or the {@value #VERSION}
 *     and {@value #VALUES} of a row or of statistics
 * @param sentBy the person's name under which it was sent, if that is not the one by which the person goes now
 */
public record Occurrence(
        String id,
        EventType type,
        Optional<String> name,
        Instant time,
        Instant receivedAt,
        Value.Fields details,
        Optional<String> sentBy)
        implements Comparable<Occurrence> {
    /** Field of the details of a row or of statistics: the higher is the newer. */
    public static final String VERSION = "version";
    /** Field of the details of a row or of statistics. */
    public static final String VALUES = "values";

    private static final Comparator<Occurrence> ORDER =
            Comparator.comparing(Occurrence::time).thenComparing(Occurrence::id);

    /** Sent by the name by which the person goes. */
    public Occurrence(
            String id, EventType type, Optional<String> name, Instant time, Instant receivedAt, Value.Fields details) {
        this(id, type, name, time, receivedAt, details, Optional.empty());
    }

    /** The same, sent by another of the person's names. */
    public Occurrence sentBy(String person) {
        return new Occurrence(id, type, name, time, receivedAt, details, Optional.of(person));
    }

    /** The same, of the person of this name: sent by it, or by another of the person's names as before. */
    public Occurrence of(String person) {
        return sentBy.filter(person::equals).isPresent()
                ? new Occurrence(id, type, name, time, receivedAt, details, Optional.empty())
                : this;
    }

    /** The same, taken over from one who was known by this name only. */
    public Occurrence takenFrom(String person) {
        return sentBy.isPresent() ? this : sentBy(person);
    }

    @Override
    public int compareTo(Occurrence other) {
        return ORDER.compare(this, other);
    }
}
