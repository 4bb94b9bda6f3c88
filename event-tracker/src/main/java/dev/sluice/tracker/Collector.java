package dev.sluice.tracker;

import dev.sluice.model.EventType;
import dev.sluice.model.RejectedEvent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * The whole of a request: judge, keep what was refused, and answer when the rest is durable. Thread-safe. Start reading
 * here.
 */
public final class Collector {
    /** Enough of a body that was refused for its size to see what it was. */
    private static final int KEPT_OF_TOO_LARGE = 64 << 10;
    /** And of one that came without a known key: nobody fills the memory who has not been let in. */
    private static final int KEPT_OF_STRANGERS = 4 << 10;

    private final Judge judge;
    private final Batcher batcher;
    private final RejectedEvents rejectedEvents;
    private final Settings settings;
    private final Counters counters;
    private final Deadlines deadlines;

    /**
     * @param node this node's address, for rejected events
     * @param answerWithin after this a request is answered 503, 100 ms to 30 s
     */
    public record Settings(String node, Duration answerWithin) {
        public Settings {
            Require.within("answer-within", answerWithin, Duration.ofMillis(100), Duration.ofSeconds(30));
        }
    }

    public Collector(
            Judge judge, Batcher batcher, RejectedEvents rejectedEvents, Settings settings, Counters counters) {
        this.judge = judge;
        this.batcher = batcher;
        this.rejectedEvents = rejectedEvents;
        this.settings = settings;
        this.counters = counters;
        this.deadlines = new Deadlines(settings.answerWithin());
    }

    /** Judges an unpacked body at once; the answer comes when its events are durable, never exceptionally. */
    public CompletableFuture<Answer> collect(Envelope envelope, byte[] body) {
        return switch (judge.judge(envelope, body)) {
            case Judgement.UnknownWriteKey unknown -> CompletableFuture.completedFuture(new Answer.UnknownWriteKey());
            case Judgement.SourcesUnread unread -> CompletableFuture.completedFuture(unknownYet());
            case Judgement.TooMany(Duration wait) -> CompletableFuture.completedFuture(tooMany(wait));
            case Judgement.Unreadable unreadable ->
                CompletableFuture.completedFuture(
                        refuseWhole(envelope, unreadable.account(), unreadable.problem(), body));
            case Judgement.Judged judged -> settle(envelope, judged);
        };
    }

    /** Refuses a request whose body could not be received or unpacked; {@code soFar} is what there is of it. */
    public Answer refuse(Envelope envelope, Problem problem, byte[] soFar) {
        Optional<Source> source = judge.byHeader(envelope);
        if (envelope.writeKey().isPresent() && source.isEmpty()) {
            return judge.knowsAllSources() ? new Answer.UnknownWriteKey() : unknownYet();
        }
        Optional<Duration> wait = source.flatMap(known -> known.admission().retryAfter());
        if (wait.isPresent()) {
            return tooMany(wait.get());
        }
        source.ifPresent(known -> known.admission().sent(1, soFar.length));
        return refuseWhole(envelope, source.map(Source::account).orElse(""), problem, soFar);
    }

    /** Told to come back: a client that is told that its key is unknown throws its events away. */
    private static Answer unknownYet() {
        return new Answer.Unavailable(new Problem("sources_unread", "the tracking plans could not be read yet"));
    }

    private Answer tooMany(Duration wait) {
        counters.addRateLimited(1);
        return new Answer.TooMany(wait);
    }

    private Answer refuseWhole(Envelope envelope, String account, Problem problem, byte[] body) {
        if (envelope.validate()) {
            return new Answer.Validated(envelope.receivedAt(), 0, Optional.of(problem), List.of());
        }
        int most = problem.code().equals(Problem.BODY_TOO_LARGE) ? KEPT_OF_TOO_LARGE : Integer.MAX_VALUE;
        most = account.isEmpty() ? KEPT_OF_STRANGERS : most;
        counters.addRejected(1);
        keep(envelope, account, problem, body.length > most ? Arrays.copyOf(body, most) : body, BatchFields.NONE);
        return new Answer.Refused(problem, List.of());
    }

    private CompletableFuture<Answer> settle(Envelope envelope, Judgement.Judged judged) {
        var kept = new ArrayList<StoredEvent>(judged.verdicts().size());
        var refused = new ArrayList<Verdict.Refused>();
        for (Verdict verdict : judged.verdicts()) {
            switch (verdict) {
                case Verdict.Kept one -> kept.add(one.event());
                case Verdict.Refused one -> refused.add(one);
            }
        }
        if (envelope.validate()) {
            Optional<Problem> problem =
                    kept.isEmpty() ? Optional.of(refused.getFirst().problem()) : Optional.empty();
            return CompletableFuture.completedFuture(
                    new Answer.Validated(envelope.receivedAt(), kept.size(), problem, refused));
        }
        if (kept.isEmpty()) {
            keep(envelope, judged.account(), refused);
            return CompletableFuture.completedFuture(
                    new Answer.Refused(refused.getFirst().problem(), refused));
        }
        CompletableFuture<Fate> fate = batcher.offer(judged.account(), kept);
        deadlines.watch(fate);
        return fate.thenApply(known -> answer(known, envelope, judged.account(), kept.size(), refused));
    }

    /** What was refused is kept only now: told that nothing was taken, a client sends it all again. */
    private Answer answer(Fate fate, Envelope envelope, String account, int kept, List<Verdict.Refused> refused) {
        return switch (fate) {
            case DURABLE -> {
                counters.addAccepted(kept);
                keep(envelope, account, refused);
                yield new Answer.Accepted(envelope.receivedAt(), kept, refused);
            }
            case NOT_DURABLE -> {
                counters.addUnavailable(kept);
                yield new Answer.Unavailable(new Problem("not_durable", "neither the stream nor the lake took it"));
            }
            case NO_ROOM -> {
                counters.addUnavailable(kept);
                yield new Answer.Unavailable(new Problem("overloaded", "too much is on its way already"));
            }
        };
    }

    private void keep(Envelope envelope, String account, List<Verdict.Refused> refused) {
        refused.forEach(one -> keep(envelope, account, one.problem(), one.bytes(), one.batch()));
        counters.addRejected(refused.size());
    }

    private void keep(Envelope envelope, String account, Problem problem, byte[] bytes, BatchFields batch) {
        String type = envelope.single().map(EventType::word).orElse("");
        rejectedEvents.keep(new RejectedEvent(
                account,
                problem.code(),
                problem.message(),
                envelope.receivedAt(),
                settings.node(),
                type,
                batch.sentAt(),
                batch.context(),
                bytes));
    }
}
