package dev.sluice.activators.messages;

import dev.sluice.activators.Answer;
import dev.sluice.activators.Delivery;
import dev.sluice.activators.Flow;
import dev.sluice.activators.Ledger;
import dev.sluice.activators.LedgerEntry;
import dev.sluice.activators.LedgerLine;
import dev.sluice.activators.Outcome;
import dev.sluice.activators.Pause;
import dev.sluice.model.activation.Connection;
import dev.sluice.model.profile.SegmentChange;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * One campaign's message to everybody who is in a segment now, slot by slot from the campaign's own ledger. What was done is
 * kept after every page, and a message's id is that of the sending and the person: whoever runs it again goes on where it
 * stood, and nobody is sent it twice. Consent, caps, quiet hours, control group and the connection's pace hold as for
 * messages that entering a segment sends. Slots may run at once.
 */
public final class Sending {
    private static final int PAGE = 100;
    private static final int MOST_TRIES = 5;
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final Task task;
    private final Ports ports;
    private final AtomicBoolean parked = new AtomicBoolean();

    public Sending(Task task, Ports ports) {
        this.task = task;
        this.ports = ports;
    }

    /**
     * What is to be sent.
     *
     * @param dry whether nothing is sent and nothing kept: it only counts
     */
    public record Task(Sendings.Id id, Connection connection, Sendings.Order order, boolean dry) {}

    /** What a sending works with. */
    public record Ports(
            Ledger ledger, MessagePartner partner, Flow flow, Sendings sendings, InstantSource clock, Pause pause) {}

    /** Whether it stopped because the connection takes nothing until somebody has put something right. */
    public boolean isParked() {
        return parked.get();
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
        Sendings.Progress progress = from.whole() ? Sendings.Progress.NONE : from;
        while (!progress.whole() && !parked.get()) {
            Ledger.Page page =
                    ports.ledger().page(task.id().account(), task.connection().name(), slot, progress.after(), PAGE);
            progress = page(page, progress);
            if (!task.dry() && !parked.get()) {
                ports.sendings().keep(task.id(), slot, progress);
            }
        }
        return progress;
    }

    private Sendings.Progress page(Ledger.Page page, Sendings.Progress before) {
        SortedMap<String, Long> counts = new TreeMap<>(before.counts());
        Optional<Instant> next = before.next();
        for (Ledger.Kept kept : page.entries()) {
            Optional<Outcome> outcome = person(kept.entry());
            if (parked.get()) {
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
    private Optional<Outcome> person(LedgerEntry entry) {
        String segment = task.order().segment();
        LedgerLine line = entry.lines().get(segment);
        if (line == null || !line.wanted().entered() || entry.erased()) {
            return Optional.empty();
        }
        if (!task.connection().consent().isGivenBy(entry.consents())) {
            return Optional.of(new Outcome.Skipped("no consent"));
        }
        if (entry.recipient().isEmpty()) {
            return Optional.of(new Outcome.Skipped("no address"));
        }
        var delivery = new Delivery(
                SendingId.delivery(
                        task.id().sending(),
                        task.connection().name(),
                        entry.key().person()),
                entry.key().person(),
                segment,
                task.connection().audience(segment).orElse(segment),
                SegmentChange.Direction.ENTERED,
                task.order().begun(),
                line.wanted().version(),
                line.wanted().ruleSet(),
                line.wanted().cause(),
                entry.recipient().get());
        return Optional.of(task.dry() ? ports.partner().foresee(task.connection(), delivery) : send(delivery));
    }

    private Outcome send(Delivery delivery) {
        Outcome outcome = new Outcome.RetryLater("the connection has no room");
        for (int tried = 0; tried < MOST_TRIES; tried++) {
            if (!waitForLeave()) {
                return outcome;
            }
            Answer answer = ports.partner().sendByHand(task.connection(), delivery);
            outcome = answer.outcomes().getFirst();
            ports.flow().report(flowId(), ports.partner().limits(), Flow.Report.of(List.of(delivery), answer));
            if (outcome instanceof Outcome.Parked) {
                parked.set(true);
                return outcome;
            }
            boolean again = outcome instanceof Outcome.RetryLater(String reason, Optional<Instant> notBefore)
                    && notBefore.isEmpty();
            if (!again) {
                return outcome;
            }
            ports.pause().last(Duration.ofSeconds(1L << tried));
        }
        return outcome;
    }

    /** Waits until a call may be made; false if there is no leave for long, or none will come. */
    private boolean waitForLeave() {
        Instant end = ports.clock().instant().plus(PATIENCE);
        for (int asked = 0; asked < 600; asked++) {
            Flow.Permit permit = ports.flow().permit(flowId(), ports.partner().limits(), 1, end);
            boolean isParked = permit.parked().contains("") || permit.parked().contains(audience());
            if (isParked) {
                parked.set(true);
                return false;
            }
            Duration wait = Duration.between(ports.clock().instant(), permit.from());
            boolean isLong = wait.compareTo(PATIENCE) > 0;
            if (!isLong && wait.isPositive()) {
                ports.pause().last(wait);
            }
            if (permit.calls() > 0) {
                return true;
            }
            if (isLong
                    || Thread.currentThread().isInterrupted()
                    || !ports.clock().instant().isBefore(end)) {
                return false;
            }
        }
        return false;
    }

    private String audience() {
        return task.connection()
                .audience(task.order().segment())
                .orElse(task.order().segment());
    }

    private Flow.Id flowId() {
        return new Flow.Id(task.id().account(), task.connection().name());
    }

    private Optional<Instant> later(Outcome outcome) {
        return outcome instanceof Outcome.RetryLater(String reason, Optional<Instant> notBefore)
                ? Optional.of(notBefore.orElse(ports.clock().instant()))
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
            case Outcome.RetryLater(String reason, var then) -> "later: " + reason;
            case Outcome.Parked(String reason, var scope) -> "parked: " + reason;
        };
    }
}
