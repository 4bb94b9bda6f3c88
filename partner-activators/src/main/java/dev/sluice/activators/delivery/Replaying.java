package dev.sluice.activators.delivery;

import dev.sluice.activators.ledger.LedgerEntry;
import dev.sluice.activators.ledger.LedgerLine;
import dev.sluice.activators.ledger.LedgerLine.Attempt;
import dev.sluice.activators.ledger.LedgerLine.Presence;
import dev.sluice.activators.ledger.LedgerState;
import dev.sluice.activators.ledger.Telling;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;

/** Makes due again what a partner refused or what waits, under the same delivery ids. Stateless. */
public final class Replaying {
    private Replaying() {}

    /**
     * The entry with what was refused, parked or has been put off due now; the very same one if there is no such thing.
     *
     * @param which lines are meant
     */
    public static LedgerEntry again(
            LedgerEntry entry, Predicate<Map.Entry<String, LedgerLine>> which, Telling telling, Instant now) {
        Map<String, LedgerLine> lines = new TreeMap<>(entry.lines());
        lines.replaceAll((segment, line) ->
                isReplayable(line) && which.test(Map.entry(segment, line)) ? again(line, now) : line);
        LedgerEntry after = entry.with(lines);
        return after.equals(entry) ? entry : LedgerState.settled(after, telling, now);
    }

    /** Whether something of it would be told by a replay. */
    public static boolean isReplayable(LedgerLine line) {
        return line.last().filter(Replaying::isReplayable).isPresent() || isStuck(line);
    }

    private static LedgerLine again(LedgerLine line, Instant now) {
        LedgerLine free = line.unstuck();
        return free.last()
                .filter(Replaying::isReplayable)
                .map(last -> free.after(last.afresh(now), free.places()))
                .orElse(free);
    }

    private static boolean isStuck(LedgerLine line) {
        return line.places().stream().anyMatch(place -> place.presence() == Presence.STUCK);
    }

    /** Refused, parked or put off; not what is due anyhow, so that a second replay changes nothing. */
    private static boolean isReplayable(Attempt last) {
        return switch (last.state()) {
            case REJECTED, PARKED -> true;
            case LATER -> last.number() > 0;
            case SKIPPED -> last.isDryRun();
            case SENT, DELIVERED -> false;
        };
    }
}
