package dev.sluice.activators.ledger;

import dev.sluice.activators.ledger.LedgerLine.Attempt;
import dev.sluice.activators.ledger.LedgerLine.Place;
import dev.sluice.activators.ledger.LedgerLine.Presence;
import dev.sluice.activators.ledger.LedgerLine.Wanted;
import dev.sluice.model.profile.SegmentChange.Direction;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The next thing that a partner must be told of one segment of one person, so that what it has becomes what is wanted.
 *
 * @param place which audience, by which name of the person
 * @param turn which of the things told because of the wanted version this is
 * @param before the last attempt at this very thing, if it was tried
 * @param refreshAt when it must be told again because it forgets by itself; empty of what it has yet to be told
 */
record LedgerStep(
        String segment,
        Direction direction,
        Place place,
        Wanted wanted,
        int turn,
        Optional<Attempt> before,
        Optional<Instant> refreshAt) {
    /** Many more than one version of a profile ever leads to. */
    private static final int TURNS_OF_A_LIFE = 1_000_000;

    /** All that a partner must be told of a person, at most one step for a segment. */
    static List<LedgerStep> of(LedgerEntry entry, Telling telling) {
        List<LedgerStep> steps = new ArrayList<>();
        entry.lines()
                .forEach((segment, line) -> next(entry, segment, line, telling).ifPresent(steps::add));
        return steps;
    }

    /** Those that may be taken now: whom the person leaves comes before whom they enter. What is parked stops nobody. */
    static List<LedgerStep> inOrder(List<LedgerStep> steps) {
        boolean leaves = steps.stream().anyMatch(step -> step.direction() == Direction.LEFT && !step.isParked());
        return steps.stream()
                .filter(step -> step.isParked() || !leaves || step.direction() == Direction.LEFT)
                .toList();
    }

    boolean isParked() {
        return before.filter(attempt -> attempt.state() == Attempt.State.PARKED).isPresent();
    }

    /** Whether it is parked and, once its time has come, finds out whether it still has to be. */
    boolean findsOut() {
        return before.filter(attempt -> attempt.state() == Attempt.State.PARKED
                        && !attempt.reason().equals(Claim.WAITING))
                .isPresent();
    }

    Instant notBefore() {
        return before.map(Attempt::notBefore).or(() -> refreshAt).orElse(Instant.MIN);
    }

    /** Whether the partner does not know yet what it should. */
    boolean isMissing(Instant now) {
        return refreshAt.filter(then -> then.isAfter(now)).isEmpty();
    }

    private static Optional<LedgerStep> next(LedgerEntry entry, String segment, LedgerLine line, Telling telling) {
        Optional<Place> target = target(entry, segment, line, telling);
        if (telling.partner().hearsOfLeaving()) {
            Optional<Place> astray = line.places().stream()
                    .filter(place -> place.presence() != Presence.STUCK || telling.wasDryRun(line))
                    .filter(place -> target.filter(wanted -> isWanted(place, wanted, telling))
                            .isEmpty())
                    .findFirst();
            if (astray.isPresent()) {
                return Optional.of(step(entry, segment, line, Direction.LEFT, astray.get(), telling));
            }
        }
        if (target.isEmpty()) {
            return Optional.empty();
        }
        return mustEnter(line, target.get(), telling)
                ? Optional.of(step(entry, segment, line, Direction.ENTERED, target.get(), telling))
                : refresh(line, target.get(), telling)
                        .map(then -> step(entry, segment, line, Direction.ENTERED, target.get(), telling)
                                .refreshing(then));
    }

    private static Optional<Instant> refresh(LedgerLine line, Place target, Telling telling) {
        return telling.partner()
                .refreshesEvery(telling.connection())
                .flatMap(every -> line.places().stream()
                        .filter(place -> place.presence() == Presence.SURE && isWanted(place, target, telling))
                        .map(place -> place.at().plus(every))
                        .min(Comparator.naturalOrder()));
    }

    private LedgerStep refreshing(Instant then) {
        return new LedgerStep(segment, direction, place, wanted, turn, before, Optional.of(then));
    }

    private static Optional<Place> target(LedgerEntry entry, String segment, LedgerLine line, Telling telling) {
        if (!line.wanted().entered() || !telling.isOpen(entry)) {
            return Optional.empty();
        }
        return telling.connection()
                .audience(segment)
                .map(audience -> new Place(audience, entry.recipient().orElseThrow(), Presence.SURE, Instant.MIN));
    }

    private static boolean isWanted(Place place, Place wanted, Telling telling) {
        return place.audience().equals(wanted.audience()) && telling.areSame(place.recipient(), wanted.recipient());
    }

    private static boolean mustEnter(LedgerLine line, Place target, Telling telling) {
        boolean isThere = line.places().stream()
                .anyMatch(place -> place.presence() == Presence.SURE && isWanted(place, target, telling));
        boolean over = line.last()
                .filter(last -> telling.isSame(
                        last, Direction.ENTERED, target, line.wanted().version()))
                .filter(last -> telling.partner().hearsOfLeaving() ? last.refused() : last.over())
                .filter(last -> !telling.wasDryRun(line))
                .isPresent();
        return !isThere && !over;
    }

    private static LedgerStep step(
            LedgerEntry entry, String segment, LedgerLine line, Direction direction, Place place, Telling telling) {
        Wanted wanted = line.wanted();
        Optional<Attempt> again = line.last()
                .filter(last -> telling.isSame(last, direction, place, wanted.version()))
                .filter(last -> !last.over() || telling.wasDryRun(line));
        int turn = again.map(Attempt::turn)
                .orElseGet(() -> line.last()
                        .filter(last -> last.version() == wanted.version())
                        .map(last -> last.turn() + 1)
                        .orElse(entry.life() * TURNS_OF_A_LIFE));
        return new LedgerStep(segment, direction, place, wanted, turn, again, Optional.empty());
    }
}
