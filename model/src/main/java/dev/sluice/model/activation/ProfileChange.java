package dev.sluice.model.activation;

import dev.sluice.model.PersonKey;
import dev.sluice.model.profile.Cause;
import dev.sluice.model.profile.SegmentChange;
import dev.sluice.model.profile.Shared;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * One version of a person's profile on its way to partners: what it changed and how everything stands since. Because it
 * says how everything stands, one that is lost is made good by the next, and an old one that comes again is known by its
 * version. One line of the activations stream, written by {@link ProfileChangeJson}. Immutable.
 *
 * @param version of the profile
 * @param ruleSet number of the rule set in force
 * @param asOf event time of the last event that it takes in
 * @param cause why the version was written
 * @param memberships since when the person is in each segment, by segment id, sorted: all of them
 * @param changes of this version, in the order in which partners must hear of them; empty if only what is shared changed,
 *     or if it only repeats how everything stands
 * @param shared what partners may be told of the person
 * @param erased whether the person was erased: in no segment, and nothing of them may be kept once partners know
 */
public record ProfileChange(
        PersonKey key,
        long version,
        int ruleSet,
        Instant asOf,
        Cause cause,
        Map<String, Instant> memberships,
        List<SegmentChange> changes,
        Shared shared,
        boolean erased)
        implements ActivationLine {
    public ProfileChange {
        memberships = Collections.unmodifiableSortedMap(new TreeMap<>(memberships));
        changes = List.copyOf(changes);
    }
}
