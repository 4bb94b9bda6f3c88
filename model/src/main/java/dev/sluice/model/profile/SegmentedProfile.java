package dev.sluice.model.profile;

import dev.sluice.model.PersonKey;
import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * A person's memberships at one version: one item in DynamoDB. Immutable; written by {@link SegmentedProfileJson}.
 *
 * @param version 1 for the first, each next one higher
 * @param ruleSet number of the rule set in force when it was written
 * @param asOf event time of the last event that it takes in
 * @param writer token of the write, so that a retried write that had succeeded is recognised as one's own
 * @param memberships by segment id, sorted
 * @param cause why it was written
 */
public record SegmentedProfile(
        PersonKey key,
        long version,
        int ruleSet,
        Instant asOf,
        String writer,
        Map<String, Membership> memberships,
        Cause cause) {
    public SegmentedProfile {
        memberships = Collections.unmodifiableSortedMap(new TreeMap<>(memberships));
    }

    /** Whether {@code others} say the same of the person; by which rule set a membership began does not count. */
    public boolean saysTheSameAs(Map<String, Membership> others) {
        if (!memberships.keySet().equals(others.keySet())) {
            return false;
        }
        return memberships.entrySet().stream().allMatch(entry -> {
            Membership other = others.get(entry.getKey());
            return other != null
                    && other.since().equals(entry.getValue().since())
                    && other.direct() == entry.getValue().direct();
        });
    }
}
