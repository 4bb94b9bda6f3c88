package dev.sluice.model.plan;

/**
 * How many events may be sent.
 *
 * @param eventsPerSecond in the long run, 1 to 1,000,000
 * @param burst events at once after a rest, {@code eventsPerSecond} to 10,000,000
 */
public record Rate(int eventsPerSecond, int burst) {}
