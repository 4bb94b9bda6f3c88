package dev.sluice.local.simulator;

import dev.sluice.local.simulator.Action.AdClicked;
import dev.sluice.local.simulator.Action.AdSkipped;
import dev.sluice.local.simulator.Action.AdWatched;
import dev.sluice.local.simulator.Action.ApplicationOpened;
import dev.sluice.local.simulator.Action.Broken;
import dev.sluice.local.simulator.Action.CardPlayed;
import dev.sluice.local.simulator.Action.Identified;
import dev.sluice.local.simulator.Action.OrderCompleted;
import dev.sluice.local.simulator.Action.ScreenSeen;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One person's kept events, those of the row among them, in the order of (event time, id), the moments between them at which
 * one of them has left a window, and where in all that we are. Not thread-safe.
 */
final class History {
    private record Happening(
            Instant at,
            String id,
            @Nullable Action action,
            @Nullable RowChange row) {}

    /** @param last place of the last event at the moment */
    private record Step(Instant moment, int last) {}

    private final List<Happening> happenings;
    private final List<Step> steps = new ArrayList<>();
    private int current = -1;

    /**
     * @param windows all that are asked for
     * @param asOf up to when time passes; in any case up to the last event
     */
    History(Collection<Arrival> arrivals, Collection<RowChange> rows, Collection<Duration> windows, Instant asOf) {
        Stream<Happening> told = arrivals.stream()
                .filter(arrival -> isKept(arrival.event().action()))
                .map(arrival -> new Happening(
                        arrival.eventTime(),
                        arrival.event().id(),
                        arrival.event().action(),
                        null));
        Stream<Happening> written =
                rows.stream().map(change -> new Happening(change.stamp().changedAt(), change.eventId(), null, change));
        happenings = Stream.concat(told, written)
                .sorted(Comparator.comparing(Happening::at).thenComparing(Happening::id))
                .toList();
        TreeSet<Instant> leavings = new TreeSet<>();
        happenings.forEach(happening ->
                windows.forEach(window -> leavings.add(happening.at().plus(window))));
        happenings.forEach(happening -> leavings.remove(happening.at()));
        for (int i = 0; i < happenings.size(); i++) {
            steps.add(new Step(happenings.get(i).at(), i));
            boolean isLast = i == happenings.size() - 1;
            Instant end = isLast ? asOf.plusMillis(1) : happenings.get(i + 1).at();
            if (end.isAfter(happenings.get(i).at())) {
                for (Instant leaving : leavings.subSet(happenings.get(i).at(), end)) {
                    steps.add(new Step(leaving, i));
                }
            }
        }
    }

    /** Moves on to the next step; false at the end. */
    boolean advance() {
        current++;
        return current < steps.size();
    }

    Instant now() {
        return steps.get(current).moment();
    }

    /** What the person did last: a change of the row is nothing that the person does. Null if nothing yet. */
    @Nullable
    Action action() {
        for (int i = steps.get(current).last(); i >= 0; i--) {
            Action action = happenings.get(i).action();
            if (action != null) {
                return action;
            }
        }
        return null;
    }

    /** How the person's row changed; null if the last event was something that the person did. */
    @Nullable
    RowChange row() {
        return happenings.get(steps.get(current).last()).row();
    }

    /** How many events up to the current one lie in the window that ends with it, open at its old end. */
    int count(Duration window, Predicate<Action> which) {
        Instant open = now().minus(window);
        int count = 0;
        for (int i = steps.get(current).last(); i >= 0 && happenings.get(i).at().isAfter(open); i--) {
            Action action = happenings.get(i).action();
            if (action != null && which.test(action)) {
                count++;
            }
        }
        return count;
    }

    /** The events that some starter rule names; only these change anything. */
    static boolean isKept(Action action) {
        return switch (action) {
            case ApplicationOpened _, AdClicked _, AdSkipped _, CardPlayed _, OrderCompleted _, Identified _ -> true;
            case AdWatched _, ScreenSeen _, Broken _ -> false;
        };
    }
}
