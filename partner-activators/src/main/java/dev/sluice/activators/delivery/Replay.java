package dev.sluice.activators.delivery;

import dev.sluice.activators.UnreachableException;
import dev.sluice.activators.ledger.Ledger;
import dev.sluice.activators.ledger.LedgerEntry;
import dev.sluice.activators.ledger.LedgerFold;
import dev.sluice.activators.ledger.LedgerKey;
import dev.sluice.activators.ledger.LedgerLine;
import dev.sluice.activators.ledger.Telling;
import dev.sluice.model.activation.ActivationLine;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;

/**
 * Makes due again what a partner refused, what is parked or put off, and takes in lines that never reached the ledger. It
 * sends nothing itself: the retries do, under the same delivery ids. What is done twice changes nothing. Thread-safe.
 */
public final class Replay {
    private static final int PAGE = 200;
    private static final int ATTEMPTS = 5;

    private final Ledger ledger;
    private final Clock clock;

    public Replay(Ledger ledger, Clock clock) {
        this.ledger = ledger;
        this.clock = clock;
    }

    /**
     * What a replay did, or would do.
     *
     * @param people looked at
     * @param due people of whom something was made due
     */
    public record Done(long people, long due) {
        public Done and(Done other) {
            return new Done(people + other.people, due + other.due);
        }
    }

    /** Which of a person's lines are meant, and what has to be taken in first. */
    public record Part(Set<String> segments, List<ActivationLine> lines) {
        public Part {
            segments = Set.copyOf(segments);
            lines = List.copyOf(lines);
        }
    }

    /** All of a connection whose last attempt was in a time. */
    public Done ofLedger(Served.InAccount connection, Instant from, Instant to, boolean dry) {
        return ofAll(connection, within(from, to), dry, () -> true);
    }

    /**
     * What of a connection is parked: whatever is so still will be parked again.
     *
     * @param audience the partner's id of the only one that is meant, if there is one
     * @param timeLeft whether there is time for another page
     */
    public Done ofParked(Served.InAccount connection, Optional<String> audience, BooleanSupplier timeLeft) {
        return ofAll(
                connection,
                line -> line.getValue()
                        .last()
                        .filter(last -> last.state() == LedgerLine.Attempt.State.PARKED)
                        .filter(last -> audience.filter(only -> !only.equals(last.audience()))
                                .isEmpty())
                        .isPresent(),
                false,
                timeLeft);
    }

    private Done ofAll(
            Served.InAccount connection,
            Predicate<Map.Entry<String, LedgerLine>> meant,
            boolean dry,
            BooleanSupplier timeLeft) {
        var done = new Done(0, 0);
        for (int slot = 0; slot < 256; slot++) {
            Optional<String> after = Optional.empty();
            do {
                Ledger.Page page =
                        ledger.page(connection.account(), connection.id().connection(), slot, after, PAGE);
                for (Ledger.Kept kept : page.entries()) {
                    done = done.and(again(
                            connection.telling(),
                            Optional.of(kept),
                            kept.entry().key(),
                            List.of(),
                            meant,
                            dry));
                }
                after = page.last();
            } while (after.isPresent() && timeLeft.getAsBoolean());
            if (!timeLeft.getAsBoolean()) {
                return done;
            }
        }
        return done;
    }

    /** Some people of a connection. */
    public Done of(Served.InAccount connection, Map<LedgerKey, Part> people, boolean dry) {
        var done = new Done(0, 0);
        List<LedgerKey> keys = new ArrayList<>(people.keySet());
        for (int start = 0; start < keys.size(); start += PAGE) {
            List<LedgerKey> some = keys.subList(start, Math.min(keys.size(), start + PAGE));
            Map<LedgerKey, Ledger.Kept> there = ledger.read(some);
            for (LedgerKey key : some) {
                Part part = people.getOrDefault(key, new Part(Set.of(), List.of()));
                Predicate<Map.Entry<String, LedgerLine>> meant =
                        line -> part.segments().contains(line.getKey());
                done = done.and(again(
                        connection.telling(), Optional.ofNullable(there.get(key)), key, part.lines(), meant, dry));
            }
        }
        return done;
    }

    private static Predicate<Map.Entry<String, LedgerLine>> within(Instant from, Instant to) {
        return line -> line.getValue()
                .last()
                .map(LedgerLine.Attempt::latest)
                .filter(latest -> !latest.isBefore(from) && latest.isBefore(to))
                .isPresent();
    }

    private Done again(
            Telling telling,
            Optional<Ledger.Kept> there,
            LedgerKey key,
            List<ActivationLine> lines,
            Predicate<Map.Entry<String, LedgerLine>> meant,
            boolean dry) {
        Optional<Ledger.Kept> kept = there;
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            if (kept.filter(one -> !one.readable()).isPresent()) {
                return new Done(1, 0);
            }
            LedgerEntry before = kept.map(Ledger.Kept::entry).orElseGet(() -> LedgerEntry.unknown(key));
            Instant now = clock.instant();
            LedgerEntry after = before;
            for (ActivationLine line : lines) {
                after = LedgerFold.fold(after, line, telling, now);
            }
            after = Replaying.again(after, meant, telling, now);
            if (after.equals(before)) {
                return new Done(1, 0);
            }
            Map<LedgerKey, Optional<Ledger.Kept>> lost =
                    dry ? Map.of() : ledger.write(List.of(Ledger.Write.of(after, kept)));
            Optional<Ledger.Kept> other = lost.get(key);
            if (other == null) {
                return new Done(1, 1);
            }
            kept = other;
        }
        throw new UnreachableException(
                "an entry of the ledger is written by others all the time", new IllegalStateException("contention"));
    }
}
