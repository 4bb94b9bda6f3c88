package dev.sluice.model.plan;

import java.util.OptionalInt;

/**
 * How much a request and an event may hold. What is empty is bounded by the node alone, and nothing here raises what the
 * node allows.
 *
 * @param eventsPerBatch 1 to 100,000
 * @param eventBytes of one event, 256 to 1,048,576
 * @param properties of one event's properties or traits, at all levels, 1 to 10,000
 * @param nameLength characters of an event's or a property's name, 1 to 1,024
 * @param textLength characters of any text in properties or traits, 1 to 1,048,576
 * @param traits different traits: of one event, and of those that the plan names, 1 to 10,000
 */
public record PlanLimits(
        OptionalInt eventsPerBatch,
        OptionalInt eventBytes,
        OptionalInt properties,
        OptionalInt nameLength,
        OptionalInt textLength,
        OptionalInt traits) {
    /** Those of the node alone. */
    public static final PlanLimits NONE = new PlanLimits(
            OptionalInt.empty(),
            OptionalInt.empty(),
            OptionalInt.empty(),
            OptionalInt.empty(),
            OptionalInt.empty(),
            OptionalInt.empty());

    /** Both of them: of each the lower. */
    public PlanLimits and(PlanLimits other) {
        return new PlanLimits(
                lower(eventsPerBatch, other.eventsPerBatch),
                lower(eventBytes, other.eventBytes),
                lower(properties, other.properties),
                lower(nameLength, other.nameLength),
                lower(textLength, other.textLength),
                lower(traits, other.traits));
    }

    private static OptionalInt lower(OptionalInt one, OptionalInt other) {
        if (one.isEmpty() || other.isEmpty()) {
            return one.isPresent() ? one : other;
        }
        return OptionalInt.of(Math.min(one.getAsInt(), other.getAsInt()));
    }
}
