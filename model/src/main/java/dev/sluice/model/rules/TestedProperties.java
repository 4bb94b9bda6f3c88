package dev.sluice.model.rules;

import dev.sluice.model.EventType;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Which events rules name, and which properties of each they look at. Not thread-safe while it is filled. */
final class TestedProperties {
    private final Map<EventType, Set<String>> ofAnyName = new EnumMap<>(EventType.class);
    private final Map<EventType, Map<String, Set<String>>> ofName = new EnumMap<>(EventType.class);

    void add(EventFilter filter, Collection<String> besides) {
        Set<String> properties = filter.name().isPresent()
                ? ofName.computeIfAbsent(filter.type(), any -> new HashMap<>())
                        .computeIfAbsent(filter.name().get(), any -> new HashSet<>())
                : ofAnyName.computeIfAbsent(filter.type(), any -> new HashSet<>());
        filter.where().forEach(where -> properties.add(where.property()));
        properties.addAll(besides);
    }

    /** Whether some filter covers events of this type and name. */
    boolean covers(EventType type, Optional<String> name) {
        return ofAnyName.containsKey(type)
                || name.filter(ofName.getOrDefault(type, Map.of())::containsKey).isPresent();
    }

    Set<String> of(EventType type, Optional<String> name) {
        Set<String> properties = new HashSet<>(ofAnyName.getOrDefault(type, Set.of()));
        name.map(ofName.getOrDefault(type, Map.of())::get).ifPresent(properties::addAll);
        return properties;
    }
}
