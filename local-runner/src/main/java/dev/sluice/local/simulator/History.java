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
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;

/** One person's kept events in the order of (event time, id), and where in it we are. Not thread-safe. */
final class History {
    private record Happening(Instant at, String id, Action action) {}

    private final List<Happening> happenings;
    private int current = -1;

    History(Collection<Arrival> arrivals) {
        happenings = arrivals.stream()
                .filter(arrival -> isKept(arrival.event().action()))
                .map(arrival -> new Happening(
                        arrival.eventTime(),
                        arrival.event().id(),
                        arrival.event().action()))
                .sorted(Comparator.comparing(Happening::at).thenComparing(Happening::id))
                .toList();
    }

    /** Moves on to the next event; false at the end. */
    boolean advance() {
        current++;
        return current < happenings.size();
    }

    Instant now() {
        return happenings.get(current).at();
    }

    Action action() {
        return happenings.get(current).action();
    }

    /** How many events up to the current one lie in the window that ends with it, open at its old end. */
    int count(Duration window, Predicate<Action> which) {
        Instant open = now().minus(window);
        int count = 0;
        for (int i = current; i >= 0 && happenings.get(i).at().isAfter(open); i--) {
            if (which.test(happenings.get(i).action())) {
                count++;
            }
        }
        return count;
    }

    /** The events that some starter rule names; only these change anything. */
    private static boolean isKept(Action action) {
        return switch (action) {
            case ApplicationOpened _, AdClicked _, AdSkipped _, CardPlayed _, OrderCompleted _, Identified _ -> true;
            case AdWatched _, ScreenSeen _, Broken _ -> false;
        };
    }
}
