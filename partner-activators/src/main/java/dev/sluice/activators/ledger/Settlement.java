package dev.sluice.activators.ledger;

import dev.sluice.activators.Delivery;
import dev.sluice.activators.Outcome;
import dev.sluice.activators.ledger.LedgerLine.Attempt;
import dev.sluice.activators.ledger.LedgerLine.Place;
import dev.sluice.activators.ledger.LedgerLine.Presence;
import dev.sluice.activators.ledger.LedgerLine.Wanted;
import dev.sluice.model.profile.SegmentChange.Direction;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Takes what came of a claim into the entry as it stands by then. Stateless. */
public final class Settlement {
    /** Characters of a reason that are kept. */
    private static final int MAX_REASON = 200;

    /** More turns than a line ever has. */
    private static final int FORGOTTEN_TURNS = 1000;

    private Settlement() {}

    /**
     * What became of one delivery.
     *
     * @param mayHaveArrived whether the partner may have taken it, or has
     */
    public record Result(Claim.Sending sending, Outcome outcome, boolean mayHaveArrived) {
        public Result(Claim.Sending sending, Outcome outcome) {
            this(sending, outcome, mayHaveArrived(outcome));
        }

        private static boolean mayHaveArrived(Outcome outcome) {
            return switch (outcome) {
                case Outcome.Delivered delivered -> true;
                case Outcome.RetryLater later -> later.mayHaveIt();
                case Outcome.Skipped skipped -> false;
                case Outcome.Rejected rejected -> false;
                case Outcome.Parked parked -> false;
            };
        }
    }

    /**
     * The result that counts: what was tried for too long is not tried again. What may have arrived may have so all the same.
     *
     * @param entry that holds the claim
     */
    public static Result judged(LedgerEntry entry, Result result, RetrySchedule schedule, Instant now) {
        LedgerLine line = entry.lines().get(result.sending().delivery().segment());
        if (result.outcome() instanceof Outcome.RetryLater later
                && line != null
                && line.last().filter(last -> is(last, result.sending())).isPresent()
                && schedule.isOver(line.last().orElseThrow().first(), now)) {
            var expired = new Outcome.Rejected("expired: " + later.reason());
            return new Result(result.sending(), expired, result.mayHaveArrived());
        }
        return result;
    }

    /** The entry once it is known what came of a claim, whatever was folded into it meanwhile. */
    public static LedgerEntry settle(
            LedgerEntry entry,
            List<Result> results,
            String holder,
            Telling telling,
            RetrySchedule schedule,
            Instant now) {
        Map<String, LedgerLine> lines = new TreeMap<>(entry.lines());
        for (Result result : results) {
            String segment = result.sending().delivery().segment();
            LedgerLine line = lines.get(segment);
            if (line != null
                    && line.last().filter(last -> is(last, result.sending())).isPresent()) {
                lines.put(segment, after(line, line.last().get(), result, telling, schedule, now));
            } else if (telling.partner().hearsOfLeaving() && result.mayHaveArrived()) {
                lines.put(segment, doubtful(entry, line, result.sending(), now));
            }
        }
        Optional<LedgerEntry.Lease> lease =
                entry.lease().filter(held -> !held.holder().equals(holder));
        return LedgerState.settled(entry.with(lines).withLease(lease), telling, now);
    }

    private static boolean is(Attempt last, Claim.Sending sending) {
        return last.version() == sending.delivery().version()
                && last.turn() == sending.turn()
                && last.direction() == sending.delivery().direction();
    }

    private static LedgerLine after(
            LedgerLine line, Attempt last, Result result, Telling telling, RetrySchedule schedule, Instant now) {
        return switch (result.outcome()) {
            case Outcome.Delivered() ->
                line.after(last.as(Attempt.State.DELIVERED, now, ""), delivered(line, last, telling, now));
            case Outcome.Skipped(String reason) ->
                line.after(
                        last.as(Attempt.State.SKIPPED, now, brief(reason)),
                        // By a dry run the partner dropped nobody.
                        last.direction() == Direction.LEFT && !Outcome.Skipped.isDryRun(reason)
                                ? without(line, last)
                                : refused(line, last));
            case Outcome.Rejected(String reason) ->
                line.after(
                        last.as(Attempt.State.REJECTED, now, brief(reason)),
                        // What was tried for too long may have arrived at last.
                        result.mayHaveArrived() && last.direction() == Direction.ENTERED
                                ? uncertain(line, last)
                                : refused(line, last));
            case Outcome.Parked(String reason, Outcome.Parked.Scope scope) ->
                line.after(
                        last.afresh(now)
                                .as(
                                        Attempt.State.PARKED,
                                        now.plus(reason.equals(Claim.WAITING) ? Claim.WAITS : Claim.PARKED),
                                        brief(reason)),
                        last.direction() == Direction.LEFT ? line.places() : refused(line, last));
            case Outcome.RetryLater later -> {
                Instant next = schedule.next(last.number(), now);
                Instant then = later.notBefore().filter(next::isBefore).orElse(next);
                yield line.after(
                        last.as(Attempt.State.LATER, then, brief(later.reason())),
                        // Who it surely has not heard of must never leave it either.
                        result.mayHaveArrived() || last.direction() == Direction.LEFT
                                ? uncertain(line, last)
                                : refused(line, last));
            }
        };
    }

    private static List<Place> delivered(LedgerLine line, Attempt last, Telling telling, Instant now) {
        if (!telling.partner().hearsOfLeaving()) {
            return List.of();
        }
        if (last.direction() == Direction.LEFT) {
            return without(line, last);
        }
        List<Place> places = new ArrayList<>(without(line, last));
        places.add(new Place(last.audience(), last.recipient(), Presence.SURE, now));
        return places;
    }

    private static List<Place> without(LedgerLine line, Attempt last) {
        return line.places().stream()
                .filter(place -> !place.isAt(last.audience(), last.recipient()))
                .toList();
    }

    /** Who refuses at once to take somebody does not have them; who refuses to drop somebody still does. */
    private static List<Place> refused(LedgerLine line, Attempt last) {
        List<Place> places = new ArrayList<>();
        for (Place place : line.places()) {
            if (!place.isAt(last.audience(), last.recipient())) {
                places.add(place);
            } else if (last.direction() == Direction.LEFT) {
                // What is wanted since by a newer version is tried once more.
                boolean isWanted = last.version() == line.wanted().version();
                places.add(place.as(isWanted ? Presence.STUCK : Presence.UNSURE));
            } else if (place.presence() != Presence.HOPED) {
                places.add(place);
            }
        }
        return places;
    }

    private static List<Place> uncertain(LedgerLine line, Attempt last) {
        return line.places().stream()
                .map(place -> place.isAt(last.audience(), last.recipient()) ? place.as(Presence.UNSURE) : place)
                .toList();
    }

    /**
     * Somebody else went on meanwhile, since the claim was held for too long: in which order the partner got both is not
     * known, so it is told again.
     */
    private static LedgerLine doubtful(
            LedgerEntry entry, @Nullable LedgerLine line, Claim.Sending sending, Instant now) {
        Delivery delivery = sending.delivery();
        var place = new Place(delivery.audience(), delivery.recipient(), Presence.UNSURE, now);
        if (line == null) {
            // The line is over and forgotten, so its ids must be others than any that it had.
            int turn = FORGOTTEN_TURNS + sending.turn();
            var wanted =
                    new Wanted(Direction.LEFT, entry.version(), delivery.at(), delivery.ruleSet(), delivery.cause());
            var last = new Attempt(
                    delivery.direction(),
                    delivery.audience(),
                    delivery.recipient(),
                    entry.version(),
                    turn,
                    1,
                    now,
                    now,
                    now,
                    Attempt.State.DELIVERED,
                    "");
            return new LedgerLine(wanted, List.of(place), Optional.of(last));
        }
        List<Place> places = new ArrayList<>(line.places().stream()
                .filter(other -> !other.isAt(place.audience(), place.recipient()))
                .toList());
        if (delivery.direction() == Direction.ENTERED
                || places.size() < line.places().size()) {
            places.add(place);
        }
        return line.at(places);
    }

    private static String brief(String reason) {
        return reason.length() <= MAX_REASON ? reason : reason.substring(0, MAX_REASON);
    }
}
