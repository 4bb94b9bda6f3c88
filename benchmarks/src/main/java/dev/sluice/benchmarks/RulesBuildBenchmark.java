package dev.sluice.benchmarks;

import dev.sluice.classifier.drools.DroolsMatcher;
import dev.sluice.model.rules.Matcher;
import dev.sluice.model.rules.Observation;
import dev.sluice.model.rules.RuleSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What it costs to build a rule set aside, put it in the place of the one that runs and ask it for the first time, and
 * how much heap it then keeps, after a collection, in {@code heapKiB}.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(1)
@Warmup(iterations = 8)
@Measurement(iterations = 5)
public class RulesBuildBenchmark {
    @Param({"10", "100", "1000", "5000", "20000"})
    int segments;

    private RuleSet rules = RuleSet.none("demo");
    private List<Observation> observations = List.of();
    private volatile Matcher running = observation -> Set.of();
    private long before;

    /** What one build leaves in memory. */
    @State(Scope.Thread)
    @AuxCounters(AuxCounters.Type.EVENTS)
    public static class Memory {
        public long heapKiB;
    }

    /** The rules as they come from the store. */
    @Setup
    public void read() {
        var game = new GameRules(RulesBenchmark.SEED, segments);
        rules = game.rules(segments);
        observations = game.observations(1);
    }

    /** Lets go of the last one. */
    @Setup(Level.Iteration)
    public void forget() {
        running = observation -> Set.of();
        before = used();
    }

    /** Compiles, swaps, asks. */
    @Benchmark
    public Set<String> buildAndSwap() {
        running = DroolsMatcher.of(rules);
        return running.matching(observations.get(0));
    }

    /** Looks at what is left. */
    @TearDown(Level.Iteration)
    public void measure(Memory memory) {
        memory.heapKiB = (used() - before) / 1024;
    }

    private static long used() {
        System.gc();
        Runtime runtime = Runtime.getRuntime();
        return runtime.totalMemory() - runtime.freeMemory();
    }
}
