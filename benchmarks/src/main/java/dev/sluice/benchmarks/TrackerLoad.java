package dev.sluice.benchmarks;

import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Measures one server after the other under the same load, and prints what it finds. */
final class TrackerLoad {
    /** So many that what waits for one batch does not repeat itself, which would pack too well. */
    private static final int DIFFERENT_EVENTS = 16_384;
    /** The stand-in takes some 2,000 records a second: more would only measure its queue. */
    private static final int CONNECTIONS_TO_KINESIS = 32;
    /** What is under way must fit into the room for it, or the tracker answers 503, as it should. */
    private static final int EVENTS_UNDER_WAY = 10_000;

    private static final double MIB = 1 << 20;
    private static final String HEADER = "%-30s %6s %10s %9s %9s %8s %8s %8s %9s %8s%n";
    private static final String ROW = "%-30s %6d %,10.0f %9.2f %8.0f %% %8.1f %8.1f %8.1f %9.0f %8.0f%n";

    private final TrackerLoadSettings settings;
    private final PrintStream out;

    /**
     * One row of the result.
     *
     * @param load a closed loop, or which share of the ceiling
     * @param micros of the server's processor time for one event
     * @param busy share of the server's core
     * @param bytes that the sink got for one event, 0 if it does not count them
     */
    record Row(
            TrackerServer.Kind server,
            String load,
            int batch,
            double eventsPerSecond,
            double micros,
            double busy,
            HttpLoad.Figures figures,
            double bytes,
            long resident) {}

    TrackerLoad(TrackerLoadSettings settings, PrintStream out) {
        this.settings = settings;
        this.out = out;
    }

    List<Row> run() {
        out.printf(
                "%,d connections at most, one request under way on each; bodies%s packed; load average %.1f%n",
                settings.connections(),
                settings.gzip() ? "" : " not",
                ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
        out.println("JVM of the servers: " + String.join(" ", settings.flags()));
        new WireSizes(out).print();
        out.println();
        out.printf(HEADER, "", "events", "", "µs an", "of its", "answer", "", "", "bytes an", "MiB");
        out.printf(
                HEADER,
                "server, load",
                "a body",
                "events/s",
                "event",
                "core",
                "p50 ms",
                "p99",
                "p99.9",
                "event",
                "RSS");
        var rows = new ArrayList<Row>();
        for (int batch : settings.batches()) {
            List<byte[]> requests = ClientEvents.requests(DIFFERENT_EVENTS / batch, batch, settings.gzip());
            for (TrackerServer.Kind kind : settings.servers()) {
                rows.addAll(measure(kind, batch, requests));
            }
        }
        return rows;
    }

    private List<Row> measure(TrackerServer.Kind kind, int batch, List<byte[]> requests) {
        if (kind != TrackerServer.Kind.KINESIS) {
            return measure(kind, batch, requests, KinesisStandIn.nowhere());
        }
        try (var kinesis = KinesisStandIn.start(settings.kinesis())) {
            return measure(kind, batch, requests, kinesis.environment());
        }
    }

    private List<Row> measure(
            TrackerServer.Kind kind, int batch, List<byte[]> requests, Map<String, String> environment) {
        int most = kind == TrackerServer.Kind.KINESIS ? CONNECTIONS_TO_KINESIS : EVENTS_UNDER_WAY / batch;
        int connections = Math.clamp(settings.connections(), 1, most);
        var rows = new ArrayList<Row>();
        var variables = new HashMap<>(settings.variables());
        variables.putAll(environment);
        try (var server = MeasuredProcess.start(kind, settings.core(), settings.flags(), variables);
                var load = HttpLoad.to(server.address(), connections, requests)) {
            load.flood(settings.warmUp());
            var measuring = new Measuring(kind, batch, server);
            Row ceiling = print(measuring.row("at its ceiling", () -> load.flood(settings.time())));
            rows.add(ceiling);
            if (ceiling.figures().answered() == 0) {
                throw new IllegalStateException(kind.words() + " accepts nothing");
            }
            if (kind != TrackerServer.Kind.KINESIS) {
                double perSecond = ceiling.figures().perSecond();
                for (int percent : List.of(50, 80)) {
                    rows.add(print(measuring.row(
                            "at " + percent + " % of it",
                            () -> load.pace(perSecond * percent / 100, settings.time()))));
                }
            }
        }
        return rows;
    }

    private Row print(Row row) {
        HttpLoad.Figures figures = row.figures();
        out.printf(
                ROW,
                row.server().words() + ", " + row.load(),
                row.batch(),
                row.eventsPerSecond(),
                row.micros(),
                100 * row.busy(),
                figures.millis(0.5),
                figures.millis(0.99),
                figures.millis(0.999),
                row.bytes(),
                row.resident() / MIB);
        if (figures.failed() + figures.unsent() > 0) {
            out.printf(
                    "    %,d requests of these failed, %,d could not be sent in time%n",
                    figures.failed(), figures.unsent());
        }
        return row;
    }

    /** One server under one kind of request. */
    private record Measuring(TrackerServer.Kind kind, int batch, MeasuredProcess server) {
        Row row(String load, Sending sending) {
            MeasuredProcess.Stored before = server.stored();
            Duration cost = server.processorTime();
            HttpLoad.Figures figures = sending.send();
            double spent = server.processorTime().minus(cost).toNanos() / 1000.0;
            MeasuredProcess.Stored stored = server.stored().since(before);
            double events = (double) figures.answered() * batch;
            return new Row(
                    kind,
                    load,
                    batch,
                    events / figures.seconds(),
                    spent / events,
                    spent / 1e6 / figures.seconds(),
                    figures,
                    stored.events() == 0 ? 0 : (double) stored.bytes() / stored.events(),
                    server.resident());
        }
    }

    @FunctionalInterface
    private interface Sending {
        HttpLoad.Figures send();
    }
}
