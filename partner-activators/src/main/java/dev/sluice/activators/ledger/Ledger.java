package dev.sluice.activators.ledger;

import dev.sluice.activators.UnreachableException;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * What partners are to know and what they have been told, one {@link LedgerEntry} for each person on each connection.
 * Reads are consistent, and a write takes the place of exactly the revision that it was made from: whoever loses reads the
 * winner's entry and decides again. Thread-safe.
 *
 * <p>Every method throws {@link UnreachableException} if the store does not answer or is throttled: what was asked may then
 * have happened, and asking again does no harm.
 */
public interface Ledger {
    /** Neighbouring slots whose due entries are found together: so many groups can be walked at once. */
    int SLOTS_PER_GROUP = 16;

    /** Groups of one connection. */
    int GROUPS = 256 / SLOTS_PER_GROUP;

    /** Entries that are not there are not in the answer. At most {@value #MAX_READ} keys are asked for at once. */
    Map<LedgerKey, Kept> read(Collection<LedgerKey> keys);

    /** Keys of one read. */
    int MAX_READ = 1000;

    /**
     * Writes entries, each by itself, of different keys.
     *
     * @return those that were not written, since another was there first: what stands there instead. A write that was
     *     repeated because its answer was lost is recognised as written
     */
    Map<LedgerKey, Optional<Kept>> write(Collection<Write> writes);

    /**
     * Those of a group of slots that are due, the longest due first. What was written a moment ago may be missing, and what
     * is no longer due may be named: read it before anything is done.
     *
     * @param limit 1 to {@value #MAX_READ}
     */
    List<LedgerKey> due(String account, String connection, int group, Instant now, int limit);

    /**
     * The people of a slot on a connection, in the order of their names, whether anything is due or not: slot after slot, or
     * several at once, everybody is found.
     *
     * @param after the last page's last person
     * @param limit 1 to {@value #MAX_READ}
     */
    Page page(String account, String connection, int slot, Optional<String> after, int limit);

    /** How much waits on a connection. What was written a moment ago may be missing. */
    Backlog backlog(String account, String connection, int atMost);

    /**
     * Groups of which something is due, now or later, or may be: of the others nothing is. Whoever asks {@link #due} of these
     * only misses nobody.
     */
    default Set<Integer> dueGroups(String account, String connection) {
        return IntStream.range(0, GROUPS).boxed().collect(Collectors.toUnmodifiableSet());
    }

    /**
     * An entry as it stands.
     *
     * @param readable whether it could be read; if not, the entry is that of an unknown person, and must not be written
     */
    record Kept(LedgerEntry entry, long revision, boolean readable) {
        public Kept(LedgerEntry entry, long revision) {
            this(entry, revision, true);
        }

        /** There is one, and it cannot be read. */
        public static Kept unreadable(LedgerKey key, long revision) {
            return new Kept(LedgerEntry.unknown(key), revision, false);
        }
    }

    /**
     * An entry to take the place of another.
     *
     * @param instead of which revision; empty if there is to be none yet
     */
    record Write(LedgerEntry entry, OptionalLong instead) {
        /** To take the place of what was read. */
        public static Write of(LedgerEntry entry, Optional<Kept> instead) {
            return new Write(
                    entry, instead.map(kept -> OptionalLong.of(kept.revision())).orElse(OptionalLong.empty()));
        }
    }

    /**
     * Some of a slot's people.
     *
     * @param last to go on after; empty if there are no more
     */
    record Page(List<Kept> entries, Optional<String> last) {
        public Page {
            entries = List.copyOf(entries);
        }
    }

    /**
     * What waits.
     *
     * @param entries of which something is to be told or is being told
     * @param whole whether those are all
     * @param oldest since when the one that has waited longest has, of those that were counted
     */
    record Backlog(long entries, boolean whole, Optional<Instant> oldest) {}
}
