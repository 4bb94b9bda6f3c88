package dev.sluice.model.bundle;

/**
 * What is wrong with a bundle, or probably not meant, and where.
 *
 * @param path such as {@code events[2].properties.coins.minimum}; empty if it is about the whole
 * @param message for the person who wrote it
 */
public record BundleProblem(String path, String message) {}
