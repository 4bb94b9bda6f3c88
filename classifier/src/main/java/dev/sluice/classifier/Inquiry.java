package dev.sluice.classifier;

import dev.sluice.model.EventType;
import dev.sluice.model.profile.Fold;
import dev.sluice.model.profile.FoldState;
import dev.sluice.model.profile.Held;
import dev.sluice.model.profile.Membership;
import dev.sluice.model.profile.PastMembership;
import dev.sluice.model.profile.Recent;
import dev.sluice.model.profile.UserState;
import dev.sluice.model.rules.Occurrence;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Finds out how a person stood to a segment at a moment, by folding what is kept up to then; where that is kept no more, by
 * the memberships that are known to have ended. Nothing is written. Used by one thread.
 */
final class Inquiry {
    private final Fold fold;
    private final int ruleSet;
    private final UserState state;
    private final Recent recent;
    private final Instant now;
    private final FoldState newest;
    private final List<PastMembership> past;

    /**
     * @param storedPast that the stored profile knows of, if the state was lost
     * @param now up to when time is folded
     */
    Inquiry(RunningRules.Running running, UserState state, List<PastMembership> storedPast, Instant now) {
        this.fold = running.fold();
        this.ruleSet = running.rules().number();
        this.state = state;
        this.recent = state.recent();
        Instant head = recent.head().at();
        this.now = now.isAfter(head) ? now.truncatedTo(ChronoUnit.MILLIS) : head;
        this.newest = fold.at(state, this.now).map(Fold.View::state).orElse(recent.head());
        this.past = new ArrayList<>(storedPast);
        past.addAll(newest.past());
    }

    /** @param asked the moment; empty for now */
    Explained at(String segment, Optional<Instant> asked) {
        Instant at = asked.orElse(now);
        Optional<Fold.View> view = fold.at(state, at);
        boolean told = view.isPresent()
                && (view.get().seen().isPresent() || recent.held().isEmpty());
        Optional<Membership> in = (told ? view.get().state().memberships() : known(view.isPresent()))
                .entrySet().stream()
                        .filter(entry -> entry.getKey().equals(segment))
                        .map(Map.Entry::getValue)
                        .filter(membership -> !membership.since().isAfter(at))
                        .findFirst();
        if (in.isPresent()) {
            return found(at, view, Explained.Standing.IS, in.map(Membership::since), until(segment, in.get()), segment);
        }
        List<PastMembership> ended = new ArrayList<>(past);
        view.map(Fold.View::state).map(FoldState::past).ifPresent(ended::addAll);
        Optional<PastMembership> last =
                last(ended, one -> one.segment().equals(segment) && !one.since().isAfter(at));
        if (last.isEmpty()) {
            var standing = told ? Explained.Standing.IS_NOT : Explained.Standing.UNKNOWN;
            return found(at, view, standing, Optional.empty(), Optional.empty(), segment);
        }
        var standing = last.get().until().isAfter(at) ? Explained.Standing.IS : Explained.Standing.WAS;
        return found(at, view, standing, last.map(PastMembership::since), last.map(PastMembership::until), segment);
    }

    /** The memberships that reach back to before what can be folded. */
    private Map<String, Membership> known(boolean afterBase) {
        return afterBase
                ? recent.held().map(Held::memberships).orElse(Map.of())
                : recent.base().memberships();
    }

    /** When it has ended since, or will. */
    private Optional<Instant> until(String segment, Membership membership) {
        Optional<PastMembership> ended =
                last(past, one -> one.segment().equals(segment) && one.since().equals(membership.since()));
        if (ended.isPresent()) {
            return ended.map(PastMembership::until);
        }
        var asOfNow = new Recent(ruleSet, recent.base(), recent.events(), newest, recent.held());
        return Optional.ofNullable(
                        fold.withEnds(state.with(asOfNow), Kept.TURNS_AHEAD).get(segment))
                .filter(current -> current.since().equals(membership.since()))
                .flatMap(Membership::until);
    }

    private static Optional<PastMembership> last(List<PastMembership> past, Predicate<PastMembership> test) {
        return past.stream().filter(test).reduce((one, other) -> other.until().isBefore(one.until()) ? one : other);
    }

    private Explained found(
            Instant at,
            Optional<Fold.View> view,
            Explained.Standing standing,
            Optional<Instant> since,
            Optional<Instant> until,
            String segment) {
        Optional<Explained.Cause> cause = (standing == Explained.Standing.IS ? since : until).flatMap(this::cause);
        return new Explained(
                at,
                standing,
                since,
                until,
                cause,
                recent.held()
                        .filter(held -> standing == Explained.Standing.IS
                                && held.memberships().containsKey(segment))
                        .map(Held::since),
                recent.held().map(Held::since),
                view.flatMap(Fold.View::seen),
                untold(view));
    }

    private Optional<Explained.Untold> untold(Optional<Fold.View> view) {
        if (view.flatMap(Fold.View::seen).isPresent()) {
            return Optional.empty();
        }
        if (view.isEmpty()) {
            return Optional.of(Explained.Untold.BEFORE_WHAT_IS_KEPT);
        }
        return Optional.of(recent.held().isPresent() ? Explained.Untold.LOST : Explained.Untold.NOTHING_HAPPENED);
    }

    /** What the step at a moment was, if there was one that is kept. */
    private Optional<Explained.Cause> cause(Instant moment) {
        return fold.at(state, moment)
                .map(Fold.View::state)
                .filter(step -> step.at().equals(moment))
                .map(step -> step.lastId().equals(FoldState.TURN)
                        ? new Explained.Cause(Explained.Cause.Kind.TIME, Optional.empty())
                        : new Explained.Cause(kind(step.lastId()), Optional.of(step.lastId())));
    }

    private Explained.Cause.Kind kind(String eventId) {
        boolean row = recent.events().stream()
                .filter(event -> event.id().equals(eventId))
                .map(Occurrence::type)
                .anyMatch(type -> type == EventType.USER_PROFILE || type == EventType.STATISTICS);
        return row ? Explained.Cause.Kind.PROFILE : Explained.Cause.Kind.EVENT;
    }
}
