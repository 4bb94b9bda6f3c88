package dev.sluice.model.plan;

/**
 * What is wrong with a plan, or probably not meant, and where.
 *
 * @param path such as {@code events[2].properties.coins.minimum}; empty if it is about the whole
 * @param message for the person who wrote it
 */
public record PlanProblem(String path, String message) {}
