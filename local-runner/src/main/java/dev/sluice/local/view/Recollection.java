package dev.sluice.local.view;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;

/** Remembers the last snapshots, to tell rates from counts. Not thread-safe. */
final class Recollection {
    private static final Duration SPAN = Duration.ofSeconds(2);

    private final Deque<LiveSnapshot> snapshots = new ArrayDeque<>();
    private final Deque<Double> inPerSecond = new ArrayDeque<>();

    Frame next(LiveSnapshot now) {
        snapshots.addLast(now);
        // The first that stays is the youngest of those at least a span old.
        while (snapshots.size() > 2 && isOldEnough(second(), now)) {
            snapshots.removeFirst();
        }
        Frame.Rates rates = Frame.Rates.between(snapshots.getFirst(), now);
        inPerSecond.addLast(rates.in());
        while (inPerSecond.size() > Frame.SAMPLES) {
            inPerSecond.removeFirst();
        }
        return new Frame(now, rates, inPerSecond.stream().toList());
    }

    private LiveSnapshot second() {
        var oldest = snapshots.iterator();
        oldest.next();
        return oldest.next();
    }

    private static boolean isOldEnough(LiveSnapshot snapshot, LiveSnapshot now) {
        return now.elapsed().minus(snapshot.elapsed()).compareTo(SPAN) >= 0;
    }
}
