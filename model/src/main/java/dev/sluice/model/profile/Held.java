package dev.sluice.model.profile;

import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * That what was kept of a person has been lost: nobody is to leave a segment, or enter one, because of forgetting. The
 * memberships stand still until the person has been rebuilt. Immutable.
 *
 * @param since when the loss was found
 * @param memberships of the stored profile at that time, by segment id
 */
public record Held(Instant since, Map<String, Membership> memberships) {
    public Held {
        memberships = Collections.unmodifiableSortedMap(new TreeMap<>(memberships));
    }
}
