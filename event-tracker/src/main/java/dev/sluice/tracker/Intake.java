package dev.sluice.tracker;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Judges a request: which of its bytes are events, and why the others are not. A batch is judged event by event, so a
 * bad one does not spoil the others; only a body in which no event can be told apart is refused whole. Pure and
 * thread-safe; what it returns holds copies, never the request's buffer.
 */
public final class Intake {
    /** How many times larger than a body a batch may become when its context is merged into every event. */
    private static final int MAX_GROWTH = 4;

    private final Sources sources;
    private final Limits limits;
    private final StrictJson json;
    private final EventReader events;

    /**
     * @param limits the node's: no source may send more
     * @param node the address of this node, put into every event
     * @param ids names events whose client did not
     */
    public Intake(Sources sources, Limits limits, ClockCorrection clock, String node, IdSource ids) {
        this.sources = sources;
        this.limits = limits;
        this.json = new StrictJson(limits);
        this.events = new EventReader(json, clock, node, ids);
    }

    /** Judges the unpacked bytes of one request, unless its source may not send now. */
    public Judgement judge(Envelope envelope, byte[] body) {
        Optional<Source> byHeader = byHeader(envelope);
        if (envelope.writeKey().isPresent() && byHeader.isEmpty()) {
            return unknown();
        }
        Optional<Duration> wait = byHeader.flatMap(source -> source.admission().retryAfter());
        if (wait.isPresent()) {
            return new Judgement.TooMany(wait.get());
        }
        try {
            if (body.length > limits.bodyBytes()) {
                throw new RefusedInput(Problem.bodyTooLarge(limits.bodyBytes()));
            }
            BodyScan scan = BodyScan.read(body, envelope.single(), json, limits);
            return byHeader.isPresent() ? judge(envelope, scan, byHeader.get(), body) : byBody(envelope, scan, body);
        } catch (RefusedInput e) {
            byHeader.ifPresent(source -> source.admission().sent(1, body.length));
            return new Judgement.Unreadable(byHeader.map(Source::account).orElse(""), e.problem());
        }
    }

    private Judgement byBody(Envelope envelope, BodyScan scan, byte[] body) {
        Optional<Source> source = scan.writeKey().flatMap(sources::byWriteKey);
        if (source.isEmpty()) {
            return unknown();
        }
        Optional<Duration> wait = source.get().admission().retryAfter();
        return wait.isPresent() ? new Judgement.TooMany(wait.get()) : judge(envelope, scan, source.get(), body);
    }

    /** Whether all sources could be read, so that an unknown key is one that nobody has. */
    boolean knowsAllSources() {
        return sources.isComplete();
    }

    private Judgement unknown() {
        return sources.isComplete() ? new Judgement.UnknownWriteKey() : new Judgement.SourcesUnread();
    }

    /** The source that a request names in its header, empty if none or unknown. */
    Optional<Source> byHeader(Envelope envelope) {
        return envelope.writeKey().flatMap(sources::byWriteKey);
    }

    private Judgement judge(Envelope envelope, BodyScan scan, Source source, byte[] body) {
        source.admission().sent(scan.events().size(), body.length);
        String account = source.account();
        CommonContext context;
        try {
            requireWithin(source.limits(), scan, body);
            context = commonContext(scan);
        } catch (RefusedInput e) {
            return new Judgement.Unreadable(account, e.problem());
        }
        var request = new EventReader.Request(
                source, envelope.single(), scan.sentAt(), envelope.receivedAt(), envelope.traceparent(), context);
        List<Verdict> verdicts = new ArrayList<>(scan.events().size());
        for (Slice slice : scan.events()) {
            verdicts.add(events.read(verdicts.size(), slice, request));
        }
        return new Judgement.Judged(account, verdicts);
    }

    /** The node's limits were held while the body was read, before its source was known. */
    private static void requireWithin(Limits limits, BodyScan scan, byte[] body) {
        if (body.length > limits.bodyBytes()) {
            throw new RefusedInput(Problem.bodyTooLarge(limits.bodyBytes()));
        }
        if (scan.events().size() > limits.eventsPerBatch()) {
            throw new RefusedInput(Problem.tooManyEvents(limits.eventsPerBatch()));
        }
    }

    private CommonContext commonContext(BodyScan scan) {
        if (scan.context().isEmpty()) {
            return CommonContext.NONE;
        }
        Slice slice = scan.context().get();
        if ((long) slice.length() * scan.events().size() > (long) MAX_GROWTH * limits.bodyBytes()) {
            throw new RefusedInput(
                    "context_too_large",
                    "the batch's context times its events comes to more than " + (long) MAX_GROWTH * limits.bodyBytes()
                            + " bytes");
        }
        return CommonContext.read(slice, json, limits);
    }
}
