package dev.sluice.activators;

import java.util.Map;
import java.util.Optional;

/**
 * The variables that a Lambda is configured by, read with errors that name them. Immutable.
 *
 * @param variables as {@code System.getenv()} gives them
 */
public record Environment(Map<String, String> variables) {
    public Environment {
        variables = Map.copyOf(variables);
    }

    /** @throws IllegalArgumentException if it is not set or blank */
    public String required(String name) {
        String value = variables.getOrDefault(name, "");
        if (value.isBlank()) {
            throw new IllegalArgumentException(name + " is not set");
        }
        return value;
    }

    /** Empty if it is not set or blank. */
    public Optional<String> optional(String name) {
        return Optional.of(variables.getOrDefault(name, "")).filter(value -> !value.isBlank());
    }

    /** False if it is not set. @throws IllegalArgumentException if it is neither true nor false */
    public boolean flag(String name) {
        return switch (variables.getOrDefault(name, "false")) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new IllegalArgumentException(name + " must be true or false");
        };
    }
}
