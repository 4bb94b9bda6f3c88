package dev.sluice.benchmarks;

import dev.sluice.model.Event;
import dev.sluice.model.EventJson;
import dev.sluice.model.LineBatch;
import dev.sluice.model.PersonKey;
import dev.sluice.model.Ring;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** What it costs to place a person on the ring, to read one stored event, and to pack and unpack a batch of 500. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class WireBenchmark {
    private final PersonKey person = new PersonKey("demo", "player-004217");
    private final List<byte[]> lines = SampleEvents.lines(500);
    private final byte[] packed = LineBatch.encode(lines);

    /** Hashes one person to its slot. */
    @Benchmark
    public int slot() {
        return Ring.slot(person);
    }

    /** Reads one stored event of some 520 bytes. */
    @Benchmark
    public Event read() {
        return EventJson.read(lines.get(0));
    }

    /** Packs 500 events into one record. */
    @Benchmark
    public byte[] pack500() {
        return LineBatch.encode(lines);
    }

    /** Unpacks a record of 500 events. */
    @Benchmark
    public List<byte[]> unpack500() {
        return LineBatch.decode(packed, 1 << 22);
    }
}
