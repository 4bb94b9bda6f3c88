package dev.sluice.benchmarks;

import com.sun.management.OperatingSystemMXBean;
import dev.sluice.classifier.Classification;
import dev.sluice.classifier.Classifier;
import dev.sluice.classifier.Tally;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;

/** Sends one load for a time, as fast as it is taken, from several threads, and measures what that costs. */
final class LoadRun {
    private static final OperatingSystemMXBean SYSTEM =
            (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
    private static final long SEED = 20_261_121L;
    private static final int MAX_TIMED = 1_000_000;
    private static final int MOST_TIMES_AS_LONG = 4;

    /** Of this process' time may go to its compilers once it is warm. */
    private static final double WARM = 0.05;

    private static final int MOST_WARM_UPS = 5;

    private final Classifier classifier;
    private final Tally tally;
    private final LoadStores stores;
    private final int threads;
    private final AtomicLong seeds = new AtomicLong(SEED);

    LoadRun(Classifier classifier, Tally tally, LoadStores stores, int threads) {
        this.classifier = classifier;
        this.tally = tally;
        this.stores = stores;
        this.threads = threads;
    }

    /**
     * What was measured.
     *
     * @param own processor time of this process without that of making the events, nanoseconds
     * @param making processor time of making the events, on the same cores, nanoseconds
     * @param compiling processor time of this process' compilers, which is part of {@code own}
     * @param collecting time that the garbage collector took
     * @param batches how long each classification took, nanoseconds, in order of length
     */
    record Figures(
            long events,
            long wall,
            long own,
            long making,
            Duration redis,
            Duration dynamoDb,
            Duration compiling,
            Duration collecting,
            long profileWrites,
            long retried,
            long[] batches) {
        double eventsPerSecond() {
            return events * 1e9 / wall;
        }

        double eventsPerCore() {
            return events * 1e9 / own;
        }

        double micros() {
            return own / 1e3 / events;
        }

        /** Processor time of making an event. */
        double makingMicros() {
            return making / 1e3 / events;
        }

        /** Processor time of Redis an event. */
        double redisMicros() {
            return redis.toNanos() / 1e3 / events;
        }

        /** Part of this process' time that went to its compilers. */
        double compilers() {
            return Math.max(0, (double) compiling.toNanos() / own);
        }

        double share(Duration time) {
            return (double) time.toNanos() / wall;
        }

        double batchMillis(double share) {
            return batches.length == 0 ? 0 : batches[(int) Math.min(batches.length - 1, batches.length * share)] / 1e6;
        }
    }

    /**
     * Sends until the JVM has compiled what is run often, within limits.
     *
     * @param time of each of at most {@value #MOST_WARM_UPS} rounds, as of the other
     */
    void warmUp(Load load, Duration time) {
        for (int i = 0; i < MOST_WARM_UPS; i++) {
            Figures figures = send(load, time);
            if (figures.compilers() < WARM) {
                return;
            }
        }
    }

    /**
     * @param time that this process is to compute for; on a machine that others use as well that takes longer, up to
     *     {@value #MOST_TIMES_AS_LONG} times as long
     * @throws IllegalStateException if lines were set aside: then what was measured is not what it says
     */
    Figures send(Load load, Duration time) {
        var making = new LongAdder();
        var before = Meter.now(tally, stores);
        BooleanSupplier over = over(time);
        List<Long> batches = new ArrayList<>();
        try (ExecutorService senders = Executors.newFixedThreadPool(threads)) {
            List<CompletableFuture<List<Long>>> sending = IntStream.range(0, threads)
                    .mapToObj(i -> CompletableFuture.supplyAsync(
                            () -> send(load, new SplittableRandom(seeds.getAndIncrement()), over, making), senders))
                    .toList();
            sending.forEach(sender -> batches.addAll(sender.join()));
        }
        return Meter.now(tally, stores).since(before, making.sum(), batches);
    }

    private static BooleanSupplier over(Duration time) {
        long cpu = SYSTEM.getProcessCpuTime();
        long begun = System.nanoTime();
        return () -> SYSTEM.getProcessCpuTime() - cpu >= time.toNanos()
                || System.nanoTime() - begun >= MOST_TIMES_AS_LONG * time.toNanos();
    }

    private List<Long> send(Load load, SplittableRandom random, BooleanSupplier over, LongAdder making) {
        List<Long> batches = new ArrayList<>();
        while (!over.getAsBoolean() && batches.size() < MAX_TIMED) {
            long start = THREADS.getCurrentThreadCpuTime();
            List<byte[]> lines = load.next(random);
            making.add(THREADS.getCurrentThreadCpuTime() - start);
            long begun = System.nanoTime();
            Classification result = classifier.classify(lines);
            batches.add(System.nanoTime() - begun);
            if (!result.setAside().isEmpty()) {
                throw new IllegalStateException(
                        "lines were set aside: " + result.setAside().get(0));
            }
        }
        return batches;
    }

    /** All counters at one moment. */
    private record Meter(
            long wall,
            long cpu,
            Duration redis,
            Duration dynamoDb,
            Duration compiling,
            Duration collecting,
            Map<String, Long> tally) {
        static Meter now(Tally tally, LoadStores stores) {
            long collecting = ManagementFactory.getGarbageCollectorMXBeans().stream()
                    .mapToLong(GarbageCollectorMXBean::getCollectionTime)
                    .sum();
            return new Meter(
                    System.nanoTime(),
                    SYSTEM.getProcessCpuTime(),
                    stores.redisTime(),
                    stores.dynamoDbTime(),
                    CompilerThreads.time(),
                    Duration.ofMillis(collecting),
                    tally.snapshot());
        }

        Figures since(Meter before, long making, List<Long> batches) {
            long[] sorted = batches.stream().mapToLong(Long::longValue).toArray();
            Arrays.sort(sorted);
            return new Figures(
                    counted("events", before),
                    wall - before.wall,
                    cpu - before.cpu - making,
                    making,
                    redis.minus(before.redis),
                    dynamoDb.minus(before.dynamoDb),
                    compiling.minus(before.compiling),
                    collecting.minus(before.collecting),
                    counted("profileWrites", before),
                    counted("retry", before),
                    sorted);
        }

        private long counted(String count, Meter before) {
            return tally.getOrDefault(count, 0L) - before.tally.getOrDefault(count, 0L);
        }
    }
}
