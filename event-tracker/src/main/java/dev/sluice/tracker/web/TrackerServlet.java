package dev.sluice.tracker.web;

import dev.sluice.model.EventType;
import dev.sluice.tracker.Batcher;
import dev.sluice.tracker.Collector;
import dev.sluice.tracker.Counters;
import dev.sluice.tracker.Envelope;
import dev.sluice.tracker.Limits;
import dev.sluice.tracker.Problem;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Every path of the tracker. A request's thread reads and judges the body and goes; the answer is written when the
 * events are durable. Errors are JSON with a code and a message, whatever the client sent.
 */
public final class TrackerServlet extends HttpServlet {
    private static final Logger LOG = LoggerFactory.getLogger(TrackerServlet.class);
    /** Beyond this the node asks its load balancer for a rest. */
    private static final double FULL = 0.9;

    private final transient Parts parts;

    /** What the servlet works with. */
    public record Parts(
            Collector collector,
            Batcher batcher,
            Counters counters,
            Limits limits,
            InstantSource clock,
            RandomGenerator random) {}

    public TrackerServlet(Parts parts) {
        this.parts = parts;
    }

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        try {
            switch (Route.of(request.getRequestURI())) {
                case Route.Collect collect -> collect(collect.single(), request, response);
                case Route.Live live -> show(Reply.figures(200, Map.of("live", 1L)), request, response);
                case Route.Ready ready -> show(ready(), request, response);
                case Route.Metrics metrics ->
                    show(Reply.figures(200, parts.counters().read()), request, response);
                case Route.Nowhere nowhere ->
                    send(Reply.problem(404, new Problem("not_found", "there is nothing at this path")), response);
            }
        } catch (RuntimeException e) {
            LOG.error("a request failed unexpectedly", e);
            if (!response.isCommitted() && !request.isAsyncStarted()) {
                send(Reply.problem(500, new Problem("internal", "the tracker failed")), response);
            }
        }
    }

    private Reply ready() {
        double fill = parts.batcher().fill();
        var figures = new LinkedHashMap<String, Long>();
        figures.put("ready", fill < FULL ? 1L : 0L);
        figures.put("pendingPercent", Math.round(fill * 100));
        return Reply.figures(fill < FULL ? 200 : 503, figures);
    }

    private static void show(Reply reply, HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (request.getMethod().equals("GET") || request.getMethod().equals("HEAD")) {
            send(reply, response);
        } else {
            notAllowed("GET", response);
        }
    }

    private static void notAllowed(String allowed, HttpServletResponse response) throws IOException {
        response.setHeader("Allow", allowed);
        send(Reply.problem(405, new Problem("method_not_allowed", "use " + allowed)), response);
    }

    private void collect(Optional<EventType> single, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        // Write keys are no secrets and there are no cookies, so any page may send.
        response.setHeader("Access-Control-Allow-Origin", "*");
        switch (request.getMethod()) {
            case "POST" -> accept(single, request, response);
            case "OPTIONS" -> preflight(response);
            default -> notAllowed("POST, OPTIONS", response);
        }
    }

    private static void preflight(HttpServletResponse response) {
        response.setHeader("Access-Control-Allow-Methods", "POST, OPTIONS");
        response.setHeader(
                "Access-Control-Allow-Headers",
                "Authorization, Content-Type, Content-Encoding, traceparent, tracestate");
        response.setHeader("Access-Control-Max-Age", "86400");
        response.setStatus(204);
    }

    private void accept(Optional<EventType> single, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        var envelope = new Envelope(
                single,
                BasicAuth.user(request.getHeader("Authorization")),
                parts.clock().instant().truncatedTo(ChronoUnit.MILLIS),
                TraceParent.of(request.getHeader("traceparent"), parts.random()),
                "true".equals(request.getParameter("validate")));
        switch (BodyBytes.read(request, parts.limits())) {
            case BodyBytes.Broken(Problem problem, byte[] soFar) ->
                send(IntakeReply.of(parts.collector().refuse(envelope, problem, soFar)), response);
            case BodyBytes.Whole(byte[] bytes) -> {
                var answer = parts.collector().collect(envelope, bytes);
                if (answer.isDone()) {
                    send(IntakeReply.of(answer.join()), response);
                } else {
                    AsyncContext async = request.startAsync();
                    // The collector bounds the time itself.
                    async.setTimeout(0);
                    var unused = answer.thenAccept(late -> finish(async, IntakeReply.of(late)));
                }
            }
        }
    }

    /** On a thread of the container, so that a slow client cannot hold up a sink's. */
    private static void finish(AsyncContext async, Reply reply) {
        try {
            async.start(() -> {
                try {
                    send(reply, (HttpServletResponse) async.getResponse());
                } catch (IOException e) {
                    LOG.debug("the client left before its answer");
                } finally {
                    async.complete();
                }
            });
        } catch (IllegalStateException e) {
            LOG.debug("the client left before its answer");
        }
    }

    static void send(Reply reply, HttpServletResponse response) throws IOException {
        response.setStatus(reply.status());
        response.setContentType(reply.contentType());
        response.setContentLength(reply.body().length);
        reply.headers().forEach(response::setHeader);
        response.getOutputStream().write(reply.body());
    }
}
