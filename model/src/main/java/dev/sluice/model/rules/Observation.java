package dev.sluice.model.rules;

import dev.sluice.model.Value;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/**
 * The 360-degree view that rules are asked about: the person's last event joined with what is known of the person at a moment.
 *
 * @param current the event being looked at: at a moment at which nothing happens, the last one
 * @param at the moment of evaluation: {@code current}'s time or later
 * @param traits of the person at that moment
 * @param statistics what batch jobs computed of the person
 * @param history the person's kept events in their order, up to and including {@code current}; not copied, and not to
 *     be kept beyond the evaluation
 * @param before segments whose own condition and kind had the person in them before this evaluation
 */
public record Observation(
        Occurrence current,
        Instant at,
        Value.Fields traits,
        Value.Fields statistics,
        List<Occurrence> history,
        Set<String> before) {

    /** At the event itself. */
    public Observation(
            Occurrence current,
            Value.Fields traits,
            Value.Fields statistics,
            List<Occurrence> history,
            Set<String> before) {
        this(current, current.time(), traits, statistics, history, before);
    }

    /** At the event itself, of a person who was in no segment before. */
    public Observation(Occurrence current, Value.Fields traits, Value.Fields statistics, List<Occurrence> history) {
        this(current, traits, statistics, history, Set.of());
    }

    /** The same later, nothing having happened since. */
    public Observation later(Instant moment, Set<String> beforeThen) {
        return new Observation(current, moment, traits, statistics, history, beforeThen);
    }
}
