package dev.sluice.model.plan;

import dev.sluice.model.EventType;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * One application of the account that sends events.
 *
 * @param name lower-case letters, digits and hyphens, 1 to 64 characters
 * @param keys its write keys: two while one takes the place of the other
 * @param active false if none of its keys lets anything in
 * @param types that it may send
 * @param rate how many events it may send to one node; as many as the account if it is empty
 * @param limits of its requests and events, besides the account's
 * @param unplannedEvents what becomes of an event that the plan does not name
 * @param unplannedProperties the same of a property or trait
 */
public record PlannedSource(
        String name,
        List<SourceKey> keys,
        boolean active,
        Set<EventType> types,
        Optional<Rate> rate,
        PlanLimits limits,
        Unplanned unplannedEvents,
        Unplanned unplannedProperties) {
    public PlannedSource {
        keys = List.copyOf(keys);
        types = types.isEmpty() ? Set.of() : Set.copyOf(EnumSet.copyOf(types));
    }

    /** The key with this hash. */
    public Optional<SourceKey> key(String sha256) {
        return keys.stream().filter(key -> key.sha256().equals(sha256)).findFirst();
    }
}
