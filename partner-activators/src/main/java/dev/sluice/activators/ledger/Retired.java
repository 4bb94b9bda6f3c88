package dev.sluice.activators.ledger;

import dev.sluice.activators.ledger.LedgerLine.Wanted;
import dev.sluice.model.profile.SegmentChange.Direction;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** People of a connection that is no longer published. Stateless. */
public final class Retired {
    private Retired() {}

    /**
     * The entry with nothing wanted any more, so that whatever the partner may have of the person is taken back; the same one
     * if nothing was wanted. Should the connection come back, that is another life: its ids are new ones.
     */
    public static LedgerEntry of(LedgerEntry entry, Telling telling, Instant now) {
        if (entry.lines().values().stream().noneMatch(line -> line.wanted().entered())) {
            return entry;
        }
        Map<String, LedgerLine> lines = new TreeMap<>(entry.lines());
        lines.replaceAll((segment, line) -> {
            Wanted wanted = line.wanted();
            return wanted.entered()
                    ? line.wanting(new Wanted(Direction.LEFT, wanted.version(), now, wanted.ruleSet(), wanted.cause()))
                    : line;
        });
        var left = new LedgerEntry(
                entry.key(),
                entry.life() + 1,
                entry.born(),
                entry.heard(),
                entry.version(),
                entry.recipient(),
                entry.consents(),
                entry.erased(),
                entry.lease(),
                new TreeMap<>(lines),
                entry.due(),
                entry.waitingSince(),
                entry.expires());
        return LedgerState.settled(left, telling, now);
    }

    /** The entry with nothing known of what the partner has: it is no longer tried to take it back. */
    public static LedgerEntry closed(LedgerEntry entry, Telling telling, Instant now) {
        return LedgerState.settled(entry.with(Map.of()).withLease(Optional.empty()), telling, now);
    }
}
