package dev.sluice.model.plan;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What an object may hold.
 *
 * @param properties by name
 * @param unplanned what to do with others; what the source says if it is empty
 */
public record ObjectRule(Map<String, PropertyRule> properties, Optional<Unplanned> unplanned) {
    /** Nothing is said of it. */
    public static final ObjectRule ANY = new ObjectRule(Map.of(), Optional.empty());

    public ObjectRule {
        properties = Collections.unmodifiableMap(new LinkedHashMap<>(properties));
    }
}
