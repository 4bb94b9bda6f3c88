package dev.sluice.model.rules;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A named condition: people of whom it is true are in the segment, as its kind says. Immutable.
 *
 * @param id stable and unique within the rule set: lower-case letters, digits and hyphens, 1 to 64 characters
 * @param name what people call it
 * @param parent the segment that everyone in this one is also in
 */
public record Segment(String id, String name, Kind kind, Optional<String> parent, Condition when) {
    private static final Pattern ID = Pattern.compile("[a-z0-9][a-z0-9-]{0,63}");

    public Segment {
        if (!ID.matcher(id).matches()) {
            throw new InvalidRuleException("a segment's id must match " + ID.pattern());
        }
        RuleLimits.name("a segment's name", name);
        RuleLimits.tree(when);
    }

    /** How membership follows from the condition. */
    public sealed interface Kind {}

    /** In while the condition is true: enters and leaves. */
    public record Live() implements Kind {}

    /** Once in, stays. */
    public record Append() implements Kind {}

    /**
     * At most one of its group: of those that match, the one with the highest rank replaces the others; while none
     * matches, the last one stays.
     *
     * @param rank 0 to {@link RuleLimits#MAX_SEGMENTS}, unique within the group; higher wins
     */
    public record Overwrite(String group, int rank) implements Kind {
        public Overwrite {
            RuleLimits.name("group", group);
            if (rank < 0 || rank > RuleLimits.MAX_SEGMENTS) {
                throw new InvalidRuleException("rank must be 0 to " + RuleLimits.MAX_SEGMENTS + ", is " + rank);
            }
        }
    }
}
