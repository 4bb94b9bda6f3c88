package dev.sluice.activators.delivery;

import dev.sluice.activators.ledger.Ledger;
import dev.sluice.activators.ledger.LedgerEntry;
import dev.sluice.activators.ledger.LedgerKey;
import dev.sluice.activators.ledger.Retired;
import dev.sluice.model.Ring;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Takes back what a connection told that is no longer published: goes through its ledger, makes everybody leave, and ends when
 * nothing waits any more. The ledger's entries go by themselves then, as those of everybody do of whom nothing has to be known.
 * Goes on where the last invocation stopped. Thread-safe; two at once do the same twice and no harm.
 */
final class Retirement {
    /** A function that had the connection when it was removed has ended by then. */
    static final Duration SETTLED = Duration.ofMinutes(15);

    private static final int PAGE = 200;

    private final Removals removals;
    private final Ledger ledger;
    private final Clock clock;

    Retirement(Removals removals, Ledger ledger, Clock clock) {
        this.removals = removals;
        this.ledger = ledger;
        this.clock = clock;
    }

    /** Goes on until the end; returns the connections over which somebody is to be told to leave. */
    List<Served.InAccount> goOn(Instant end) {
        List<Served.InAccount> telling = new ArrayList<>();
        for (Removals.Removal removal : removals.open()) {
            if (removal.noted().plus(SETTLED).isAfter(clock.instant())) {
                continue;
            }
            Removals.Removal reached = walk(removal, end);
            if (!reached.equals(removal)) {
                removals.reached(reached);
            }
            if (reached.slot() == Ring.SLOTS && isEmpty(removal.connection())) {
                removals.done(reached);
            } else {
                telling.add(removal.connection());
            }
        }
        return telling;
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
            if (!leave(connection, page.entries())) {
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
        Map<LedgerKey, Optional<Ledger.Kept>> lost = writes.isEmpty() ? Map.of() : ledger.write(writes);
        return lost.isEmpty();
    }
}
