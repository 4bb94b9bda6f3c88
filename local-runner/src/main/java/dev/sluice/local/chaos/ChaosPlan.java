package dev.sluice.local.chaos;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Which faults happen when in a run: equal seeds and lengths give equal plans. Each kind occurs at least once. The first
 * moments are left quiet, and the last part too, so that everything can come to rest. What the programs do at such a
 * moment is not repeatable; what is done to them is. Pure.
 *
 * @param seed that it was drawn from
 * @param faults in the order of their moments; bounded, see {@link FaultKind}
 * @param calm when the last quiet part begins
 */
public record ChaosPlan(long seed, List<Fault> faults, Duration calm) {
    /** The shortest run that can have chaos. */
    public static final Duration SHORTEST_RUN = Duration.ofSeconds(15);

    private static final Duration FIRST = Duration.ofSeconds(1);
    private static final Duration SHORTEST_CALM = Duration.ofSeconds(4);
    private static final Duration LONGEST_CALM = Duration.ofSeconds(20);
    /** The calm is this part of a run. */
    private static final int CALM_PART = 6;

    /** Attempts that the AWS SDK makes of one call. */
    private static final int MOST_TIMES = 3;

    private static final double SECONDS_OF_A_MINUTE = 60;

    /** Copies the list. */
    public ChaosPlan {
        faults = List.copyOf(faults);
    }

    /** @throws IllegalArgumentException if the run is shorter than {@link #SHORTEST_RUN} */
    public static ChaosPlan of(long seed, Duration run) {
        if (run.compareTo(SHORTEST_RUN) < 0) {
            throw new IllegalArgumentException("a run with chaos takes at least " + SHORTEST_RUN.toSeconds() + " s");
        }
        Duration calm = run.minus(lastPart(run));
        var random = new SplittableRandom(seed);
        var faults = new ArrayList<Fault>();
        for (FaultKind kind : FaultKind.values()) {
            int count = count(kind, calm.minus(FIRST), random);
            for (int i = 0; i < count; i++) {
                faults.add(draw(kind, calm, random));
            }
        }
        faults.sort(Comparator.comparing(Fault::at));
        return new ChaosPlan(seed, faults, calm);
    }

    private static Duration lastPart(Duration run) {
        Duration part = run.dividedBy(CALM_PART);
        if (part.compareTo(SHORTEST_CALM) < 0) {
            return SHORTEST_CALM;
        }
        return part.compareTo(LONGEST_CALM) > 0 ? LONGEST_CALM : part;
    }

    /** Half to one and a half times the usual number. */
    private static int count(FaultKind kind, Duration within, SplittableRandom random) {
        double usual = kind.perMinute() * (within.toSeconds() / SECONDS_OF_A_MINUTE);
        return Math.clamp(Math.round(usual * random.nextDouble(0.5, 1.5)), 1, kind.most());
    }

    private static Fault draw(FaultKind kind, Duration calm, SplittableRandom random) {
        Duration at = Duration.ofMillis(random.nextLong(FIRST.toMillis(), calm.toMillis()));
        Duration lasting = Duration.ofMillis(random.nextInt(kind.leastMillis(), kind.mostMillis() + 1));
        int times = kind.isOfAWrite() ? random.nextInt(1, MOST_TIMES + 1) : 1;
        return new Fault(at, kind, lasting, times);
    }
}
