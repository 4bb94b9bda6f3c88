package dev.sluice.model.profile;

import dev.sluice.model.Value;
import dev.sluice.model.rules.Occurrence;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the stream keeps of a person so that a late event can be put in its place: {@code base} folded with the
 * {@code events} after it gives {@code head}. Immutable; written by {@link RecentJson}.
 *
 * @param ruleSet number of the rule set under which {@code head} was folded
 * @param base what came of the events that are settled: nothing is put among them any more
 * @param events kept, in the order of (event time, id), each id once; those not after {@code base} are settled and only
 *     count in the windows of later ones
 * @param head what came of everything so far
 * @param held that what was kept before is lost; empty if nothing is
 * @param origin of what these, or those before an event was folded, were read from: for writing only
 */
public record Recent(
        int ruleSet, FoldState base, List<Occurrence> events, FoldState head, Optional<Held> held, Origin origin) {
    /** Of a person of whom nothing is kept. */
    public static final Recent NOTHING = new Recent(0, FoldState.START, List.of(), FoldState.START, Optional.empty());

    /**
     * Events of one person among which a late one can still be put; older ones are settled. Folding all of them again is
     * what one late event can cost.
     */
    public static final int MAX_UNSETTLED = 500;

    /**
     * Kept events of one person, settled ones included. At some 120 bytes each a person comes to at most about 120 KB,
     * and with the longest values that are kept ({@code BoundedValues}) to about 2 MB. Of settled events those are kept
     * that a count can still reach, and of one count not more than it can tell apart; only where many counts together
     * need more than this are the oldest given up.
     */
    public static final int MAX_EVENTS = 1000;

    /**
     * How far behind the person's newest event one may lie and still be put in its place by the stream. An event that is
     * older than {@code base} is left to the batch side.
     */
    public static final Duration MAX_LATENESS = Duration.ofDays(60);

    public Recent {
        events = List.copyOf(events);
    }

    /** That was not read from anywhere. */
    public Recent(int ruleSet, FoldState base, List<Occurrence> events, FoldState head, Optional<Held> held) {
        this(ruleSet, base, events, head, held, Origin.NONE);
    }

    /**
     * Of a name whose events have been taken over by a person: in no segment since then. What was settled stays, for the
     * case that the name becomes someone of its own again.
     */
    public Recent takenOver(Instant when) {
        var nobody = new FoldState(
                head.at(),
                head.lastId(),
                Value.Fields.NONE,
                Snapshot.NONE,
                Snapshot.NONE,
                Map.of(),
                head.past(Map.of(), when),
                Optional.empty());
        return new Recent(0, base, List.of(), nobody, Optional.empty());
    }

    /** The same as if it had been folded under no rule set, so that it is folded again, and held or not. */
    public Recent unfolded(Optional<Held> nowHeld) {
        return new Recent(0, base, events, head, nowHeld, origin);
    }
}
