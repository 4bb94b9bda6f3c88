package dev.sluice.benchmarks;

import dev.sluice.model.Event;
import dev.sluice.model.EventJson;
import dev.sluice.model.PersonKey;
import dev.sluice.model.profile.Fold;
import dev.sluice.model.profile.Recent;
import dev.sluice.model.profile.UserState;
import dev.sluice.model.rules.RuleEvaluator;
import dev.sluice.model.rules.RuleSet;
import dev.sluice.model.rules.RuleSetJson;
import java.nio.charset.StandardCharsets;
import java.util.List;
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
 * What it costs to fold one more event of a person of whom some are kept: in its turn, and late, when all that is kept is
 * folded again.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class FoldBenchmark {
    private static final RuleSet RULES =
            new RuleSet("demo", 1, RuleSetJson.readSegments("""
                    {"segments":[
                      {"id":"regular-player","kind":"live","when":{"count":{"name":"Application Opened","last":"P7D","atLeast":5}}},
                      {"id":"ad-engaged","kind":"live","when":{"count":{"name":"Ad Clicked","last":"P7D","atLeast":1}}},
                      {"id":"skips-ads","kind":"live","when":{"allOf":[{"count":{"name":"Ad Skipped","last":"P1D","atLeast":3}},{"not":{"count":{"name":"Ad Clicked","last":"P1D","atLeast":1}}}]}},
                      {"id":"lapsed","kind":"live","when":{"count":{"name":"Card Played","last":"P14D","exactly":0}}},
                      {"id":"bronze","kind":"overwrite","group":"spender","rank":1,"when":{"count":{"name":"Order Completed","last":"P30D","atLeast":1}}}
                    ]}""".getBytes(StandardCharsets.UTF_8)));

    @Param({"10", "100", "500"})
    private int kept;

    private UserState withoutLast = state(Recent.NOTHING);
    private UserState withoutFirst = state(Recent.NOTHING);
    private List<Event> last = List.of();
    private List<Event> first = List.of();
    private final Fold fold = new Fold(RULES, new RuleEvaluator(RULES));

    /** Keeps all events but the last, and all but the first. */
    @Setup
    public void keep() {
        List<Event> events =
                SampleEvents.lines(kept + 1).stream().map(EventJson::read).toList();
        withoutLast =
                state(fold.take(state(Recent.NOTHING), events.subList(0, kept)).recent());
        withoutFirst = state(
                fold.take(state(Recent.NOTHING), events.subList(1, kept + 1)).recent());
        last = events.subList(kept, kept + 1);
        first = events.subList(0, 1);
    }

    /** The newest event: one step. */
    @Benchmark
    public Fold.Outcome inItsTurn() {
        return fold.take(withoutLast, last);
    }

    /** The oldest event: everything again. */
    @Benchmark
    public Fold.Outcome late() {
        return fold.take(withoutFirst, first);
    }

    private static UserState state(Recent recent) {
        return new UserState(new PersonKey("demo", "u1"), recent);
    }
}
