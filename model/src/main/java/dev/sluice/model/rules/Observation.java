package dev.sluice.model.rules;

import dev.sluice.model.Value;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/**
 * The 360-degree view that rules are asked about: one event joined with what is known of the person at that moment.
 *
 * @param current the event being looked at
 * @param traits of the person as of the event
 * @param statistics what batch jobs computed of the person
 * @param history the person's kept events in their order, up to and including {@code current}; not copied, and not to
 *     be kept beyond the evaluation
 * @param before segments whose own condition and kind had the person in them before {@code current}
 */
public record Observation(
        Occurrence current,
        Value.Fields traits,
        Value.Fields statistics,
        List<Occurrence> history,
        Set<String> before) {

    /** Of a person who was in no segment before. */
    public Observation(Occurrence current, Value.Fields traits, Value.Fields statistics, List<Occurrence> history) {
        this(current, traits, statistics, history, Set.of());
    }

    /** The time of evaluation: the current event's. */
    public Instant at() {
        return current.time();
    }
}
