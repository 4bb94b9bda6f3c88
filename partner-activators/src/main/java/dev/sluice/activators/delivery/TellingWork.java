package dev.sluice.activators.delivery;

import dev.sluice.activators.ledger.Ledger;
import dev.sluice.activators.ledger.LedgerEntry;
import dev.sluice.activators.ledger.LedgerFold;
import dev.sluice.activators.ledger.LedgerKey;
import dev.sluice.activators.ledger.LedgerState;
import dev.sluice.activators.ledger.Telling;
import dev.sluice.model.activation.ActivationLine;
import dev.sluice.model.activation.ProfileChange;
import dev.sluice.model.profile.SegmentChange;
import dev.sluice.model.profile.SegmentChange.Direction;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** One person's part of an invocation on one connection. Not thread-safe. */
final class TellingWork {
    private final LedgerKey key;
    private final List<ActivationLine> lines;
    private Optional<Ledger.Kept> kept = Optional.empty();
    private @Nullable LedgerEntry entry;
    private final Map<ActivationLine, String> poison = new LinkedHashMap<>();
    private int losses;

    /** @param lines that have come of the person, in their order; none if what is known is to be told */
    TellingWork(LedgerKey key, List<ActivationLine> lines) {
        this.key = key;
        this.lines = List.copyOf(lines);
    }

    LedgerKey key() {
        return key;
    }

    /** Lines that could not be taken in, and why. */
    Map<ActivationLine, String> poison() {
        return Map.copyOf(poison);
    }

    /** Takes what stands in the ledger, and the lines into it. */
    void start(Optional<Ledger.Kept> there, Telling telling, Instant now) {
        kept = there;
        if (isUnreadable()) {
            // Who cannot be read cannot be told of; what has come waits for somebody to put that right.
            lines.forEach(line -> poison.put(line, "the person's entry of the ledger cannot be read"));
            entry = LedgerEntry.unknown(key);
            return;
        }
        LedgerEntry folded = there.map(Ledger.Kept::entry).orElseGet(() -> LedgerEntry.unknown(key));
        for (ActivationLine line : lines) {
            try {
                folded = LedgerFold.fold(folded, line, telling, now);
            } catch (RuntimeException e) {
                // The partner's own reading of what is shared: nobody else must wait for that.
                poison.put(
                        line,
                        "the partner's adapter failed with " + e.getClass().getSimpleName());
            }
        }
        entry = asOfNow(folded, telling, now);
    }

    /** Whether what stands in the ledger cannot be read. */
    boolean isUnreadable() {
        return kept.filter(there -> !there.readable()).isPresent();
    }

    /** Something may be due that was not when the entry was written: the connection's consent or its audiences changed. */
    private static LedgerEntry asOfNow(LedgerEntry folded, Telling telling, Instant now) {
        if (folded.lines().isEmpty()
                || folded.due().filter(due -> !due.isAfter(now)).isPresent()) {
            return folded;
        }
        LedgerEntry judged = LedgerState.settled(folded, telling, now);
        boolean isSooner = judged.due()
                .filter(then -> folded.due().filter(due -> !then.isBefore(due)).isEmpty())
                .isPresent();
        return isSooner ? judged : folded;
    }

    /** After another was faster. */
    void startAgain(Optional<Ledger.Kept> there, Telling telling, Instant now) {
        losses++;
        start(there, telling, now);
    }

    int losses() {
        return losses;
    }

    LedgerEntry entry() {
        if (entry == null) {
            throw new IllegalStateException("not started");
        }
        return entry;
    }

    /** Whether something is to be written, even if nothing is sent. */
    boolean isChanged() {
        LedgerEntry before = kept.map(Ledger.Kept::entry).orElseGet(() -> LedgerEntry.unknown(key));
        return !entry().equals(before);
    }

    boolean isDue(Instant now) {
        return entry().due().filter(due -> !due.isAfter(now)).isPresent();
    }

    Ledger.Write write(LedgerEntry other) {
        return Ledger.Write.of(other, kept);
    }

    void written(LedgerEntry other) {
        long revision = kept.map(Ledger.Kept::revision).orElse(0L) + 1;
        kept = Optional.of(new Ledger.Kept(other, revision));
        entry = other;
    }

    /** How many things were wanted that no longer are, without the partner having heard of them. */
    long superseded() {
        return kept.stream()
                .flatMap(before -> before.entry().lines().entrySet().stream())
                .filter(line -> line.getValue().wanted().entered())
                .filter(line -> line.getValue().places().isEmpty()
                        && line.getValue().last().isEmpty())
                .filter(line -> !entry().isIn(line.getKey()))
                .count();
    }

    /** How many memberships that have come with the entry's version it does not hold, since it has no room for them. */
    long withoutRoom(Telling telling) {
        return lines.stream()
                .flatMap(line -> entered(line, entry().version()))
                .distinct()
                .filter(segment -> telling.connection().audience(segment).isPresent())
                .filter(segment -> !entry().lines().containsKey(segment))
                .count();
    }

    private static Stream<String> entered(ActivationLine line, long version) {
        return switch (line) {
            case ProfileChange change when change.version() == version -> change.memberships().keySet().stream();
            case ActivationLine.Single(SegmentChange change)
            when change.version() == version && change.direction() == Direction.ENTERED -> Stream.of(change.segment());
            case ProfileChange older -> Stream.empty();
            case ActivationLine.Single older -> Stream.empty();
        };
    }
}
