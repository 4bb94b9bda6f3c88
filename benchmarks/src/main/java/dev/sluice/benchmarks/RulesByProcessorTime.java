package dev.sluice.benchmarks;

import dev.sluice.model.rules.Matcher;
import dev.sluice.model.rules.Observation;
import dev.sluice.model.rules.RuleSet;
import java.lang.management.ManagementFactory;
import java.util.List;

/**
 * Measures what {@link RulesBenchmark} and {@link RulesBuildBenchmark} do in the processor time of one thread, the best of
 * several rounds, for machines that others use as well. Prints a row for each engine and size: engine, segments,
 * milliseconds to build, microseconds an event, segments that match, KiB of heap.
 */
public final class RulesByProcessorTime {
    private static final List<Integer> SIZES = List.of(10, 100, 1_000, 5_000, 20_000);
    private static final int PEOPLE = 64;
    private static final int BUILDS = 6;
    private static final long ROUND_NANOS = 300_000_000;
    private static final int ROUNDS = 8;

    private static long answers;

    private RulesByProcessorTime() {}

    public static void main(String[] args) {
        for (RulesBenchmark.Engine engine : RulesBenchmark.Engine.values()) {
            SIZES.forEach(size -> measure(engine, size));
        }
        if (answers == 0) {
            throw new IllegalStateException("no segment matched: nothing was measured");
        }
    }

    private static void measure(RulesBenchmark.Engine engine, int size) {
        var game = new GameRules(RulesBenchmark.SEED, size);
        RuleSet rules = game.rules(size);
        List<Observation> people = game.observations(PEOPLE);
        long build = Long.MAX_VALUE;
        for (int i = 0; i < BUILDS; i++) {
            long start = now();
            answers += engine.of(rules).matching(people.get(0)).size();
            build = Math.min(build, now() - start);
        }
        long before = used();
        Matcher matcher = engine.of(rules);
        long matches = 0;
        for (Observation person : people) {
            matches += matcher.matching(person).size();
        }
        long heap = used() - before;
        double event = Double.MAX_VALUE;
        for (int i = 0; i < ROUNDS; i++) {
            event = Math.min(event, round(matcher, people));
        }
        System.out.printf(
                "%-12s %6d %8.1f %10.2f %6.1f %8d%n",
                engine, size, build / 1e6, event / 1e3, (double) matches / PEOPLE, heap / 1024);
    }

    private static double round(Matcher matcher, List<Observation> people) {
        long start = now();
        long events = 0;
        while (now() - start < ROUND_NANOS) {
            for (Observation person : people) {
                answers += matcher.matching(person).size();
                events++;
            }
        }
        return (double) (now() - start) / events;
    }

    private static long now() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }

    private static long used() {
        System.gc();
        Runtime runtime = Runtime.getRuntime();
        return runtime.totalMemory() - runtime.freeMemory();
    }
}
