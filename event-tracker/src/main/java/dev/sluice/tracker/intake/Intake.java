package dev.sluice.tracker.intake;

import dev.sluice.model.Ring;
import dev.sluice.tracker.BatchFields;
import dev.sluice.tracker.ClockCorrection;
import dev.sluice.tracker.Envelope;
import dev.sluice.tracker.IdSource;
import dev.sluice.tracker.Judge;
import dev.sluice.tracker.Judgement;
import dev.sluice.tracker.Limits;
import dev.sluice.tracker.Problem;
import dev.sluice.tracker.Slice;
import dev.sluice.tracker.Source;
import dev.sluice.tracker.Sources;
import dev.sluice.tracker.StoredEvent;
import dev.sluice.tracker.Verdict;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Judges a request: which of its bytes are events, and why the others are not. A batch is judged event by event, so a
 * bad one does not spoil the others; only a body in which no event can be told apart is refused whole. Pure and
 * thread-safe; what it returns holds copies, never the request's buffer.
 */
public final class Intake implements Judge {
    /** How many times larger than a body a batch may become when its context is merged into every event. */
    private static final int MAX_GROWTH = 4;

    private final Sources sources;
    private final Limits limits;
    private final EventReader events;
    private final ThreadLocal<Desk> desks;

    /**
     * @param limits the node's: no source may send more
     * @param node the address of this node, put into every event
     * @param ids names events whose client did not
     */
    public Intake(Sources sources, Limits limits, ClockCorrection clock, String node, IdSource ids) {
        this.sources = sources;
        this.limits = limits;
        this.events = new EventReader(clock);
        this.desks = ThreadLocal.withInitial(() -> new Desk(new BodyScan(limits), new StoredForm(node, ids)));
    }

    /** What one thread works with, request after request, so that a request makes next to no garbage. */
    private record Desk(BodyScan scan, StoredForm form) {}

    @Override
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
            return judge(envelope, byHeader, body, desks.get());
        } catch (RefusedInput e) {
            byHeader.ifPresent(source -> source.admission().sent(1, body.length));
            return new Judgement.Unreadable(byHeader.map(Source::account).orElse(""), e.problem());
        }
    }

    private Judgement judge(Envelope envelope, Optional<Source> byHeader, byte[] body, Desk desk) {
        try {
            desk.scan().read(body, body.length, envelope.single());
            return byHeader.isPresent() ? judge(envelope, byHeader.get(), body, desk) : byBody(envelope, body, desk);
        } finally {
            desk.scan().forget();
        }
    }

    private Judgement byBody(Envelope envelope, byte[] body, Desk desk) {
        Optional<Source> source = desk.scan().writeKey().flatMap(sources::byWriteKey);
        if (source.isEmpty()) {
            return unknown();
        }
        Optional<Duration> wait = source.get().admission().retryAfter();
        return wait.isPresent() ? new Judgement.TooMany(wait.get()) : judge(envelope, source.get(), body, desk);
    }

    @Override
    public boolean knowsAllSources() {
        return sources.isComplete();
    }

    private Judgement unknown() {
        return sources.isComplete() ? new Judgement.UnknownWriteKey() : new Judgement.SourcesUnread();
    }

    @Override
    public Optional<Source> byHeader(Envelope envelope) {
        return envelope.writeKey().flatMap(sources::byWriteKey);
    }

    private Judgement judge(Envelope envelope, Source source, byte[] body, Desk desk) {
        BodyScan scan = desk.scan();
        source.admission().sent(scan.events(), body.length);
        CommonContext context;
        try {
            requireWithin(source.limits(), scan, body);
            context = commonContext(scan);
        } catch (RefusedInput e) {
            return new Judgement.Unreadable(source.account(), e.problem());
        }
        var request = new Request(
                source,
                envelope.single(),
                scan.sentAt(),
                envelope.receivedAt().toEpochMilli(),
                context,
                new ClientLibrary(context),
                envelope.traceparent(),
                Ring.Prefix.of(source.account() + "/"));
        desk.form().begin(request);
        BatchFields batch = batchFields(scan);
        Verdict[] verdicts = new Verdict[scan.events()];
        for (int i = 0; i < verdicts.length; i++) {
            verdicts[i] = judge(i, scan.draft(i), request, desk.form(), batch);
        }
        return new Judgement.Judged(source.account(), List.of(verdicts));
    }

    private Verdict judge(int index, Draft draft, Request request, StoredForm form, BatchFields batch) {
        try {
            Head head = events.read(draft, request);
            StoredForm.Replaced replaced = PolicyQuestion.ask(request.source().policy(), head.type(), draft);
            return new Verdict.Kept(new StoredEvent(head.slot(), form.write(draft, head, request, replaced)));
        } catch (RefusedInput e) {
            return new Verdict.Refused(index, events.messageId(draft, request), e.problem(), draft.original(), batch);
        }
    }

    /** A single event says these itself. */
    private static BatchFields batchFields(BodyScan scan) {
        if (scan.sentAt() == ClientTime.NONE && scan.context().isEmpty()) {
            return BatchFields.NONE;
        }
        return new BatchFields(
                scan.sentAt() == ClientTime.NONE
                        ? ""
                        : Instant.ofEpochMilli(scan.sentAt()).toString(),
                scan.context()
                        .map(slice -> new String(slice.copy(), StandardCharsets.UTF_8))
                        .orElse(""));
    }

    /** The node's limits were held while the body was read, before its source was known. */
    private static void requireWithin(Limits limits, BodyScan scan, byte[] body) {
        if (body.length > limits.bodyBytes()) {
            throw new RefusedInput(Problem.bodyTooLarge(limits.bodyBytes()));
        }
        if (scan.events() > limits.eventsPerBatch()) {
            throw new RefusedInput(Problem.tooManyEvents(limits.eventsPerBatch()));
        }
    }

    private CommonContext commonContext(BodyScan scan) {
        if (scan.context().isEmpty()) {
            return CommonContext.NONE;
        }
        Slice slice = scan.context().get();
        if ((long) slice.length() * scan.events() > (long) MAX_GROWTH * limits.bodyBytes()) {
            throw new RefusedInput(
                    "context_too_large",
                    "the batch's context times its events comes to more than " + (long) MAX_GROWTH * limits.bodyBytes()
                            + " bytes");
        }
        if (slice.length() > limits.eventBytes()) {
            throw new RefusedInput(
                    "context_too_large", "the batch's context is larger than " + limits.eventBytes() + " bytes");
        }
        scan.contextFault().ifPresent(fault -> {
            throw new RefusedInput(fault);
        });
        return CommonContext.read(slice);
    }
}
