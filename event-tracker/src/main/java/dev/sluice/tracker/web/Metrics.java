package dev.sluice.tracker.web;

import dev.sluice.tracker.Counters;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.util.LinkedHashMap;

/** Figures for machines: {@code /metrics} as Prometheus' text, {@code /health/metrics} as one JSON object. */
public final class Metrics {
    private static final String TYPE = "text/plain; version=0.0.4; charset=utf-8";
    private static final String PREFIX = "sluice_tracker_";

    private final Counters counters;
    private final Traffic traffic;
    private final NodeLoad load;

    public Metrics(Counters counters, Traffic traffic, NodeLoad load) {
        this.counters = counters;
        this.traffic = traffic;
        this.load = load;
    }

    /** Adds both paths. */
    public void addTo(Routes.Builder routes) {
        routes.get("/metrics", call -> Reply.text(200, TYPE, text()).now())
                .get("/health/metrics", call -> json().now());
    }

    private Reply json() {
        var figures = new LinkedHashMap<>(counters.read());
        figures.put("loadPercent", Math.round(load.value() * 100));
        return Reply.figures(200, figures);
    }

    private String text() {
        var text = new PrometheusText();
        text.gauge(PREFIX + "load", "Share of the node's capacity in use; what autoscaling follows", load.value());
        load.parts()
                .byName()
                .forEach((name, value) -> text.gauge(
                        PREFIX + "load_" + name, "One of the parts of load, of which the fullest counts", value));
        counters.read().forEach((name, value) -> {
            String snake = PREFIX + PrometheusText.snake(name);
            if (Counters.GAUGES.contains(name)) {
                text.gauge(snake, "See the tracker's counters", value);
            } else {
                text.counter(snake, "See the tracker's counters", value);
            }
        });
        traffic.counters()
                .forEach((name, value) -> text.counter(
                        PREFIX + "http_" + PrometheusText.snake(name), "See the listener's traffic", value));
        text.gauge(PREFIX + "http_connections", "Open connections", traffic.connections());
        text.gauge(PREFIX + "http_requests", "Requests that wait for their answers", traffic.requests());
        text.histogram(
                PREFIX + "http_answer_seconds",
                "From a request's last byte to its answer",
                new PrometheusText.Classes(Traffic.ANSWER_MILLIS, traffic.answerTimes(), traffic.answerMicros()));
        addMachine(text);
        return text.toString();
    }

    private static void addMachine(PrometheusText text) {
        var heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage();
        text.gauge("jvm_heap_used_bytes", "Heap in use", heap.getUsed());
        text.gauge("jvm_heap_max_bytes", "Heap at most", heap.getMax());
        text.gauge(
                "jvm_threads",
                "Platform threads",
                ManagementFactory.getThreadMXBean().getThreadCount());
        long collections = 0;
        long millis = 0;
        for (GarbageCollectorMXBean collector : ManagementFactory.getGarbageCollectorMXBeans()) {
            collections += Math.max(0, collector.getCollectionCount());
            millis += Math.max(0, collector.getCollectionTime());
        }
        text.counter("jvm_gc_collections", "Garbage collections", collections);
        text.counter("jvm_gc_milliseconds", "Time in garbage collections", millis);
        text.gauge(
                "process_uptime_seconds",
                "Since the start",
                ManagementFactory.getRuntimeMXBean().getUptime() / 1000.0);
    }
}
