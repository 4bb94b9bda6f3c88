package dev.sluice.tracker.web;

import dev.sluice.model.EventType;
import dev.sluice.tracker.Collector;
import dev.sluice.tracker.Envelope;
import dev.sluice.tracker.Problem;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.random.RandomGenerator;

/**
 * Takes events, of one type or a batch. The body is read and judged at once, on the event loop that received it; the
 * answer comes when the events are durable.
 */
public final class IntakeHandler implements Handler {
    private final Optional<EventType> single;
    private final Collector collector;
    private final TraceParents traces;

    private IntakeHandler(Optional<EventType> single, Collector collector, TraceParents traces) {
        this.single = single;
        this.collector = collector;
        this.traces = traces;
    }

    /** Adds Segment's paths, long and short. */
    public static void addTo(Routes.Builder routes, Collector collector, RandomGenerator random) {
        var traces = new TraceParents(random);
        SegmentPaths.ALL.forEach((path, single) -> routes.post(path, new IntakeHandler(single, collector, traces)));
    }

    @Override
    public CompletionStage<Reply> handle(Call call) {
        return collector.collect(envelope(call), call.body()).thenApply(IntakeReply::of);
    }

    @Override
    public CompletionStage<Reply> refuse(Call call, Problem problem) {
        return IntakeReply.of(collector.refuse(envelope(call), problem, call.body()))
                .now();
    }

    private Envelope envelope(Call call) {
        return new Envelope(
                single,
                BasicAuth.user(call.header("Authorization").orElse(null)),
                call.receivedAt(),
                traces.of(call.header("traceparent").orElse(null)),
                call.query("validate").filter("true"::equals).isPresent());
    }
}
