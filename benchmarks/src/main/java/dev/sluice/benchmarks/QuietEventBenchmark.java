package dev.sluice.benchmarks;

import dev.sluice.model.profile.Recent;
import dev.sluice.model.profile.UserState;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
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

/** What an event that changes no membership costs the classifier without Redis: reading, folding and writing the state. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class QuietEventBenchmark {
    @Param({"1000"})
    private int segments;

    private @Nullable QuietEvents events;
    private int next;

    /** Makes the people. */
    @Setup
    public void people() {
        events = new QuietEvents(segments);
    }

    private QuietEvents events() {
        return Objects.requireNonNull(events);
    }

    private int next() {
        next = (next + 1) % events().count();
        return next;
    }

    /** The state from its bytes. */
    @Benchmark
    public UserState read() {
        return events().read(next());
    }

    /** The event into the state, with the rules. */
    @Benchmark
    public Recent fold() {
        return events().fold(next());
    }

    /** The state after it to bytes. */
    @Benchmark
    public byte[] write() {
        return events().write(next());
    }

    /** All three. */
    @Benchmark
    public byte[] take() {
        return events().take(next());
    }
}
