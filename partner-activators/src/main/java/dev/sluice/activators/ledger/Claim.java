package dev.sluice.activators.ledger;

import dev.sluice.activators.Delivery;
import dev.sluice.activators.ledger.LedgerLine.Attempt;
import dev.sluice.activators.ledger.LedgerLine.Place;
import dev.sluice.activators.ledger.LedgerLine.Presence;
import dev.sluice.model.profile.DeliveryId;
import dev.sluice.model.profile.SegmentChange.Direction;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Leave to tell a partner of one person: written into the ledger before anything is sent, so that nobody else sends the
 * same, and so that whatever becomes of the sender it is known what the partner may have got. Immutable.
 *
 * @param entry as it must be written first
 * @param sendings what may then be sent: all of one direction, each segment at most once; empty if nothing is due
 */
public record Claim(LedgerEntry entry, List<Sending> sendings) {
    /** After so long somebody finds out whether what was parked still is; a person who resumes it makes all of it due. */
    static final Duration PARKED = Duration.ofDays(1);

    /** Everyone else of a parked audience is left for so long: they are made due when it goes again. */
    static final Duration WAITS = Duration.ofDays(7);

    /** Until somebody who may find out does: the schedule comes by. */
    private static final Duration SOON = Duration.ofMinutes(2);

    /** Why those wait who do not find out. */
    public static final String WAITING = "the audience is parked; somebody else finds out when it no longer is";

    private static final String FINDING_OUT = "the audience is parked";

    /** Of those who are found due while an audience is parked already, one of so many finds out. */
    private static final int ONE_OF = 16;

    public Claim {
        sendings = List.copyOf(sendings);
    }

    /**
     * A delivery on its way.
     *
     * @param turn which of the things told because of its version
     */
    public record Sending(Delivery delivery, int turn) {
        public LedgerKey key(Telling telling) {
            return new LedgerKey(telling.connection().name(), delivery.person());
        }
    }

    /**
     * Claims what is due of an entry.
     *
     * @param lease to hold while it is being sent: longer than a call lasts
     * @param parked audiences of which nothing may be sent
     */
    public static Claim of(
            LedgerEntry entry, Telling telling, LedgerEntry.Lease lease, Set<String> parked, Instant now) {
        return of(entry, telling, lease, new Bounds(parked, Integer.MAX_VALUE), now);
    }

    /**
     * What a claim may not go beyond.
     *
     * @param parked audiences of which nothing may be sent
     * @param most deliveries
     * @param findsOut whether those may be sent all the same who are to find out whether their audience is still parked
     */
    public record Bounds(Set<String> parked, int most, boolean findsOut) {
        public Bounds(Set<String> parked, int most) {
            this(parked, most, false);
        }

        private boolean isParked(LedgerStep step) {
            return parked.contains(step.place().audience()) && !(findsOut && step.findsOut());
        }
    }

    /** As the other, of so many deliveries at most: the rest stays due. */
    public static Claim of(LedgerEntry entry, Telling telling, LedgerEntry.Lease lease, Bounds bounds, Instant now) {
        if (entry.lease().filter(held -> held.until().isAfter(now)).isPresent()) {
            return new Claim(entry, List.of());
        }
        LedgerEntry free = entry.withLease(Optional.empty());
        List<LedgerStep> all = LedgerStep.of(free, telling);
        Map<String, LedgerLine> lines = new TreeMap<>(free.lines());
        for (LedgerStep step : all) {
            if (bounds.isParked(step) && !step.notBefore().isAfter(now)) {
                lines.computeIfPresent(
                        step.segment(),
                        (segment, line) -> line.after(parked(entry.key(), step, telling, now), line.places()));
            }
        }
        free = free.with(lines);
        List<Sending> sendings = new ArrayList<>();
        for (LedgerStep step : LedgerStep.inOrder(LedgerStep.of(free, telling))) {
            boolean turns = sendings.isEmpty() || sendings.getFirst().delivery().direction() == step.direction();
            if (!step.notBefore().isAfter(now) && turns && sendings.size() < bounds.most()) {
                lines.computeIfPresent(step.segment(), (segment, line) -> sent(line, step, telling, now));
                Optional<String> occasion =
                        Optional.ofNullable(lines.get(step.segment())).flatMap(LedgerLine::occasion);
                sendings.add(new Sending(delivery(entry.key(), step, occasion, telling), step.turn()));
            }
        }
        LedgerEntry claimed = free.with(lines);
        if (!sendings.isEmpty()) {
            claimed = claimed.withLease(Optional.of(lease));
        }
        // Also of what has become right by itself: consent is asked for otherwise now, say.
        return new Claim(LedgerState.settled(claimed, telling, now), sendings);
    }

    private static Attempt parked(LedgerKey key, LedgerStep step, Telling telling, Instant now) {
        Attempt attempt =
                attempt(step, telling, step.before().map(Attempt::number).orElse(0), now);
        if (step.findsOut()) {
            return attempt.as(Attempt.State.PARKED, now.plus(SOON), FINDING_OUT);
        }
        return !step.isParked() && key.slot() % ONE_OF == 0
                ? attempt.as(Attempt.State.PARKED, now.plus(PARKED), FINDING_OUT)
                : attempt.as(Attempt.State.PARKED, now.plus(WAITS), WAITING);
    }

    private static LedgerLine sent(LedgerLine line, LedgerStep step, Telling telling, Instant now) {
        Place place = step.place();
        List<Place> places = new ArrayList<>();
        boolean known = false;
        for (Place other : line.places()) {
            boolean same =
                    other.audience().equals(place.audience()) && telling.areSame(other.recipient(), place.recipient());
            known |= same;
            // An earlier attempt of which nothing is known: from now on the partner may have the person.
            places.add(same ? new Place(place.audience(), place.recipient(), Presence.UNSURE, other.at()) : other);
        }
        if (!known && step.direction() == Direction.ENTERED && telling.partner().hearsOfLeaving()) {
            places.add(new Place(place.audience(), place.recipient(), Presence.HOPED, now));
        }
        int number = step.before().map(Attempt::number).orElse(0) + 1;
        return line.after(attempt(step, telling, number, now), places);
    }

    private static Attempt attempt(LedgerStep step, Telling telling, int number, Instant now) {
        // A message cannot be taken back, so by which address it went need not be known.
        String recipient = telling.partner().hearsOfLeaving() ? step.place().recipient() : "";
        return new Attempt(
                step.direction(),
                step.place().audience(),
                recipient,
                step.wanted().version(),
                step.turn(),
                number,
                step.before()
                        .filter(before -> before.number() > 0)
                        .map(Attempt::first)
                        .orElse(now),
                now,
                now,
                Attempt.State.SENT,
                "");
    }

    private static Delivery delivery(LedgerKey key, LedgerStep step, Optional<String> occasion, Telling telling) {
        String recipient = step.place().recipient();
        LedgerLine.Wanted wanted = step.wanted();
        return new Delivery(
                DeliveryId.of(telling.connection().name(), key.person(), step.segment(), wanted.version(), step.turn()),
                key.person(),
                step.segment(),
                step.place().audience(),
                step.direction(),
                wanted.at(),
                wanted.version(),
                wanted.ruleSet(),
                wanted.cause(),
                step.direction() == Direction.LEFT
                        ? recipient
                        : occasion.map(event -> telling.partner().onOccasion(recipient, event))
                                .orElse(recipient));
    }
}
