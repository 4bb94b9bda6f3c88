package dev.sluice.model.profile;

import dev.sluice.model.Event;
import dev.sluice.model.rules.Matcher;
import dev.sluice.model.rules.Observation;
import dev.sluice.model.rules.Occurrence;
import dev.sluice.model.rules.RuleNeeds;
import dev.sluice.model.rules.RuleSet;
import dev.sluice.model.rules.Turns;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Folds a person's events, and the time that passes, into memberships, exactly under repeats and disorder.
 *
 * <p><b>The definition</b> is {@code docs/PROFILE.md}. The steps of a fold are the distinct events that the rules need, of
 * several copies of one id the one received first, in the order of (event time, id); and between them and after the last
 * the <em>turns</em>: moments at which some answer changes though nothing happens ({@link Turns}). A step asks every
 * segment about the event (at a turn the last one), the traits, the statistics and the events so far, and {@link Standing}
 * says what the answers do to the memberships. After a message that comes in its turn only those are asked whose answers
 * it can change ({@link Matcher#after}): the turn that is due next says that no other changes before.
 *
 * <p><b>The laws.</b> Let f(S, T) be what comes of a set S of events up to the moment T. Taking arrivals in any order, in
 * any split and with any repeats ends in f(S, T): commutative, associative and idempotent. <b>Why:</b> the set of
 * canonical events does not depend on how often or in what order copies come; the order of events is total; the turns
 * follow from the events. So it is enough to keep the events. One that comes in its turn is folded onto {@code head};
 * any other is put in its place, and everything kept is folded again from {@code base}, up to where {@code head} was. The
 * two paths agree because {@code head} is by construction the fold of {@code base} with all kept events and turns. Asking
 * at a moment that is no turn changes nothing, since the answers are those of the step before, and {@link Standing} is
 * idempotent; so it does not matter when somebody looks, and {@link Turns} may err to the early side.
 *
 * <p>Where less is kept than the definition asks ({@link Recent#MAX_UNSETTLED}, {@link Recent#MAX_LATENESS}) a late
 * event is counted as too late and left to the batch side.
 *
 * <p>Thread-safety: as that of the {@link Matcher}.
 */
public final class Fold {
    /** Turns after the last event in one take: what is left is due at once, and taken next time. */
    public static final int MAX_TURNS = 1_000;

    private final RuleSet rules;
    private final RuleNeeds needs;
    private final Steps.Engine engine;
    private final Settled settled;

    /** @param matcher answers for exactly this rule set */
    public Fold(RuleSet rules, Matcher matcher) {
        this.rules = rules;
        this.needs = new RuleNeeds(rules);
        this.engine = new Steps.Engine(needs, matcher, new Standing(rules), new Turns(rules));
        this.settled = new Settled(rules);
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
        return take(state, arrivals, Optional.empty());
    }

    /**
     * Folds events that arrived, and the time up to a moment.
     *
     * @param asOf up to when, inclusive; if empty, up to the last event or where time had been folded to before
     */
    public Outcome take(UserState state, Collection<Event> arrivals, Optional<Instant> asOf) {
        return take(state, arrivals, List.of(), asOf);
    }

    /**
     * Folds events that arrived, what is kept of others who turned out to be the same person, and the time up to a moment.
     * Of the others' events that are still kept this is exact; what was settled of them joins what was settled of the
     * person, as {@link Settled} says.
     *
     * @param others states of the person's other names
     */
    public Outcome take(UserState state, Collection<Event> arrivals, List<UserState> others, Optional<Instant> asOf) {
        Recent before = state.recent();
        FoldState base = withNewerSnapshots(joinedBase(state, others), arrivals);
        var kept = new KeptEvents(before, base);
        for (Event event : arrivals) {
            needs.keep(event).map(occurrence -> named(occurrence, event, state)).ifPresent(kept::add);
        }
        for (UserState other : others) {
            other.recent()
                    .events()
                    .forEach(event -> kept.takeOver(
                            event.takenFrom(other.key().person()).of(state.key().person())));
        }
        boolean ruleSetChanged =
                before.ruleSet() != rules.number() && !kept.events().isEmpty();
        boolean baseChanged = !base.equals(before.base());
        boolean isDue = isDue(before.head(), asOf);
        if (!kept.changed() && !ruleSetChanged && !baseChanged && !isDue) {
            return new Outcome(before, 0, kept.repeated(), kept.tooLate(), false);
        }
        boolean refold = kept.disordered() || ruleSetChanged || baseChanged;
        FoldState from = refold ? base : before.head();
        List<Occurrence> events = kept.events();
        int first = refold ? firstAfter(from, events) : events.size() - kept.taken();
        Instant reached = before.head().at();
        FoldState head = new Steps(engine, state, events)
                .goingOn(!refold && before.ruleSet() == rules.number())
                .to(from, first, events.size(), asOf.filter(reached::isBefore).orElse(reached));
        Recent recent = trimmed(new Recent(rules.number(), base, events, head, before.held(), before.origin()), state);
        return new Outcome(recent, kept.taken(), kept.repeated(), kept.tooLate(), refold);
    }

    /** Another store's word of a higher version counts from then on, also if it comes when its place is settled. */
    private FoldState withNewerSnapshots(FoldState base, Collection<Event> arrivals) {
        FoldState newer = base;
        for (Event event : arrivals) {
            if (!event.type().isMessage()) {
                Optional<Occurrence> said = needs.keep(event).filter(occurrence -> !base.isBefore(occurrence));
                newer = said.isPresent() ? newer.told(said.get()) : newer;
            }
        }
        return newer;
    }

    /** What is settled of all of them: each is folded up to where one is settled already, and there they are joined. */
    private FoldState joinedBase(UserState state, List<UserState> others) {
        FoldState furthest = state.recent().base();
        for (UserState other : others) {
            FoldState base = other.recent().base();
            furthest = base.at().isAfter(furthest.at()) ? base : furthest;
        }
        if (others.isEmpty() || furthest.at().equals(Instant.MIN)) {
            return state.recent().base();
        }
        FoldState joined = settledTo(furthest, state);
        for (UserState other : others) {
            joined = settled.joined(joined, settledTo(furthest, other));
        }
        return joined.placed(furthest);
    }

    private FoldState settledTo(FoldState place, UserState state) {
        FoldState base = state.recent().base();
        List<Occurrence> events = state.recent().events();
        int first = firstAfter(base, events);
        int end = Math.max(first, firstAfter(place, events));
        return base.at().isBefore(place.at())
                ? new Steps(engine, state, events).to(base, first, end, place.at())
                : base;
    }

    /**
     * Folds exactly these events, and the time up to a moment, onto what was settled: of someone to whom other events
     * no longer belong, or belong again.
     *
     * @param events any order, each id once
     * @param asOf or where time had been folded to before, if that is later
     */
    public Recent only(UserState state, Collection<Occurrence> events, Instant asOf) {
        Recent before = state.recent();
        List<Occurrence> ordered = events.stream()
                .map(event -> event.of(state.key().person()))
                .sorted()
                .toList();
        Instant until = asOf.isBefore(before.head().at()) ? before.head().at() : asOf;
        FoldState base = before.base();
        FoldState head = ordered.isEmpty()
                ? base.alone(until)
                : new Steps(engine, state, ordered).to(base, firstAfter(base, ordered), ordered.size(), until);
        return trimmed(new Recent(rules.number(), base, ordered, head, before.held()), state);
    }

    /** Whether time alone has something to do up to this moment. */
    private static boolean isDue(FoldState head, Optional<Instant> asOf) {
        return asOf.isPresent()
                && head.due().filter(due -> !due.isAfter(asOf.get())).isPresent();
    }

    /**
     * When each membership ends if nothing happens.
     *
     * @param most turns that are looked at; what ends later is not told
     */
    public Map<String, Membership> withEnds(UserState state, int most) {
        Map<String, Membership> ends = new TreeMap<>(state.recent().head().memberships());
        var run = new Steps(engine, state, state.recent().events());
        FoldState at = state.recent().head();
        for (int i = 0; i < most && at.due().isPresent(); i++) {
            FoldState next =
                    run.turn(at, at.due().get(), state.recent().events().size());
            for (String left : at.memberships().keySet()) {
                if (!next.memberships().containsKey(left)) {
                    ends.computeIfPresent(
                            left,
                            (segment, membership) ->
                                    membership.until().isPresent() ? membership : membership.until(next.at()));
                }
            }
            at = next;
        }
        return ends;
    }

    /**
     * A person at a moment.
     *
     * @param state as of the last step up to then
     * @param seen what the rules are asked about then; empty if nothing had happened yet
     */
    public record View(FoldState state, Optional<Observation> seen) {}

    /** A person at a moment, by what is kept; empty if that is before what is settled, which is kept no more. */
    public Optional<View> at(UserState state, Instant moment) {
        FoldState base = state.recent().base();
        if (moment.isBefore(base.at())) {
            return Optional.empty();
        }
        List<Occurrence> events = state.recent().events();
        int first = firstAfter(base, events);
        int end = first;
        while (end < events.size() && !events.get(end).time().isAfter(moment)) {
            end++;
        }
        var run = new Steps(engine, state, events);
        FoldState reached = run.to(base, first, end, moment);
        Optional<Observation> step = run.last().filter(seen -> seen.at().equals(moment));
        return Optional.of(new View(
                reached,
                step.isPresent() ? step : run.seen(reached, end).map(seen -> seen.later(moment, reached.direct()))));
    }

    private static Occurrence named(Occurrence occurrence, Event event, UserState state) {
        return event.key().equals(state.key())
                ? occurrence
                : occurrence.sentBy(event.key().person());
    }

    /**
     * Settles what is beyond the stated bounds: folds it into the base. Of what is settled, the events that a count can
     * still reach stay as history, so that folding again from the base counts what was counted before; and the last
     * occasion stays, for the turns after it.
     */
    private Recent trimmed(Recent recent, UserState state) {
        List<Occurrence> events = recent.events();
        int first = firstAfter(recent.base(), events);
        int rest = Math.max(first, events.size() - Recent.MAX_UNSETTLED);
        // Of whom something is lost, old events may come again, in any order.
        if (recent.held().isEmpty() && !events.isEmpty()) {
            Instant settledBefore = events.get(events.size() - 1).time().minus(Recent.MAX_LATENESS);
            while (rest < events.size() - 1 && events.get(rest).time().isBefore(settledBefore)) {
                rest++;
            }
        }
        if (rest == first && events.size() <= Recent.MAX_EVENTS) {
            return recent;
        }
        FoldState base = new Steps(engine, state, events, Optional.empty()).to(recent.base(), first, rest, Instant.MIN);
        List<Occurrence> kept = new ArrayList<>(history(events.subList(0, rest), base.at()));
        kept.addAll(events.subList(rest, events.size()));
        int excess = Math.max(0, kept.size() - Recent.MAX_EVENTS);
        return new Recent(recent.ruleSet(), base, kept.subList(excess, kept.size()), recent.head(), recent.held());
    }

    private List<Occurrence> history(List<Occurrence> settled, Instant from) {
        List<Occurrence> history = new ArrayList<>(needs.history(settled, from));
        engine.lastOccasion(settled).ifPresent(event -> {
            int place = Collections.binarySearch(history, event);
            if (place < 0) {
                history.add(-place - 1, event);
            }
        });
        return history;
    }

    private static int firstAfter(FoldState base, List<Occurrence> events) {
        int first = 0;
        while (first < events.size() && !base.isBefore(events.get(first))) {
            first++;
        }
        return first;
    }
}
