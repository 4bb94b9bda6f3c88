package dev.sluice.benchmarks;

import dev.sluice.classifier.drools.DroolsMatcher;
import dev.sluice.model.Event;
import dev.sluice.model.EventJson;
import dev.sluice.model.Value;
import dev.sluice.model.rules.Matcher;
import dev.sluice.model.rules.Observation;
import dev.sluice.model.rules.Occurrence;
import dev.sluice.model.rules.RuleEvaluator;
import dev.sluice.model.rules.RuleNeeds;
import dev.sluice.model.rules.RuleSet;
import dev.sluice.model.rules.RuleSetJson;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.StringJoiner;
import java.util.concurrent.TimeUnit;
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
 * What it costs to ask every segment of a rule set about one event of a person of whom twenty are kept: in plain Java and
 * in Drools.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 5, time = 1)
public class RulesBenchmark {
    private static final List<String> EVENTS =
            List.of("Application Opened", "Ad Clicked", "Ad Skipped", "Card Played", "Order Completed");

    @Param({"10", "100", "1000"})
    private int segments;

    private Matcher plain = observation -> Set.of();
    private Matcher drools = observation -> Set.of();
    private List<Observation> observations = List.of();
    private int next;

    /** Compiles the rules and makes a hundred observations. */
    @Setup
    public void compile() {
        RuleSet rules = rules(segments);
        plain = new RuleEvaluator(rules);
        drools = DroolsMatcher.of(rules);
        observations = observations(new RuleNeeds(rules));
    }

    /** The meaning, written to be read. */
    @Benchmark
    public Set<String> plainJava() {
        return plain.matching(observations.get(next++ % observations.size()));
    }

    /** The engine that the classifier runs. */
    @Benchmark
    public Set<String> drools() {
        return drools.matching(observations.get(next++ % observations.size()));
    }

    static RuleSet rules(int count) {
        var segments = new StringJoiner(",", "{\"segments\":[", "]}");
        for (int i = 0; i < count; i++) {
            segments.add("""
                    {"id":"s-%d","kind":"live","when":{"allOf":[
                      {"event":{"name":"%s"}},
                      {"count":{"name":"%s","where":[{"property":"seconds","atLeast":%d}],"last":"P7D","atLeast":%d}},
                      {"trait":"country","equals":"C%d"}]}}""".formatted(i, EVENTS.get(i % 5), EVENTS.get((i / 5) % 5), i % 30, 1 + i % 4, i % 50));
        }
        return new RuleSet(
                "demo", 1, RuleSetJson.readSegments(segments.toString().getBytes(StandardCharsets.UTF_8)));
    }

    static List<Observation> observations(RuleNeeds needs) {
        List<Occurrence> history = new ArrayList<>();
        List<Observation> observations = new ArrayList<>();
        for (byte[] line : SampleEvents.lines(120)) {
            Event event = EventJson.read(line);
            history.add(needs.keep(event).orElseThrow());
            int size = history.size();
            if (size >= 20) {
                var traits = new Value.Fields(Map.of("country", Value.of("C" + size % 50)));
                observations.add(new Observation(
                        history.get(size - 1),
                        traits,
                        Value.Fields.NONE,
                        List.copyOf(history.subList(size - 20, size))));
            }
        }
        return observations;
    }
}
