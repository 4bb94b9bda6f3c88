package dev.sluice.activators.memory;

import dev.sluice.activators.UnreachableException;
import dev.sluice.activators.ledger.Ledger;
import dev.sluice.activators.ledger.LedgerEntry;
import dev.sluice.activators.ledger.LedgerKey;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** The ledger in memory; it can be away. Thread-safe. */
public final class MemoryLedger implements Ledger {
    private final Map<LedgerKey, Kept> entries = new TreeMap<>();
    private boolean down;
    private final Set<String> spoiled = new HashSet<>();
    private int reads;
    private int writes;

    /** Fails every call from now on, or no more. */
    public synchronized void down(boolean isDown) {
        down = isDown;
    }

    /** Nobody can read this person's entries from now on. */
    public synchronized void spoil(String person) {
        spoiled.add(person);
    }

    /** Entries written. */
    public synchronized int writes() {
        return writes;
    }

    /** Calls that read. */
    public synchronized int reads() {
        return reads;
    }

    /** All that there are. */
    public synchronized List<LedgerEntry> entries() {
        return entries.values().stream().map(Kept::entry).toList();
    }

    @Override
    public synchronized Map<LedgerKey, Kept> read(Collection<LedgerKey> keys) {
        requireUp();
        reads++;
        Map<LedgerKey, Kept> found = new HashMap<>();
        for (LedgerKey key : keys) {
            Kept kept = entries.get(key);
            if (kept != null) {
                boolean isSpoiled = spoiled.contains(key.person().person());
                found.put(key, isSpoiled ? Kept.unreadable(key, kept.revision()) : kept);
            }
        }
        return found;
    }

    @Override
    public synchronized Map<LedgerKey, Optional<Kept>> write(Collection<Write> given) {
        requireUp();
        Map<LedgerKey, Optional<Kept>> lost = new HashMap<>();
        for (Write write : given) {
            LedgerKey key = write.entry().key();
            Kept there = entries.get(key);
            long revision = there == null ? 0 : there.revision();
            if (revision != write.instead().orElse(0)) {
                lost.put(key, Optional.ofNullable(there));
            } else {
                entries.put(key, new Kept(write.entry(), revision + 1));
                writes++;
            }
        }
        return lost;
    }

    @Override
    public synchronized List<LedgerKey> due(String account, String connection, int group, Instant now, int limit) {
        requireUp();
        return of(account, connection).stream()
                .map(Kept::entry)
                .filter(entry -> entry.key().slot() / SLOTS_PER_GROUP == group)
                .filter(entry -> entry.due().filter(due -> !due.isAfter(now)).isPresent())
                .sorted(Comparator.comparing(entry -> entry.due().orElseThrow()))
                .limit(limit)
                .map(LedgerEntry::key)
                .toList();
    }

    @Override
    public synchronized Page page(String account, String connection, int slot, Optional<String> after, int limit) {
        requireUp();
        List<Kept> rest = of(account, connection).stream()
                .filter(kept -> kept.entry().key().slot() == slot)
                .filter(kept ->
                        after.filter(last -> person(kept).compareTo(last) <= 0).isEmpty())
                .toList();
        List<Kept> page = rest.subList(0, Math.min(limit, rest.size()));
        return new Page(page, rest.size() > limit ? Optional.of(person(page.getLast())) : Optional.empty());
    }

    @Override
    public synchronized Backlog backlog(String account, String connection, int atMost) {
        requireUp();
        List<Instant> waiting = of(account, connection).stream()
                .flatMap(kept -> kept.entry().waitingSince().stream())
                .toList();
        return new Backlog(
                Math.min(atMost, waiting.size()),
                waiting.size() <= atMost,
                waiting.stream().min(Comparator.naturalOrder()));
    }

    private List<Kept> of(String account, String connection) {
        return entries.values().stream()
                .filter(kept -> kept.entry().key().account().equals(account)
                        && kept.entry().key().connection().equals(connection))
                .toList();
    }

    private static String person(Kept kept) {
        return kept.entry().key().person().person();
    }

    private void requireUp() {
        if (down) {
            throw new UnreachableException("the ledger is away", new IllegalStateException("told so"));
        }
    }
}
