package dev.sluice.model.profile;

import dev.sluice.model.Event;
import dev.sluice.model.EventType;
import dev.sluice.model.Value;
import dev.sluice.model.rules.Matcher;
import dev.sluice.model.rules.Observation;
import dev.sluice.model.rules.Occurrence;
import dev.sluice.model.rules.RuleNeeds;
import dev.sluice.model.rules.RuleSet;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/**
 * Folds a person's events into memberships, exactly under repeats and disorder.
 *
 * <p><b>The definition.</b> A person's profile is what comes of taking the distinct events that the rules need (of
 * several copies of one id the one received first), in the order of (event time, id): an {@code identify} sets or, with
 * {@code null}, removes traits; then every segment is asked about the event, the traits and the events so far, and
 * {@link Standing} says what the answers do to the memberships.
 *
 * <p><b>Why it converges.</b> The set of distinct canonical events does not depend on how often or in what order copies
 * arrive, and the order of folding is total. So it is enough to keep the events: one that comes in its turn is folded
 * onto {@code head}; any other is put in its place and everything kept is folded again from {@code base}. The two paths
 * agree because {@code head} is by construction the fold of {@code base} with all kept events.
 *
 * <p>Where less is kept than the definition asks ({@link Recent#MAX_UNSETTLED}, {@link Recent#MAX_LATENESS}) a late
 * event is counted as too late and left to the batch side. Traits of the relational row and statistics are taken as they are
 * now, not as they were at each event.
 *
 * <p>Thread-safety: as that of the {@link Matcher}.
 */
public final class Fold {
    private final RuleSet rules;
    private final RuleNeeds needs;
    private final Matcher matcher;
    private final Standing standing;

    /** @param matcher answers for exactly this rule set */
    public Fold(RuleSet rules, Matcher matcher) {
        this.rules = rules;
        this.needs = new RuleNeeds(rules);
        this.matcher = matcher;
        this.standing = new Standing(rules);
    }

    /**
     * What came of some arrivals.
     *
     * @param recent to be kept from now on; the same instance as before if nothing changed
     * @param taken events folded for the first time
     * @param repeated copies of events that are kept already, and that change nothing
     * @param tooLate events older than everything kept
     * @param refolded whether events had to be put between or before others, or the rule set had changed
     */
    public record Outcome(Recent recent, int taken, int repeated, int tooLate, boolean refolded) {}

    /** Folds events that arrived, in any order, with any repeats. Events that no rule needs are passed over. */
    public Outcome take(UserState state, Collection<Event> arrivals) {
        var kept = new KeptEvents(state.recent());
        for (Event event : arrivals) {
            needs.keep(event).ifPresent(kept::add);
        }
        boolean ruleSetChanged =
                state.recent().ruleSet() != rules.number() && !kept.events().isEmpty();
        if (!kept.changed() && !ruleSetChanged) {
            return new Outcome(state.recent(), 0, kept.repeated(), kept.tooLate(), false);
        }
        boolean refold = kept.disordered() || ruleSetChanged;
        FoldState from = refold ? state.recent().base() : state.recent().head();
        List<Occurrence> events = kept.events();
        FoldState head = fold(from, state, events, refold ? firstAfter(from, events) : events.size() - kept.taken());
        Recent recent = trimmed(new Recent(rules.number(), state.recent().base(), events, head), state);
        return new Outcome(recent, kept.taken(), kept.repeated(), kept.tooLate(), refold);
    }

    private FoldState fold(FoldState from, UserState state, List<Occurrence> events, int first) {
        FoldState at = from;
        for (int i = first; i < events.size(); i++) {
            Occurrence event = events.get(i);
            // An event that only an earlier rule set named is history, not an occasion.
            at = needs.needs(event.type(), event.name())
                    ? step(at, state, events.subList(0, i + 1))
                    : new FoldState(event.time(), event.id(), at.traits(), at.memberships());
        }
        return at;
    }

    private FoldState step(FoldState before, UserState state, List<Occurrence> history) {
        Occurrence current = history.get(history.size() - 1);
        Value.Fields traits = before.traits();
        if (current.type() == EventType.IDENTIFY) {
            traits = overlay(traits, current.details());
        }
        Value.Fields known = overlay(traits, state.profile());
        var observation = new Observation(current, known, state.statistics(), history, before.direct());
        Map<String, Membership> memberships =
                standing.next(before.memberships(), matcher.matching(observation), current.time());
        return new FoldState(current.time(), current.id(), traits, memberships);
    }

    /**
     * Settles what is beyond the stated bounds: folds it into the base. Of what is settled, the events that a count can
     * still reach stay as history, so that folding again from the base counts what was counted before.
     */
    private Recent trimmed(Recent recent, UserState state) {
        List<Occurrence> events = recent.events();
        Instant settledBefore = recent.head().at().minus(Recent.MAX_LATENESS);
        int first = firstAfter(recent.base(), events);
        int rest = Math.max(first, events.size() - Recent.MAX_UNSETTLED);
        while (rest < events.size() && events.get(rest).time().isBefore(settledBefore)) {
            rest++;
        }
        if (rest == first && events.size() <= Recent.MAX_EVENTS) {
            return recent;
        }
        FoldState base = fold(recent.base(), state, events.subList(0, rest), first);
        List<Occurrence> history = needs.history(events.subList(0, rest), base.at());
        List<Occurrence> kept = new ArrayList<>(history);
        kept.addAll(events.subList(rest, events.size()));
        int excess = Math.max(0, kept.size() - Recent.MAX_EVENTS);
        return new Recent(recent.ruleSet(), base, kept.subList(excess, kept.size()), recent.head());
    }

    private static int firstAfter(FoldState base, List<Occurrence> events) {
        int first = 0;
        while (first < events.size() && !base.isBefore(events.get(first))) {
            first++;
        }
        return first;
    }

    private static Value.Fields overlay(Value.Fields under, Value.Fields over) {
        Value.Fields all = under;
        for (Map.Entry<String, Value> field : over.fields().entrySet()) {
            all = all.with(field.getKey(), field.getValue());
        }
        return all;
    }
}
