package dev.sluice.local.view;

import java.util.List;

/**
 * One picture's worth of numbers: a snapshot, and what became of the ones before it.
 *
 * @param rates per second over the last two seconds
 * @param inPerSecond events per second of the past samples, oldest first, at most {@link #SAMPLES}
 */
record Frame(LiveSnapshot now, Rates rates, List<Double> inPerSecond) {
    static final int SAMPLES = 44;

    Frame {
        inPerSecond = List.copyOf(inPerSecond);
    }

    /** Per second. */
    record Rates(double in, double classified, double profileWrites, double changes, double pushes) {
        static Rates between(LiveSnapshot before, LiveSnapshot after) {
            double seconds = after.elapsed().minus(before.elapsed()).toNanos() / 1e9;
            if (seconds <= 0) {
                return new Rates(0, 0, 0, 0, 0);
            }
            return new Rates(
                    (after.in() - before.in()) / seconds,
                    (after.classified() - before.classified()) / seconds,
                    (after.profileWrites() - before.profileWrites()) / seconds,
                    (after.changes() - before.changes()) / seconds,
                    (after.pushes() - before.pushes()) / seconds);
        }
    }
}
