package dev.sluice.model.profile;

import dev.sluice.model.PersonKey;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A person's memberships at one version: one item in DynamoDB. Immutable; written by {@link SegmentedProfileJson}.
 *
 * @param version 1 for the first, each next one higher
 * @param ruleSet number of the rule set in force when it was written
 * @param asOf event time of the last event that it takes in
 * @param writer token of the write, so that a retried write that had succeeded is recognised as one's own
 * @param memberships by segment id, sorted; each with its end as it was known at this version
 * @param cause why it was written
 * @param stateRevision of the state in the cache from which it was made: a state of a lower one has lost something
 * @param stateUntil a state of the person that is missing before this was lost; from then on its time was over, and the
 *     person had done nothing for a state's whole life; empty if that is not known, or states stay for ever
 * @param past the memberships that ended last, at most {@value FoldState#MAX_PAST}, in the order of their ends
 * @param shared what partners may be told of the person
 */
public record SegmentedProfile(
        PersonKey key,
        long version,
        int ruleSet,
        Instant asOf,
        String writer,
        Map<String, Membership> memberships,
        Cause cause,
        long stateRevision,
        Optional<Instant> stateUntil,
        List<PastMembership> past,
        Shared shared) {
    public SegmentedProfile {
        memberships = Collections.unmodifiableSortedMap(new TreeMap<>(memberships));
        past = List.copyOf(past);
    }

    /** Of which it is not known until when the state lives. */
    public SegmentedProfile(
            PersonKey key,
            long version,
            int ruleSet,
            Instant asOf,
            String writer,
            Map<String, Membership> memberships,
            Cause cause,
            long stateRevision,
            List<PastMembership> past,
            Shared shared) {
        this(key, version, ruleSet, asOf, writer, memberships, cause, stateRevision, Optional.empty(), past, shared);
    }

    /** Of which nothing is told of the past, and nothing is shared. */
    public SegmentedProfile(
            PersonKey key,
            long version,
            int ruleSet,
            Instant asOf,
            String writer,
            Map<String, Membership> memberships,
            Cause cause) {
        this(key, version, ruleSet, asOf, writer, memberships, cause, 0, List.of(), Shared.NOTHING);
    }

    /** The same telling these of now and those of the past. */
    public SegmentedProfile with(Map<String, Membership> otherMemberships, List<PastMembership> otherPast) {
        return new SegmentedProfile(
                key,
                version,
                ruleSet,
                asOf,
                writer,
                otherMemberships,
                cause,
                stateRevision,
                stateUntil,
                otherPast,
                shared);
    }

    /** The same telling partners this. */
    public SegmentedProfile with(Shared other) {
        return new SegmentedProfile(
                key, version, ruleSet, asOf, writer, memberships, cause, stateRevision, stateUntil, past, other);
    }

    /** Whether {@code others} say the same of the person; by which rule set a membership began, and when it will end, does not count. */
    public boolean saysTheSameAs(Map<String, Membership> others) {
        return same(memberships, others);
    }

    /** Whether two say the same of a person. */
    @SuppressWarnings("ReferenceEquality") // the same object says the same, and mostly it is one.
    public static boolean same(Map<String, Membership> some, Map<String, Membership> others) {
        return some == others
                || some.keySet().equals(others.keySet())
                        && some.entrySet().stream().allMatch(entry -> {
                            Membership other = others.get(entry.getKey());
                            return other != null
                                    && other.since().equals(entry.getValue().since())
                                    && other.direct() == entry.getValue().direct();
                        });
    }
}
