package dev.sluice.activators.ledger;

import dev.sluice.activators.Partner;
import dev.sluice.model.Value;
import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What one partner is to know of one person and what it has been told: one item of the {@link Ledger}. Everything that
 * changes it is a pure function from one entry to the next. Immutable.
 *
 * @param life how often the person was erased and came back: versions begin anew then, ids must not
 * @param born what happened until then belongs to a former life and counts no more
 * @param heard when the newest happening was received of which a line has come
 * @param version of the profile that was folded last; 0 of an entry that nothing has been folded into
 * @param recipient how the person is named to the partner now, as {@link Partner#recipient} says; empty if there is no
 *     address
 * @param consents a flag for each channel that the person has spoken about: judged when something is about to be sent
 * @param erased whether the person was erased: nothing is kept then but what partners must still be told
 * @param lease who is telling the partner of this person now: nobody else may
 * @param lines by segment
 * @param due when to look at it again: something is to be told, or a lease ends; empty if nothing is
 * @param waitingSince since when something has been waiting to be told
 * @param expires when it may be forgotten: it says nothing that the next version of the profile would not
 */
public record LedgerEntry(
        LedgerKey key,
        int life,
        Instant born,
        Instant heard,
        long version,
        Optional<String> recipient,
        Value.Fields consents,
        boolean erased,
        Optional<Lease> lease,
        SortedMap<String, LedgerLine> lines,
        Optional<Instant> due,
        Optional<Instant> waitingSince,
        Optional<Instant> expires) {
    public LedgerEntry {
        lines = Collections.unmodifiableSortedMap(new TreeMap<>(lines));
    }

    /** Of whom nothing is known. */
    public static LedgerEntry unknown(LedgerKey key) {
        return new LedgerEntry(
                key,
                0,
                Instant.EPOCH,
                Instant.EPOCH,
                0,
                Optional.empty(),
                Value.Fields.NONE,
                false,
                Optional.empty(),
                new TreeMap<>(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    /**
     * Leave to tell, for a time that is longer than a call can last.
     *
     * @param holder a token of the claim
     */
    public record Lease(String holder, Instant until) {}

    /** Whether the person is in the segment, as far as this connection knows. */
    public boolean isIn(String segment) {
        LedgerLine line = lines.get(segment);
        return line != null && line.wanted().entered();
    }

    /** Whether all is the same but when somebody will look again. */
    boolean saysTheSameAs(LedgerEntry other) {
        return new LedgerEntry(
                        key,
                        life,
                        born,
                        heard,
                        version,
                        recipient,
                        consents,
                        erased,
                        lease,
                        lines,
                        other.due,
                        other.waitingSince,
                        other.expires)
                .equals(other);
    }

    /** Says nothing of the person's address. */
    @Override
    public String toString() {
        return "LedgerEntry[" + key.connection() + ", version " + version + ", " + lines.size() + " lines, due " + due
                + "]";
    }

    LedgerEntry hearing(Instant received) {
        return new LedgerEntry(
                key,
                life,
                born,
                received.isAfter(heard) ? received : heard,
                version,
                recipient,
                consents,
                erased,
                lease,
                lines,
                due,
                waitingSince,
                expires);
    }

    public LedgerEntry with(Map<String, LedgerLine> others) {
        return new LedgerEntry(
                key,
                life,
                born,
                heard,
                version,
                recipient,
                consents,
                erased,
                lease,
                new TreeMap<>(others),
                due,
                waitingSince,
                expires);
    }

    LedgerEntry withLease(Optional<Lease> other) {
        return new LedgerEntry(
                key, life, born, heard, version, recipient, consents, erased, other, lines, due, waitingSince, expires);
    }
}
