package dev.sluice.classifier.drools;

import dev.sluice.model.EventType;
import dev.sluice.model.Value;
import java.util.List;
import java.util.Set;

/**
 * Something without which a condition cannot be true, and that can be looked up rather than asked: what an event must
 * touch before the rule is worth asking. Guards that are equal are one.
 */
sealed interface Guard {
    /** Nothing is known to be needed: every event touches it. */
    record Always() implements Guard {}

    /** The current event is of this type. */
    record OfType(EventType type) implements Guard {}

    /** The current event is of this kind, as the {@link Numbering} numbers type and name. */
    record OfKind(int kind) implements Guard {}

    /** The current event is of this kind and its property is one of these. */
    record HasProperty(int kind, String property, Set<Value> oneOf) implements Guard {}

    /** The person's trait is one of these. */
    record HasTrait(String name, Set<Value> oneOf) implements Guard {}

    /** The person's statistic is one of these. */
    record HasStatistic(String name, Set<Value> oneOf) implements Guard {}

    /** The person was in the segment before. */
    record WasIn(String segment) implements Guard {}

    /** An event of this kind is kept. */
    record Did(int kind) implements Guard {}

    /** So many events are kept in a slice that any event of a kind may be in, at least. */
    record DidTimes(Numbering.Slice slice, int count) implements Guard {}

    /** So many events of this kind are kept whose property is one of these; one only, if there are several. */
    record DidWith(int kind, String property, Set<Value> oneOf, int times) implements Guard {}

    /** One of these. */
    record Any(List<Guard> guards) implements Guard {}
}
