package dev.sluice.model.profile;

import dev.sluice.model.MalformedException;
import dev.sluice.model.PersonKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * That a person entered or left a segment, and why. Written by {@link SegmentChangeJson}.
 *
 * @param at event time: of entering the membership's beginning, of leaving its end
 * @param version of the profile at which the membership changed
 */
public record SegmentChange(
        PersonKey key, String segment, Direction direction, Instant at, long version, int ruleSet, Cause cause) {

    /** Which way. */
    public enum Direction {
        ENTERED,
        LEFT;

        /** As it is written: {@code entered} or {@code left}. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        /** @throws MalformedException if it is neither word */
        public static Direction ofWord(String word) {
            return switch (word) {
                case "entered" -> ENTERED;
                case "left" -> LEFT;
                default -> throw new MalformedException("change must be entered or left");
            };
        }
    }

    /**
     * What changed between two versions of one person's profile, in the order of the segments' ids: first all that was
     * left, then all that was entered, so that a partner never sees two of an exclusive group at once.
     *
     * @param before the older version, or empty if there was none
     */
    public static List<SegmentChange> between(Optional<SegmentedProfile> before, SegmentedProfile after) {
        Map<String, Membership> was = before.map(SegmentedProfile::memberships).orElse(Map.of());
        Map<String, Membership> is = after.memberships();
        List<SegmentChange> changes = new ArrayList<>();
        for (Map.Entry<String, Membership> membership : new TreeMap<>(was).entrySet()) {
            String segment = membership.getKey();
            if (!is.containsKey(segment)) {
                Instant since = membership.getValue().since();
                Instant end = after.past().stream()
                        .filter(past ->
                                past.segment().equals(segment) && past.since().equals(since))
                        .map(PastMembership::until)
                        .reduce(after.asOf(), (any, newest) -> newest);
                changes.add(change(after, segment, Direction.LEFT, end));
            }
        }
        is.forEach((segment, membership) -> {
            if (!was.containsKey(segment)) {
                changes.add(change(after, segment, Direction.ENTERED, membership.since()));
            }
        });
        return changes;
    }

    private static SegmentChange change(SegmentedProfile after, String segment, Direction direction, Instant at) {
        return new SegmentChange(after.key(), segment, direction, at, after.version(), after.ruleSet(), after.cause());
    }
}
