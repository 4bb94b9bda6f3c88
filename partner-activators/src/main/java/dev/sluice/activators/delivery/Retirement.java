package dev.sluice.activators.delivery;

import dev.sluice.activators.SetAside;
import dev.sluice.activators.UnreachableException;
import dev.sluice.activators.ledger.Ledger;
import dev.sluice.activators.ledger.LedgerEntry;
import dev.sluice.activators.ledger.LedgerKey;
import dev.sluice.activators.ledger.Retired;
import dev.sluice.activators.ledger.Telling;
import dev.sluice.model.Ring;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Takes back what a connection told that is no longer published: goes through its ledger, makes everybody leave, and ends when
 * nothing waits any more. The ledger's entries go by themselves then, as those of everybody do of whom nothing has to be known.
 * What could not be taken back within {@link Removals#LONGEST} is set aside, counted as rejected and forgotten. Goes on where the
 * last invocation stopped. Not thread-safe; two at once do the same twice and no harm.
 */
final class Retirement {
    /** A function that had the connection when it was removed has ended by then. */
    static final Duration SETTLED = Duration.ofMinutes(15);

    private static final int PAGE = 200;

    private final Removals removals;
    private final Ledger ledger;
    private final SetAside setAside;
    private final Clock clock;
    private final Map<Flow.Id, Tally> tallies = new HashMap<>();

    Retirement(Removals removals, Ledger ledger, SetAside setAside, Clock clock) {
        this.removals = removals;
        this.ledger = ledger;
        this.setAside = setAside;
        this.clock = clock;
    }

    /** What could not be taken back, of the connections of which something could not. */
    Map<Flow.Id, Tally> tallies() {
        return Map.copyOf(tallies);
    }

    /** Goes on until the end; returns the connections over which somebody is to be told to leave. */
    List<Served.InAccount> goOn(Instant end) {
        List<Served.InAccount> telling = new ArrayList<>();
        for (Removals.Removal removal : removals.open()) {
            if (removal.noted().plus(SETTLED).isAfter(clock.instant())) {
                continue;
            }
            boolean isOver = !removal.end().isAfter(clock.instant());
            Removals.Removal reached = walk(isOver && !removal.closing() ? removal.closed() : removal, end);
            boolean isThrough = reached.slot() == Ring.SLOTS;
            if (isThrough && isEmpty(removal.connection()) && (reached.closing() || !isDryRun(removal))) {
                removals.done(reached);
                continue;
            }
            // What was under way when its entry was closed may have left something: once more, then.
            Removals.Removal next = isThrough && reached.closing() ? reached.closed() : reached;
            if (!next.equals(removal)) {
                removals.reached(next);
            }
            if (!reached.closing()) {
                telling.add(removal.connection());
            }
        }
        return telling;
    }

    /** Nobody is told to leave by a dry run, so of the people that the partner has nothing waits: they are set aside in time. */
    private static boolean isDryRun(Removals.Removal removal) {
        Telling telling = removal.connection().telling();
        return telling.partner().isDryRun(telling.connection());
    }

    private boolean isEmpty(Served.InAccount connection) {
        Ledger.Backlog backlog =
                ledger.backlog(connection.account(), connection.id().connection(), Ledger.GROUPS);
        return backlog.entries() == 0 && backlog.whole();
    }

    private Removals.Removal walk(Removals.Removal from, Instant end) {
        Removals.Removal place = from;
        while (place.slot() < Ring.SLOTS && clock.instant().isBefore(end)) {
            Served.InAccount connection = place.connection();
            Ledger.Page page =
                    ledger.page(connection.account(), connection.id().connection(), place.slot(), place.after(), PAGE);
            if (!(place.closing() ? close(place, page.entries()) : leave(connection, page.entries()))) {
                // Another wrote meanwhile: the page is read again.
                continue;
            }
            place = page.last().isPresent()
                    ? place.at(place.slot(), page.last())
                    : place.at(place.slot() + 1, Optional.empty());
        }
        return place;
    }

    private boolean leave(Served.InAccount connection, List<Ledger.Kept> people) {
        List<Ledger.Write> writes = new ArrayList<>();
        for (Ledger.Kept kept : people) {
            LedgerEntry left = Retired.of(kept.entry(), connection.telling(), clock.instant());
            if (kept.readable() && !left.equals(kept.entry())) {
                writes.add(Ledger.Write.of(left, Optional.of(kept)));
            }
        }
        return areWritten(writes);
    }

    /** Sets aside where the partner may still have somebody, and forgets it. */
    private boolean close(Removals.Removal removal, List<Ledger.Kept> people) {
        Telling telling = removal.connection().telling();
        List<Ledger.Write> writes = new ArrayList<>();
        List<SetAside.Item> left = new ArrayList<>();
        for (Ledger.Kept kept : people) {
            if (!kept.readable() || kept.entry().lines().isEmpty()) {
                continue;
            }
            NotTakenBack.of(kept.entry(), telling).forEach(one -> left.add(one.item(removal.noted(), clock.instant())));
            writes.add(Ledger.Write.of(Retired.closed(kept.entry(), telling, clock.instant()), Optional.of(kept)));
        }
        setAside(left);
        if (!areWritten(writes)) {
            return false;
        }
        if (!left.isEmpty()) {
            tallies.computeIfAbsent(removal.connection().id(), any -> new Tally())
                    .add(Tally.Count.REJECTED, left.size());
        }
        return true;
    }

    private void setAside(List<SetAside.Item> left) {
        for (int from = 0; from < left.size(); from += SetAside.MAX_TOGETHER) {
            if (!setAside.keepAll(left.subList(from, Math.min(left.size(), from + SetAside.MAX_TOGETHER)))) {
                throw new UnreachableException(
                        "what was not taken back could not be set aside", new IllegalStateException("set-aside"));
            }
        }
    }

    private boolean areWritten(List<Ledger.Write> writes) {
        Map<LedgerKey, Optional<Ledger.Kept>> lost = writes.isEmpty() ? Map.of() : ledger.write(writes);
        return lost.isEmpty();
    }
}
