package dev.sluice.benchmarks;

import dev.sluice.model.Codec;
import dev.sluice.model.LineBatch;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** What it costs to pack and unpack an event in a full batch, by codec and level. An operation is an event. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class CodecBenchmark {
    private static final int EVENTS = 500;

    private final List<byte[]> lines = new IntakeBenchmark().stored().subList(0, EVENTS);

    /** Format and level. */
    @Param({"GZIP-1", "GZIP-4", "GZIP-6", "ZSTD-1", "ZSTD-3"})
    public String codec = "ZSTD-1";

    /** Packs a full batch. */
    @Benchmark
    @OperationsPerInvocation(EVENTS)
    public byte[] pack() {
        return LineBatch.encode(lines, codec());
    }

    Codec codec() {
        int dash = codec.indexOf('-');
        return new Codec(Codec.Format.valueOf(codec.substring(0, dash)), Integer.parseInt(codec.substring(dash + 1)));
    }
}
