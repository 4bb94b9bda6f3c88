package dev.sluice.model.profile;

import dev.sluice.model.EventType;
import dev.sluice.model.Value;
import dev.sluice.model.rules.Occurrence;
import dev.sluice.model.rules.TraitChange;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * How far a person's events have been folded and what came of it. Immutable.
 *
 * @param at the moment of the last step: an event's time, or a turn's; {@link Instant#MIN} before any
 * @param lastId id of the event, {@link #TURN} of a turn; empty before any
 * @param traits set by the {@code identify} events so far
 * @param row of the relational user table, as of the newest version so far
 * @param statistics of the newest version so far
 * @param memberships by segment id, sorted
 * @param past the memberships that ended last, at most {@value #MAX_PAST}, in the order of their ends
 * @param due the next moment at which memberships may change by themselves; empty if there is none
 */
public record FoldState(
        Instant at,
        String lastId,
        Value.Fields traits,
        Snapshot row,
        Snapshot statistics,
        Map<String, Membership> memberships,
        List<PastMembership> past,
        Optional<Instant> due) {
    /** Stands in the place of an event's id for a turn, and sorts after all of them: an event of the same moment comes late. */
    public static final String TURN = "\uffff";

    /** Enough to say of the last weeks who was in what; some 4 KB. */
    public static final int MAX_PAST = 32;

    /** Before anything happened. */
    public static final FoldState START = new FoldState(
            Instant.MIN, "", Value.Fields.NONE, Snapshot.NONE, Snapshot.NONE, Map.of(), List.of(), Optional.empty());

    public FoldState {
        memberships = Memberships.copyOf(memberships);
        past = List.copyOf(past);
    }

    /** The same, having passed an event that is no occasion. */
    FoldState passed(Occurrence event) {
        return new FoldState(event.time(), event.id(), traits, row, statistics, memberships, past, due);
    }

    /** The same in the place of the other. */
    FoldState placed(FoldState other) {
        return new FoldState(other.at, other.lastId, traits, row, statistics, memberships, past, due);
    }

    /** The same at a later moment, of someone of whom no event is left. */
    FoldState alone(Instant moment) {
        return new FoldState(moment, TURN, traits, row, statistics, memberships, past, Optional.empty());
    }

    /** The same with what an event says of the person; the memberships and the place are as before. */
    FoldState told(Occurrence event) {
        if (!event.type().tellsWhoSomeoneIs()) {
            return this;
        }
        return new FoldState(
                at,
                lastId,
                event.type() == EventType.IDENTIFY ? changed(traits, event.details()) : traits,
                event.type() == EventType.USER_PROFILE ? newer(row, event) : row,
                event.type() == EventType.STATISTICS ? newer(statistics, event) : statistics,
                memberships,
                past,
                due);
    }

    /** The same at a later step, with memberships that stand still. */
    FoldState standing(Instant moment, String id, Held held) {
        return new FoldState(moment, id, traits, row, statistics, held.memberships(), past, Optional.empty());
    }

    private static Value.Fields changed(Value.Fields traits, Value.Fields changes) {
        Value.Fields all = traits;
        for (Map.Entry<String, Value> change : changes.fields().entrySet()) {
            all = all.with(change.getKey(), TraitChange.applied(traits.find(change.getKey()), change.getValue()));
        }
        return all;
    }

    private static Snapshot newer(Snapshot before, Occurrence event) {
        long version = event.details().whole(Occurrence.VERSION);
        return version > before.version()
                ? new Snapshot(version, event.details().inner(Occurrence.VALUES))
                : before;
    }

    /** The same with nothing due. */
    FoldState settled() {
        return new FoldState(at, lastId, traits, row, statistics, memberships, past, Optional.empty());
    }

    /** What ended between these memberships and those, besides what had ended before; the newest. */
    @SuppressWarnings("ReferenceEquality") // the same object has the same keys, and mostly it is one.
    List<PastMembership> past(Map<String, Membership> after, Instant moment) {
        boolean same = after == memberships;
        if (past.size() <= MAX_PAST && (same || after.keySet().containsAll(memberships.keySet()))) {
            return past;
        }
        List<PastMembership> ended = new ArrayList<>(past);
        memberships.forEach((segment, was) -> {
            if (!after.containsKey(segment)) {
                ended.add(new PastMembership(segment, was.since(), moment, was.ruleSet(), was.direct()));
            }
        });
        return ended.subList(Math.max(0, ended.size() - MAX_PAST), ended.size());
    }

    /** Whether an event comes after everything that was folded, in the order of (event time, id). */
    public boolean isBefore(Occurrence event) {
        int byTime = at.compareTo(event.time());
        return byTime < 0 || (byTime == 0 && lastId.compareTo(event.id()) < 0);
    }

    /** The segments that hold the person by their own condition and kind, not only by a child's. */
    public Set<String> direct() {
        return Memberships.copyOf(memberships).direct();
    }
}
