package dev.sluice.activators.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.activators.Outcome;
import dev.sluice.activators.delivery.KeepingPartner;
import dev.sluice.activators.delivery.Lives;
import dev.sluice.model.PersonKey;
import dev.sluice.model.activation.ActivationLine;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;

/**
 * What is expected of every ledger:
 *
 * <ul>
 *   <li>what was written is read as it was, whole batches at once
 *   <li>of two who write from the same revision one loses, and learns what stands there
 *   <li>what is due is found in its group, the longest due first; what is not is not
 *   <li>a slot's people are paged in order, each once
 *   <li>the backlog is what waits, and since when
 * </ul>
 */
public abstract class LedgerContract {
    private static final Instant NOW = Instant.parse("2026-11-21T10:00:00Z");
    private static final Telling TELLING =
            new Telling(new KeepingPartner(true, true, 10), KeepingPartner.connection("c1"));

    /** An empty one for each test. */
    protected abstract Ledger ledger();

    @Test
    public void whatWasWrittenIsReadAsItWas() {
        LedgerEntry claimed = Claim.of(
                        entry("u1", NOW), TELLING, new LedgerEntry.Lease("holder", NOW.plusSeconds(60)), Set.of(), NOW)
                .entry();
        List<Ledger.Write> writes = new ArrayList<>();
        writes.add(anew(claimed));
        for (int i = 0; i < 120; i++) {
            writes.add(anew(entry("p" + i, NOW)));
        }

        assertThat(ledger().write(writes)).isEmpty();

        List<LedgerKey> keys = new ArrayList<>(
                writes.stream().map(write -> write.entry().key()).toList());
        keys.add(key("nobody"));
        Map<LedgerKey, Ledger.Kept> read = ledger().read(keys);
        assertThat(read).hasSize(121);
        assertThat(read.get(claimed.key())).isEqualTo(new Ledger.Kept(claimed, 1));
    }

    @Test
    public void whoWritesSecondFromTheSameRevisionLosesAndLearnsWhatStandsThere() {
        LedgerEntry first = entry("u1", NOW);
        LedgerEntry second = entry("u1", NOW.plusSeconds(1));
        assertThat(ledger().write(List.of(anew(first)))).isEmpty();

        assertThat(ledger().write(List.of(anew(second))))
                .isEqualTo(Map.of(first.key(), Optional.of(new Ledger.Kept(first, 1))));
        assertThat(ledger().write(List.of(new Ledger.Write(second, OptionalLong.of(1)))))
                .isEmpty();
        assertThat(ledger().write(List.of(new Ledger.Write(first, OptionalLong.of(1)))))
                .isEqualTo(Map.of(first.key(), Optional.of(new Ledger.Kept(second, 2))));
        assertThat(ledger().write(List.of(new Ledger.Write(entry("gone", NOW), OptionalLong.of(3)))))
                .isEqualTo(Map.of(key("gone"), Optional.empty()));
    }

    @Test
    public void ofManyWhoWriteAtOnceOneWins() throws InterruptedException {
        var won = new ConcurrentLinkedQueue<Instant>();
        List<Thread> writers = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            Instant due = NOW.plusSeconds(i);
            writers.add(Thread.startVirtualThread(() -> {
                if (ledger().write(List.of(anew(entry("u1", due)))).isEmpty()) {
                    won.add(due);
                }
            }));
        }
        for (Thread writer : writers) {
            writer.join();
        }

        assertThat(won).hasSize(1);
        assertThat(due(key("u1"))).contains(won.peek());
    }

    @Test
    public void whatIsDueIsFoundInItsGroupTheLongestDueFirst() {
        List<Ledger.Write> writes = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            writes.add(anew(entry("p" + i, NOW.minusSeconds(i))));
        }
        writes.add(anew(entry("later", NOW.plusSeconds(60))));
        ledger().write(writes);

        Set<LedgerKey> found = new HashSet<>();
        for (int group = 0; group < Ledger.GROUPS; group++) {
            List<LedgerKey> due = ledger().due("demo", "c1", group, NOW, 100);
            List<Instant> times =
                    due.stream().map(key -> due(key).orElseThrow()).toList();
            assertThat(times).isSorted();
            assertThat(ledger().due("demo", "c1", group, NOW, 1))
                    .isEqualTo(due.stream().limit(1).toList());
            int expected = group;
            assertThat(due).allMatch(key -> key.slot() / Ledger.SLOTS_PER_GROUP == expected);
            found.addAll(due);
        }
        assertThat(found).hasSize(60).doesNotContain(key("later"));
        assertThat(ledger().due("demo", "other", 0, NOW, 100)).isEmpty();
    }

    @Test
    public void whatIsNoLongerDueIsNotFound() {
        LedgerEntry due = entry("u1", NOW);
        ledger().write(List.of(anew(due)));
        Claim claim = Claim.of(due, TELLING, new LedgerEntry.Lease("h", NOW.plusSeconds(60)), Set.of(), NOW);
        List<Settlement.Result> results = claim.sendings().stream()
                .map(sending -> new Settlement.Result(sending, new Outcome.Delivered()))
                .toList();
        LedgerEntry told =
                Settlement.settle(claim.entry(), results, "h", TELLING, RetrySchedule.of(new java.util.Random(1)), NOW);
        ledger().write(List.of(new Ledger.Write(told, OptionalLong.of(1))));

        assertThat(ledger().due("demo", "c1", due.key().slot() / Ledger.SLOTS_PER_GROUP, NOW.plusSeconds(99), 10))
                .isEmpty();
        assertThat(ledger().backlog("demo", "c1", 100)).isEqualTo(new Ledger.Backlog(0, true, Optional.empty()));
    }

    @Test
    public void aSlotsPeopleArePagedInOrderEachOnce() {
        int slot = key("p0").slot();
        List<String> people = new ArrayList<>();
        List<Ledger.Write> writes = new ArrayList<>();
        for (int i = 0; people.size() < 7; i++) {
            if (key("p" + i).slot() == slot) {
                people.add("p" + i);
                writes.add(anew(entry("p" + i, NOW)));
            }
        }
        ledger().write(writes);

        List<String> found = new ArrayList<>();
        Optional<String> after = Optional.empty();
        int pages = 0;
        do {
            Ledger.Page page = ledger().page("demo", "c1", slot, after, 3);
            page.entries().forEach(kept -> found.add(kept.entry().key().person().person()));
            after = page.last();
            pages++;
        } while (after.isPresent());
        assertThat(found).containsExactlyElementsOf(people.stream().sorted().toList());
        assertThat(pages).isEqualTo(3);
    }

    @Test
    public void theBacklogIsWhatWaitsAndSinceWhen() {
        ledger().write(List.of(anew(entry("u1", NOW)), anew(entry("u2", NOW.minusSeconds(90)))));

        assertThat(ledger().backlog("demo", "c1", 1000))
                .isEqualTo(new Ledger.Backlog(2, true, Optional.of(NOW.minusSeconds(90))));
    }

    private Optional<Instant> due(LedgerKey key) {
        return Objects.requireNonNull(ledger().read(List.of(key)).get(key))
                .entry()
                .due();
    }

    private static Ledger.Write anew(LedgerEntry entry) {
        return new Ledger.Write(entry, OptionalLong.empty());
    }

    private static LedgerKey key(String person) {
        return new LedgerKey("c1", new PersonKey("demo", person));
    }

    /** In two segments, of which the partner is to be told then. */
    private static LedgerEntry entry(String person, Instant due) {
        ActivationLine line = new Lives(person).in("a", "b");
        return LedgerFold.fold(LedgerEntry.unknown(key(person)), line, TELLING, due);
    }
}
