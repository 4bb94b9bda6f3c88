package dev.sluice.tracker.web;

import dev.sluice.tracker.Batcher;
import dev.sluice.tracker.WatchedEventSink;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BooleanSupplier;

/**
 * What those ask who send traffic. The load balancer asks whether this node is ready: any sink that works is enough, since
 * either makes events durable. Route 53 asks whether the Region is well: there the lake is not enough, because events in
 * it are not acted upon until they are replayed.
 */
public final class Health {
    /** Beyond this the node asks its load balancer for a rest. */
    private static final double FULL = 0.9;
    /** A node that gets no traffic makes no calls: after this it may try again. */
    private static final Duration READY_MEMORY = Duration.ofSeconds(10);

    private static final Duration REGION_MEMORY = Duration.ofMinutes(5);

    private final Parts parts;

    /**
     * What is asked.
     *
     * @param knowsSources whether the tracking plans could be read
     * @param regionAfter for how long the stream may fail before the Region is not well, 1 s to 1 h; longer than a
     *     failover of the stream's own takes, or Regions would be changed for nothing
     */
    public record Parts(
            Traffic traffic,
            Batcher batcher,
            WatchedEventSink stream,
            WatchedEventSink lake,
            NodeLoad load,
            BooleanSupplier knowsSources,
            Duration regionAfter) {
        public Parts {
            if (regionAfter.toMillis() < 1000 || regionAfter.toHours() >= 1) {
                throw new IllegalArgumentException("region-after is " + regionAfter + "; it must be from 1 s to 1 h");
            }
        }
    }

    public Health(Parts parts) {
        this.parts = parts;
    }

    /** Adds the paths below {@code /health}. */
    public void addTo(Routes.Builder routes) {
        routes.get(
                        "/health/live",
                        call -> Reply.figures(200, Map.of("live", 1L)).now())
                .get("/health/ready", call -> ready().now())
                .get("/health/region", call -> region().now());
    }

    private Reply ready() {
        double fill = parts.batcher().fill();
        boolean stream = parts.stream().failingFor(READY_MEMORY).isZero();
        boolean lake = parts.lake().failingFor(READY_MEMORY).isZero();
        boolean plans = parts.knowsSources().getAsBoolean();
        boolean ready = !parts.traffic().isDraining() && fill < FULL && (stream || lake) && plans;
        var figures = new LinkedHashMap<String, Long>();
        figures.put("ready", flag(ready));
        figures.put("draining", flag(parts.traffic().isDraining()));
        figures.put("stream", flag(stream));
        figures.put("lake", flag(lake));
        figures.put("plans", flag(plans));
        figures.put("pendingPercent", Math.round(fill * 100));
        figures.put("loadPercent", Math.round(parts.load().value() * 100));
        return Reply.figures(ready ? 200 : 503, figures);
    }

    private Reply region() {
        Duration failing = parts.stream().failingFor(REGION_MEMORY);
        boolean well = failing.compareTo(parts.regionAfter()) < 0;
        var figures = new LinkedHashMap<String, Long>();
        figures.put("region", flag(well));
        figures.put("streamFailingSeconds", failing.toSeconds());
        return Reply.figures(well ? 200 : 503, figures);
    }

    private static long flag(boolean set) {
        return set ? 1 : 0;
    }
}
