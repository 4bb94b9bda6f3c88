package dev.sluice.benchmarks;

import dev.sluice.model.Codec;
import dev.sluice.model.EventType;
import dev.sluice.model.LineBatch;
import dev.sluice.model.Ring;
import dev.sluice.tracker.ClockCorrection;
import dev.sluice.tracker.Envelope;
import dev.sluice.tracker.FixedSources;
import dev.sluice.tracker.Judgement;
import dev.sluice.tracker.Limits;
import dev.sluice.tracker.StoredEvent;
import dev.sluice.tracker.Verdict;
import dev.sluice.tracker.intake.Intake;
import dev.sluice.tracker.web.TraceParents;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * How many bytes a single event takes in the stream, by the rate at which a node gets them and by how many slots share a
 * record. The bytes are the same on every machine and at every load, since nothing is sent and no clock is read; beside them
 * stands what packing takes of a processor.
 */
public final class RecordSizes {
    private static final List<Integer> RATES = List.of(500, 1_000, 2_000, 4_000, 5_000, 6_000, 9_000, 14_400, 18_000);
    private static final List<Integer> SLOTS = List.of(4, 8, Ring.SLOTS_PER_RECORD, 32);
    private static final Duration LINGER = Duration.ofMillis(25);
    private static final int EVENTS = 18_000;
    private static final Instant START = Instant.parse("2026-11-21T07:00:00Z");
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private final PrintStream out;
    private final Intake intake;
    private final TraceParents traces = new TraceParents(new SplittableRandom(1));

    private RecordSizes(PrintStream out) {
        this.out = out;
        var limits = new Limits(512_000, 32_768, 2_500, 10);
        this.intake = new Intake(
                FixedSources.of(List.of(ClientEvents.WRITE_KEY + "=demo"), limits),
                limits,
                new ClockCorrection(Duration.ofSeconds(60), Duration.ofSeconds(60)),
                "10.0.0.7",
                () -> "fresh");
    }

    public static void main(String[] args) {
        var sizes = new RecordSizes(System.out);
        sizes.print(Codec.ZSTD);
        sizes.print(Codec.GZIP);
    }

    private void print(Codec codec) {
        out.printf("%n%s, level %d: bytes an event, share of raw, µs to pack it%n", codec.format(), codec.level());
        out.printf("%10s", "events/s");
        SLOTS.forEach(slots -> out.printf("%15d slots", slots));
        for (int rate : RATES) {
            List<StoredEvent> events = arriving(rate);
            out.printf("%n%,10d", rate);
            SLOTS.forEach(slots -> out.printf("%21s", cell(events, rate, slots, codec)));
        }
        out.println();
    }

    private static String cell(List<StoredEvent> events, int rate, int slots, Codec codec) {
        packed(events, rate, slots, codec);
        long begun = THREADS.getCurrentThreadCpuTime();
        long bytes = packed(events, rate, slots, codec);
        double micros = (THREADS.getCurrentThreadCpuTime() - begun) / 1000.0 / events.size();
        double raw = events.stream().mapToInt(event -> event.line().length).sum();
        return "%d %4.1f %% %4.1f".formatted(bytes / events.size(), 100 * bytes / raw, micros);
    }

    private static long packed(List<StoredEvent> events, int rate, int slots, Codec codec) {
        int window = (int) Math.max(1, rate * LINGER.toMillis() / 1000);
        long bytes = 0;
        for (int from = 0; from < events.size(); from += window) {
            var records = events.subList(from, Math.min(from + window, events.size())).stream()
                    .collect(Collectors.groupingBy(
                            event -> Ring.group(event.slot(), slots),
                            Collectors.mapping(StoredEvent::line, Collectors.toList())));
            for (List<byte[]> record : records.values()) {
                bytes += LineBatch.encode(record, codec).length;
            }
        }
        return bytes;
    }

    private List<StoredEvent> arriving(int perSecond) {
        var random = new SplittableRandom(20_261_121L);
        return IntStream.range(0, EVENTS)
                .mapToObj(i -> stored(ClientEvents.event(random, i, false), START.plusMillis(1_000L * i / perSecond)))
                .toList();
    }

    private StoredEvent stored(byte[] body, Instant receivedAt) {
        var envelope = new Envelope(
                Optional.of(EventType.TRACK), Optional.of(ClientEvents.WRITE_KEY), receivedAt, traces.of(null));
        var judged = (Judgement.Judged) intake.judge(envelope, body);
        return ((Verdict.Kept) judged.verdicts().getFirst()).event();
    }
}
