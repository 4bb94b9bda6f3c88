package dev.sluice.tracker;

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

    private final WriteKeys writeKeys;
    private final Limits limits;
    private final StrictJson json;
    private final EventReader events;

    /**
     * @param node the address of this node, put into every event
     * @param ids names events whose client did not
     */
    public Intake(WriteKeys writeKeys, Limits limits, ClockCorrection clock, String node, IdSource ids) {
        this.writeKeys = writeKeys;
        this.limits = limits;
        this.json = new StrictJson(limits);
        this.events = new EventReader(json, limits, clock, node, ids);
    }

    /** Judges the unpacked bytes of one request. */
    public Judgement judge(Envelope envelope, byte[] body) {
        Optional<String> byHeader = envelope.writeKey().flatMap(writeKeys::account);
        if (envelope.writeKey().isPresent() && byHeader.isEmpty()) {
            return new Judgement.UnknownWriteKey();
        }
        try {
            if (body.length > limits.bodyBytes()) {
                throw new RefusedInput(Problem.bodyTooLarge(limits.bodyBytes()));
            }
            BodyScan scan = BodyScan.read(body, envelope.single(), json, limits);
            Optional<String> account = byHeader.or(() -> scan.writeKey().flatMap(writeKeys::account));
            if (account.isEmpty()) {
                return new Judgement.UnknownWriteKey();
            }
            return judge(envelope, scan, account.get());
        } catch (RefusedInput e) {
            return new Judgement.Unreadable(byHeader.orElse(""), e.problem());
        }
    }

    /** The account that a request names in its header, empty if none or unknown. */
    String accountOf(Envelope envelope) {
        return envelope.writeKey().flatMap(writeKeys::account).orElse("");
    }

    private Judgement judge(Envelope envelope, BodyScan scan, String account) {
        CommonContext context;
        try {
            context = commonContext(scan);
        } catch (RefusedInput e) {
            return new Judgement.Unreadable(account, e.problem());
        }
        var request = new EventReader.Request(
                account, envelope.single(), scan.sentAt(), envelope.receivedAt(), envelope.traceparent(), context);
        List<Verdict> verdicts = new ArrayList<>(scan.events().size());
        for (Slice slice : scan.events()) {
            verdicts.add(events.read(verdicts.size(), slice, request));
        }
        return new Judgement.Judged(account, verdicts);
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
