package dev.sluice.benchmarks;

import dev.sluice.classifier.drools.DroolsMatcher;
import dev.sluice.model.rules.Matcher;
import dev.sluice.model.rules.Observation;
import dev.sluice.model.rules.RuleEvaluator;
import dev.sluice.model.rules.RuleSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What it costs to ask every segment of a rule set about one event of a person of whom twenty are kept: in plain Java, in
 * Drools as the classifier compiles it, and in Drools without thought. The segments are those of {@link GameRules}.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 5, time = 1)
public class RulesBenchmark {
    static final long SEED = 7;
    private static final int PEOPLE = 64;

    /** How a rule set is made to run. */
    public enum Engine {
        PLAIN_JAVA(RuleEvaluator::new),
        DROOLS(DroolsMatcher::of),
        NAIVE_DROOLS(NaiveDrools::new);

        private final Function<RuleSet, Matcher> matcher;

        Engine(Function<RuleSet, Matcher> matcher) {
            this.matcher = matcher;
        }

        Matcher of(RuleSet rules) {
            return matcher.apply(rules);
        }
    }

    @Param({"10", "100", "1000", "5000", "20000"})
    int segments;

    @Param
    Engine engine = Engine.DROOLS;

    private Matcher matcher = observation -> Set.of();
    private List<Observation> observations = List.of();
    private int next;

    /** Compiles the rules and makes the people. */
    @Setup
    public void compile() {
        var game = new GameRules(SEED, segments);
        matcher = engine.of(game.rules(segments));
        observations = game.observations(PEOPLE);
    }

    /** One event. */
    @Benchmark
    public Set<String> event() {
        return matcher.matching(observations.get(next++ % PEOPLE));
    }
}
