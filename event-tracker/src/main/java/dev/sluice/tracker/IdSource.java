package dev.sluice.tracker;

/** Where fresh ids come from: random in production, counted in tests. Thread-safe. */
@FunctionalInterface
public interface IdSource {
    /** An id never given before: letters, digits and hyphens. */
    String next();
}
