package dev.sluice.tracker.intake;

import dev.sluice.tracker.ClockCorrection;
import dev.sluice.tracker.Envelope;
import dev.sluice.tracker.IdSource;
import dev.sluice.tracker.Judgement;
import dev.sluice.tracker.Limits;
import dev.sluice.tracker.Problem;
import dev.sluice.tracker.Slice;
import dev.sluice.tracker.Source;
import dev.sluice.tracker.Sources;
import dev.sluice.tracker.Verdict;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What {@link Intake} must do, done the simple way: with Jackson's parser and generator, maps and strings. The two are
 * held together by {@link SimpleIntakeAgreementTest}; a rule is written here first.
 */
public final class SimpleIntake {
    /** How many times larger than a body a batch may become when its context is merged into every event. */
    private static final int MAX_GROWTH = 4;

    private final Sources sources;
    private final Limits limits;
    private final SimpleJson json;
    private final SimpleEventReader events;

    /**
     * @param limits the node's: no source may send more
     * @param node the address of this node, put into every event
     * @param ids names events whose client did not
     */
    public SimpleIntake(Sources sources, Limits limits, ClockCorrection clock, String node, IdSource ids) {
        this.sources = sources;
        this.limits = limits;
        this.json = new SimpleJson(limits);
        this.events = new SimpleEventReader(json, clock, node, ids);
    }

    /** Judges the unpacked bytes of one request, unless its source may not send now. */
    public Judgement judge(Envelope envelope, byte[] body) {
        Optional<Source> byHeader = byHeader(envelope);
        if (envelope.writeKey().isPresent() && byHeader.isEmpty()) {
            return new Judgement.UnknownWriteKey();
        }
        Optional<Duration> wait = byHeader.flatMap(source -> source.admission().retryAfter());
        if (wait.isPresent()) {
            return new Judgement.TooMany(wait.get());
        }
        try {
            if (body.length > limits.bodyBytes()) {
                throw new RefusedInput(Problem.bodyTooLarge(limits.bodyBytes()));
            }
            SimpleBodyScan scan = SimpleBodyScan.read(body, envelope.single(), json, limits);
            return byHeader.isPresent() ? judge(envelope, scan, byHeader.get(), body) : byBody(envelope, scan, body);
        } catch (RefusedInput e) {
            byHeader.ifPresent(source -> source.admission().sent(1, body.length));
            return new Judgement.Unreadable(byHeader.map(Source::account).orElse(""), e.problem());
        }
    }

    private Judgement byBody(Envelope envelope, SimpleBodyScan scan, byte[] body) {
        Optional<Source> source = scan.writeKey().flatMap(sources::byWriteKey);
        if (source.isEmpty()) {
            return new Judgement.UnknownWriteKey();
        }
        Optional<Duration> wait = source.get().admission().retryAfter();
        return wait.isPresent() ? new Judgement.TooMany(wait.get()) : judge(envelope, scan, source.get(), body);
    }

    /** The source that a request names in its header, empty if none or unknown. */
    Optional<Source> byHeader(Envelope envelope) {
        return envelope.writeKey().flatMap(sources::byWriteKey);
    }

    private Judgement judge(Envelope envelope, SimpleBodyScan scan, Source source, byte[] body) {
        source.admission().sent(scan.events().size(), body.length);
        String account = source.account();
        SimpleCommonContext context;
        try {
            requireWithin(source.limits(), scan, body);
            context = commonContext(scan);
        } catch (RefusedInput e) {
            return new Judgement.Unreadable(account, e.problem());
        }
        var request = new SimpleEventReader.Request(
                source, envelope.single(), scan.sentAt(), envelope.receivedAt(), envelope.traceparent(), context);
        List<Verdict> verdicts = new ArrayList<>(scan.events().size());
        for (Slice slice : scan.events()) {
            verdicts.add(events.read(verdicts.size(), slice, request));
        }
        return new Judgement.Judged(account, verdicts);
    }

    /** The node's limits were held while the body was read, before its source was known. */
    private static void requireWithin(Limits limits, SimpleBodyScan scan, byte[] body) {
        if (body.length > limits.bodyBytes()) {
            throw new RefusedInput(Problem.bodyTooLarge(limits.bodyBytes()));
        }
        if (scan.events().size() > limits.eventsPerBatch()) {
            throw new RefusedInput(Problem.tooManyEvents(limits.eventsPerBatch()));
        }
    }

    private SimpleCommonContext commonContext(SimpleBodyScan scan) {
        if (scan.context().isEmpty()) {
            return SimpleCommonContext.NONE;
        }
        Slice slice = scan.context().get();
        if ((long) slice.length() * scan.events().size() > (long) MAX_GROWTH * limits.bodyBytes()) {
            throw new RefusedInput(
                    "context_too_large",
                    "the batch's context times its events comes to more than " + (long) MAX_GROWTH * limits.bodyBytes()
                            + " bytes");
        }
        return SimpleCommonContext.read(slice, json, limits);
    }
}
