package dev.sluice.model.profile;

import dev.sluice.model.rules.Answers;
import dev.sluice.model.rules.Matcher;
import dev.sluice.model.rules.Observation;
import dev.sluice.model.rules.Occurrence;
import dev.sluice.model.rules.RuleNeeds;
import dev.sluice.model.rules.Turns;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The steps of a fold over one person's events: the events that rules look at, and the turns. Used by one thread. */
final class Steps {
    /** What the steps go by, of one rule set. */
    record Engine(RuleNeeds needs, Matcher matcher, Standing standing, Turns turns) {
        /** The last event that rules look at and that a client sent; of somebody of whom there is none, the last other one. */
        Optional<Occurrence> lastOccasion(List<Occurrence> events) {
            Optional<Occurrence> other = Optional.empty();
            for (int i = events.size() - 1; i >= 0; i--) {
                Occurrence event = events.get(i);
                if (needs.isOccasion(event.type(), event.name())) {
                    if (event.type().isMessage()) {
                        return Optional.of(event);
                    }
                    other = other.isPresent() ? other : Optional.of(event);
                }
            }
            return other;
        }
    }

    private final Engine engine;

    private final UserState state;
    private final List<Occurrence> events;
    private final Optional<Held> held;
    private @Nullable Observation last;
    private boolean sameRules;

    /** Steps that follow each other under one rule set: from a state that another one may have left. */
    Steps(Engine engine, UserState state, List<Occurrence> events) {
        this(engine, state, events, state.recent().held());
    }

    Steps(Engine engine, UserState state, List<Occurrence> events, Optional<Held> held) {
        this.engine = engine;
        this.state = state;
        this.events = events;
        this.held = held;
    }

    /** The same, if the state that they go on from was left by these rules. */
    Steps goingOn(boolean leftByThese) {
        sameRules = leftByThese;
        return this;
    }

    /** What the last step was asked about, if there was one. */
    Optional<Observation> last() {
        return Optional.ofNullable(last);
    }

    /** Folds the events from {@code first} up to, without, {@code end}, and the turns before each and up to a moment. */
    FoldState to(FoldState from, int first, int end, Instant until) {
        FoldState at = from;
        for (int i = first; i < end; i++) {
            Occurrence event = events.get(i);
            at = turns(at, event.time().minusMillis(1), i, Integer.MAX_VALUE);
            // An event that only an earlier rule set named, or that only tells what is shared, is no occasion.
            at = engine.needs().isOccasion(event.type(), event.name())
                    ? step(at, i)
                    : at.told(event).passed(event);
        }
        return turns(at, until, end, Fold.MAX_TURNS);
    }

    /** @param count how many of the events have happened */
    private FoldState turns(FoldState from, Instant until, int count, int most) {
        FoldState at = from;
        for (int i = 0; i < most; i++) {
            Optional<Instant> due = at.due();
            if (due.isEmpty() || due.get().isAfter(until)) {
                break;
            }
            at = turn(at, due.get(), count);
        }
        return at;
    }

    FoldState turn(FoldState before, Instant moment, int count) {
        return seen(before, count)
                .map(seen -> after(before, seen.later(moment, before.direct()), FoldState.TURN, Optional.empty()))
                .orElseGet(before::settled);
    }

    private FoldState step(FoldState before, int index) {
        Occurrence event = events.get(index);
        FoldState told = before.told(event);
        // What another store says of a person is not something that the person does.
        Optional<Observation> seen = event.type().isMessage()
                ? Optional.empty()
                : seen(told, index + 1).map(message -> message.later(event.time(), told.direct()));
        return after(
                told,
                seen.orElseGet(() -> observation(told, event, index + 1)),
                event.id(),
                untouched(before, event, index));
    }

    /**
     * What a message leaves as it is of all that it does not touch.
     *
     * @param current the event that was the current one before it
     * @param due a moment after the message up to which no answer would have changed without it; empty if none ever would
     */
    private record Untouched(Occurrence current, Optional<Instant> due) {}

    private Optional<Untouched> untouched(FoldState before, Occurrence event, int index) {
        // Of somebody who has so many, events were given up that conditions looked at.
        boolean nothingElse = sameRules
                && state.recent().events().size() < Recent.MAX_EVENTS
                && !event.type().tellsWhoSomeoneIs()
                && before.due().filter(due -> !due.isAfter(event.time())).isEmpty();
        return nothingElse
                ? engine.lastOccasion(events.subList(0, index)).map(last -> new Untouched(last, before.due()))
                : Optional.empty();
    }

    /** @param untouched if the step touches nothing but the history and the current event */
    private FoldState after(FoldState before, Observation seen, String id, Optional<Untouched> untouched) {
        boolean leftByThese = sameRules;
        sameRules = true;
        last = seen;
        if (held.filter(Held::everything).isPresent()) {
            return before.standing(seen.at(), id, held.get());
        }
        Answers answers = untouched
                .map(rest -> engine.matcher().after(seen, rest.current()))
                .orElseGet(() -> Answers.ofAll(engine.matcher().matching(seen)));
        Map<String, Membership> memberships = memberships(before.memberships(), answers, seen.at(), leftByThese);
        return new FoldState(
                seen.at(),
                id,
                before.traits(),
                before.row(),
                before.statistics(),
                memberships,
                before.past(memberships, seen.at()),
                untouched
                        .flatMap(Untouched::due)
                        .map(due -> engine.turns().next(seen, due))
                        .or(() -> engine.turns().next(seen)));
    }

    private Map<String, Membership> memberships(
            Map<String, Membership> before, Answers answers, Instant at, boolean leftByThese) {
        Optional<Map<String, Membership>> same =
                leftByThese && held.isEmpty() ? engine.standing().unchanged(before, answers) : Optional.empty();
        return same.orElseGet(() -> engine.standing()
                .next(before, answers, at, held.map(Held::memberships).orElse(Map.of())));
    }

    /** The view at the last occasion. */
    Optional<Observation> seen(FoldState state, int count) {
        return engine.lastOccasion(events.subList(0, count)).map(event -> observation(state, event, count));
    }

    private Observation observation(FoldState at, Occurrence event, int count) {
        return new Observation(
                event,
                View.traits(at, state, engine.needs()),
                View.statistics(at, state, engine.needs()),
                events.subList(0, count),
                at.direct());
    }
}
