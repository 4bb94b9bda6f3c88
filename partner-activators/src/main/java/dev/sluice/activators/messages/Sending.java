package dev.sluice.activators.messages;

import dev.sluice.activators.Answer;
import dev.sluice.activators.Delivery;
import dev.sluice.activators.Outcome;
import dev.sluice.activators.Pace;
import dev.sluice.activators.Pause;
import dev.sluice.activators.delivery.Flow;
import dev.sluice.activators.ledger.Ledger;
import dev.sluice.activators.ledger.LedgerEntry;
import dev.sluice.activators.ledger.LedgerKey;
import dev.sluice.activators.ledger.LedgerLine;
import dev.sluice.model.activation.Connection;
import dev.sluice.model.profile.SegmentChange;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;

/**
 * One campaign's message to everybody who is in a segment now, slot by slot from the campaign's own ledger. What was done is
 * kept after every page, and a message's id is that of the sending and the person: whoever runs it again goes on where it
 * stood, and nobody is sent it twice. Consent, caps, quiet hours, control group and the connection's pace hold as for
 * messages that entering a segment sends, and all is judged when there is leave to send: by the ledger and by what is published
 * then. Slots may run at once.
 */
public final class Sending {
    private static final int PAGE = 100;
    private static final int MOST_TRIES = 5;

    private final Task task;
    private final Ports ports;
    private volatile Optional<String> stopped = Optional.empty();

    public Sending(Task task, Ports ports) {
        this.task = task;
        this.ports = ports;
    }

    /**
     * What is to be sent.
     *
     * @param dry whether nothing is sent and nothing kept: it only counts
     */
    public record Task(Sendings.Id id, Sendings.Order order, boolean dry) {}

    /**
     * What a sending works with.
     *
     * @param campaign as it is published now; empty if there is none that may be sent. Asked for each message
     */
    public record Ports(
            Ledger ledger,
            MessagePartner partner,
            Supplier<Optional<Connection>> campaign,
            Flow flow,
            Sendings sendings,
            InstantSource clock,
            Pause pause) {}

    /** Why it stopped before everybody was looked at: nothing may be sent until somebody has put that right. */
    public Optional<String> stopped() {
        return stopped;
    }

    /**
     * Does a slot, or goes on with it; one that is done is looked at again only for people who were to be sent it later.
     *
     * @param from how far it had come
     * @return how far it has come
     */
    public Sendings.Progress slot(int slot, Sendings.Progress from) {
        if (from.whole() && from.next().isEmpty()) {
            return from;
        }
        var sender = new Sender();
        Sendings.Progress progress = from.whole() ? Sendings.Progress.NONE : from;
        while (!progress.whole() && !hasStopped()) {
            Ledger.Page page =
                    ports.ledger().page(task.id().account(), task.order().connection(), slot, progress.after(), PAGE);
            progress = page(page, progress, sender);
            sender.report();
            if (!task.dry() && !hasStopped()) {
                ports.sendings().keep(task.id(), slot, progress);
            }
        }
        return progress;
    }

    private Sendings.Progress page(Ledger.Page page, Sendings.Progress before, Sender sender) {
        SortedMap<String, Long> counts = new TreeMap<>(before.counts());
        Optional<Instant> next = before.next();
        for (Ledger.Kept kept : page.entries()) {
            Optional<Outcome> outcome = person(kept.entry(), sender);
            if (hasStopped()) {
                return before;
            }
            if (outcome.isPresent()) {
                counts.merge(word(outcome.get()), 1L, Long::sum);
                next = earlier(next, later(outcome.get()));
            }
        }
        return new Sendings.Progress(page.last(), page.last().isEmpty(), counts, next);
    }

    /** Empty of somebody who is not in the segment. */
    private Optional<Outcome> person(LedgerEntry entry, Sender sender) {
        return switch (judge(entry)) {
            case Judged.Out out -> Optional.empty();
            case Judged.Unsent(Outcome outcome) -> Optional.of(outcome);
            case Judged.Due(Connection connection, Delivery delivery) -> {
                Outcome foreseen = ports.partner().foresee(connection, delivery);
                if (task.dry()) {
                    yield Optional.of(foreseen);
                }
                // Whoever is not written to takes nothing of the connection's pace.
                yield foreseen instanceof Outcome.Delivered
                        ? sender.send(entry.key(), delivery.audience())
                        : Optional.of(parking(ports.partner().unsent(delivery, foreseen)));
            }
        };
    }

    /** What one person's entry and the campaign as it is published come to. */
    private sealed interface Judged {
        /** The person is not in the segment, or there is no campaign any more. */
        record Out() implements Judged {}

        record Unsent(Outcome outcome) implements Judged {}

        record Due(Connection connection, Delivery delivery) implements Judged {}
    }

    private Judged judge(LedgerEntry entry) {
        String segment = task.order().segment();
        LedgerLine line = entry.lines().get(segment);
        if (line == null || !line.wanted().entered() || entry.erased()) {
            return new Judged.Out();
        }
        Optional<Connection> campaign = ports.campaign().get();
        Optional<String> audience = campaign.flatMap(connection -> connection.audience(segment));
        if (campaign.isEmpty() || audience.isEmpty()) {
            stop("the campaign is paused, is not published any more, or something is wrong with it");
            return new Judged.Out();
        }
        if (!campaign.get().consent().isGivenBy(entry.consents())) {
            return new Judged.Unsent(new Outcome.Skipped("no consent"));
        }
        if (entry.recipient().isEmpty()) {
            return new Judged.Unsent(new Outcome.Skipped("no address"));
        }
        return new Judged.Due(
                campaign.get(),
                delivery(entry, line, audience.get(), entry.recipient().get()));
    }

    private Delivery delivery(LedgerEntry entry, LedgerLine line, String audience, String recipient) {
        return new Delivery(
                SendingId.delivery(
                        task.id().sending(),
                        task.order().connection(),
                        entry.key().person()),
                entry.key().person(),
                task.order().segment(),
                audience,
                SegmentChange.Direction.ENTERED,
                task.order().begun(),
                line.wanted().version(),
                line.wanted().ruleSet(),
                line.wanted().cause(),
                recipient);
    }

    /** Sends one slot's messages at the connection's pace. For one thread. */
    private final class Sender {
        private final Leave leave = new Leave(ports, flowId(), Sending.this::hasStopped);
        private int answered;

        /**
         * Leave may come minutes after the page was read. So it is judged then, by the entry as it stands then. Empty of
         * somebody who is not in the segment any more.
         */
        Optional<Outcome> send(LedgerKey key, String audience) {
            Outcome outcome = new Outcome.RetryLater("the connection has no room");
            for (int tried = 0; tried < MOST_TRIES; tried++) {
                Leave.Answer answer = leave.await(audience);
                if (answer == Leave.Answer.PARKED) {
                    stop("the campaign is parked");
                }
                if (answer != Leave.Answer.GIVEN) {
                    return Optional.of(outcome);
                }
                Judged judged = judge(now(key));
                if (!(judged instanceof Judged.Due(Connection connection, Delivery delivery))) {
                    leave.keep();
                    return judged instanceof Judged.Unsent(Outcome unsent) ? Optional.of(unsent) : Optional.empty();
                }
                outcome = send(connection, delivery);
                boolean again = outcome instanceof Outcome.RetryLater later
                        && later.notBefore().isEmpty();
                if (!again) {
                    return Optional.of(parking(outcome));
                }
                leave.drop();
                ports.pause().last(Duration.ofSeconds(1L << tried));
            }
            return Optional.of(outcome);
        }

        private Outcome send(Connection connection, Delivery delivery) {
            Answer answer = ports.partner().sendByHand(connection, delivery);
            note(delivery, answer);
            return answer.outcomes().getFirst();
        }

        /** Says what went well once a page, and at once what did not. */
        private void note(Delivery delivery, Answer answer) {
            if (answer.pace().equals(Pace.UNSAID) && answer.outcomes().getFirst() instanceof Outcome.Delivered) {
                answered++;
                return;
            }
            report();
            ports.flow().report(flowId(), ports.partner().limits(), Flow.Report.of(List.of(delivery), answer));
        }

        void report() {
            if (answered > 0) {
                ports.flow()
                        .report(
                                flowId(),
                                ports.partner().limits(),
                                new Flow.Report(answered, 0, Pace.UNSAID, List.of()));
                answered = 0;
            }
        }
    }

    private LedgerEntry now(LedgerKey key) {
        Ledger.Kept kept = ports.ledger().read(List.of(key)).get(key);
        return kept == null ? LedgerEntry.unknown(key) : kept.entry();
    }

    private Outcome parking(Outcome outcome) {
        if (outcome instanceof Outcome.Parked(String reason, var scope)) {
            stop("the campaign is parked: " + reason);
        }
        return outcome;
    }

    private void stop(String reason) {
        stopped = Optional.of(reason);
    }

    private boolean hasStopped() {
        return stopped.isPresent();
    }

    private Flow.Id flowId() {
        return new Flow.Id(task.id().account(), task.order().connection());
    }

    private Optional<Instant> later(Outcome outcome) {
        return outcome instanceof Outcome.RetryLater later
                ? Optional.of(later.notBefore().orElse(ports.clock().instant()))
                : Optional.empty();
    }

    private static Optional<Instant> earlier(Optional<Instant> one, Optional<Instant> other) {
        return one.isEmpty() || other.isPresent() && other.get().isBefore(one.get()) ? other.or(() -> one) : one;
    }

    private static String word(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Delivered delivered -> "sent";
            case Outcome.Skipped(String reason) -> "skipped: " + reason;
            case Outcome.Rejected(String reason) -> "rejected: " + reason;
            case Outcome.RetryLater later -> "later: " + later.reason();
            case Outcome.Parked(String reason, var scope) -> "parked: " + reason;
        };
    }
}
