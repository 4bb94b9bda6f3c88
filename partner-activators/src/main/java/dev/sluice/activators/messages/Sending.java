package dev.sluice.activators.messages;

import dev.sluice.activators.Answer;
import dev.sluice.activators.Delivery;
import dev.sluice.activators.Outcome;
import dev.sluice.activators.Pace;
import dev.sluice.activators.Pause;
import dev.sluice.activators.delivery.Flow;
import dev.sluice.activators.ledger.Ledger;
import dev.sluice.activators.ledger.LedgerEntry;
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
    /** Calls for which leave is asked at once, and how long it is of use. */
    private static final int CALLS = 10;

    private static final Duration LEAVE = Duration.ofSeconds(30);
    private static final Duration LEAST_WAIT = Duration.ofMillis(100);
    private static final int MOST_ASKED = 1_000;

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
        var sender = new Sender();
        Sendings.Progress progress = from.whole() ? Sendings.Progress.NONE : from;
        while (!progress.whole() && !parked.get()) {
            Ledger.Page page =
                    ports.ledger().page(task.id().account(), task.connection().name(), slot, progress.after(), PAGE);
            progress = page(page, progress, sender);
            sender.report();
            if (!task.dry() && !parked.get()) {
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
    private Optional<Outcome> person(LedgerEntry entry, Sender sender) {
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
                audience(),
                SegmentChange.Direction.ENTERED,
                task.order().begun(),
                line.wanted().version(),
                line.wanted().ruleSet(),
                line.wanted().cause(),
                entry.recipient().get());
        Outcome foreseen = ports.partner().foresee(task.connection(), delivery);
        // Whoever is not written to takes nothing of the connection's pace.
        boolean asks = foreseen instanceof Outcome.Delivered;
        return Optional.of(
                task.dry()
                        ? foreseen
                        : asks ? sender.send(delivery) : ports.partner().unsent(delivery, foreseen));
    }

    /** Sends one slot's messages at the connection's pace. For one thread. */
    private final class Sender {
        private int left;
        private Instant next = Instant.MIN;
        private Instant until = Instant.MIN;
        private Duration apart = Duration.ZERO;
        private int answered;

        Outcome send(Delivery delivery) {
            Outcome outcome = new Outcome.RetryLater("the connection has no room");
            for (int tried = 0; tried < MOST_TRIES; tried++) {
                if (!waitForLeave()) {
                    return outcome;
                }
                Answer answer = ports.partner().sendByHand(task.connection(), delivery);
                outcome = answer.outcomes().getFirst();
                note(delivery, answer);
                if (outcome instanceof Outcome.Parked) {
                    parked.set(true);
                    return outcome;
                }
                boolean again = outcome instanceof Outcome.RetryLater later
                        && later.notBefore().isEmpty();
                if (!again) {
                    return outcome;
                }
                left = 0;
                ports.pause().last(Duration.ofSeconds(1L << tried));
            }
            return outcome;
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

        /** Waits until a call may be made; false if there is no leave for long, or none will come. */
        private boolean waitForLeave() {
            Instant end = ports.clock().instant().plus(PATIENCE);
            for (int asked = 0; asked < MOST_ASKED; asked++) {
                if (left > 0 && ports.clock().instant().isBefore(until)) {
                    pause(Duration.between(ports.clock().instant(), next));
                    left--;
                    next = next.plus(apart);
                    return true;
                }
                Duration wait = ask();
                boolean isOver = Thread.currentThread().isInterrupted()
                        || !ports.clock().instant().plus(wait).isBefore(end);
                if (parked.get() || left == 0 && isOver) {
                    return false;
                }
                if (left == 0) {
                    pause(wait);
                }
            }
            return false;
        }

        /** Asks for leave to make some calls; how long to wait before asking again if there is none. */
        private Duration ask() {
            Instant now = ports.clock().instant();
            until = now.plus(LEAVE);
            Flow.Permit permit = ports.flow().permit(flowId(), ports.partner().limits(), CALLS, until);
            if (permit.parked().contains("") || permit.parked().contains(audience())) {
                parked.set(true);
            }
            left = permit.calls();
            next = permit.from();
            apart = permit.apart();
            Duration wait = Duration.between(now, permit.from());
            return wait.compareTo(LEAST_WAIT) < 0 ? LEAST_WAIT : wait;
        }

        private void pause(Duration wait) {
            if (wait.isPositive()) {
                ports.pause().last(wait);
            }
        }
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
