package dev.sluice.benchmarks;

import dev.sluice.model.JsonText;
import dev.sluice.model.Value;
import dev.sluice.model.profile.Recent;
import dev.sluice.model.profile.RecentJson;
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

/** What it costs to read and to write what is kept of a person, of an ordinary one and of one of whom much is kept. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class StateCodecBenchmark {
    @Param({"30", "500"})
    private int events;

    private Recent recent = Recent.NOTHING;
    private byte[] bytes = {};
    private byte[] spaced = {};

    /** Makes the person. */
    @Setup
    public void keep() {
        recent = new SamplePeople(1).keeping(events);
        bytes = RecentJson.write(recent);
        // A space is enough for the reader that takes any JSON.
        spaced = new byte[bytes.length + 1];
        System.arraycopy(bytes, 0, spaced, 0, bytes.length);
        spaced[bytes.length] = ' ';
    }

    /** As it is stored. */
    @Benchmark
    public Recent read() {
        return RecentJson.read(bytes);
    }

    /** The same with a space behind it, which is why the reader of any JSON reads it in the end. */
    @Benchmark
    public Recent readAnyForm() {
        return RecentJson.read(spaced);
    }

    /** The same bytes to a tree of values. */
    @Benchmark
    public Value readTree() {
        return JsonText.readObject(bytes);
    }

    /** To bytes. */
    @Benchmark
    public byte[] write() {
        return RecentJson.write(recent);
    }
}
