package dev.sluice.benchmarks;

import dev.sluice.model.EventType;
import dev.sluice.tracker.ClockCorrection;
import dev.sluice.tracker.Envelope;
import dev.sluice.tracker.FixedSources;
import dev.sluice.tracker.Judgement;
import dev.sluice.tracker.Limits;
import dev.sluice.tracker.Sources;
import dev.sluice.tracker.Verdict;
import dev.sluice.tracker.intake.Intake;
import dev.sluice.tracker.intake.SimpleIntake;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
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

/**
 * From the bytes of a request to stored events with their places on the ring, one event: as the tracker does it, and
 * beside it the simple way through Jackson. An operation is an event of about 930 bytes.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class IntakeBenchmark {
    private static final int EVENTS = 2_500;
    private static final int BATCH = 50;
    private static final Instant RECEIVED = Instant.parse("2026-11-21T12:00:00.250Z");
    private static final String TRACE = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

    private final Limits limits = new Limits(512_000, 32_768, 2_500, 10);
    private final Sources sources = FixedSources.of(List.of(ClientEvents.WRITE_KEY + "=demo"), limits);
    private final ClockCorrection clock = new ClockCorrection(Duration.ofSeconds(60), Duration.ofSeconds(60));
    private final Intake fast = new Intake(sources, limits, clock, "10.0.0.7", () -> "fresh");
    private final SimpleIntake simple = new SimpleIntake(sources, limits, clock, "10.0.0.7", () -> "fresh");
    private final List<byte[]> singles = events(false);
    private final List<byte[]> batches = batches(events(true));

    /** Who reads. */
    @Param
    public Reader reader = Reader.BYTES;

    /** The two ways. */
    public enum Reader {
        /** The tracker's. */
        BYTES,
        /** The simple one, through Jackson. */
        JACKSON
    }

    /** One event a request. */
    @Benchmark
    @OperationsPerInvocation(EVENTS)
    public int single() {
        return kept(singles, Optional.of(EventType.TRACK));
    }

    /** Fifty events a request. */
    @Benchmark
    @OperationsPerInvocation(EVENTS)
    public int batchOf50() {
        return kept(batches, Optional.empty());
    }

    /** What is stored of the events. */
    List<byte[]> stored() {
        var envelope = new Envelope(Optional.empty(), Optional.of(ClientEvents.WRITE_KEY), RECEIVED, TRACE);
        return batches.stream()
                .flatMap(body -> ((Judgement.Judged) fast.judge(envelope, body)).verdicts().stream())
                .map(verdict -> ((Verdict.Kept) verdict).event().line())
                .toList();
    }

    private int kept(List<byte[]> bodies, Optional<EventType> type) {
        var envelope = new Envelope(type, Optional.of(ClientEvents.WRITE_KEY), RECEIVED, TRACE);
        int kept = 0;
        for (byte[] body : bodies) {
            Judgement judgement = switch (reader) {
                case BYTES -> fast.judge(envelope, body);
                case JACKSON -> simple.judge(envelope, body);
            };
            kept += ((Judgement.Judged) judgement).verdicts().size();
        }
        return kept;
    }

    private static List<byte[]> events(boolean withType) {
        var random = new SplittableRandom(20_261_121L);
        return IntStream.range(0, EVENTS)
                .mapToObj(i -> ClientEvents.event(random, i, withType))
                .toList();
    }

    private static List<byte[]> batches(List<byte[]> events) {
        return IntStream.range(0, EVENTS / BATCH)
                .mapToObj(i -> batch(events.subList(i * BATCH, (i + 1) * BATCH)))
                .toList();
    }

    private static byte[] batch(List<byte[]> events) {
        var body = new ByteArrayOutputStream();
        body.writeBytes("{\"batch\":[".getBytes(StandardCharsets.US_ASCII));
        for (int i = 0; i < events.size(); i++) {
            if (i > 0) {
                body.write(',');
            }
            body.writeBytes(events.get(i));
        }
        body.writeBytes("]}".getBytes(StandardCharsets.US_ASCII));
        return body.toByteArray();
    }
}
