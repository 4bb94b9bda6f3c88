package dev.sluice.activators.aws;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.activators.HandClock;
import dev.sluice.activators.delivery.KeepingPartner;
import dev.sluice.activators.delivery.Lives;
import dev.sluice.activators.ledger.Ledger;
import dev.sluice.activators.ledger.LedgerContract;
import dev.sluice.activators.ledger.LedgerEntry;
import dev.sluice.activators.ledger.LedgerFold;
import dev.sluice.activators.ledger.LedgerKey;
import dev.sluice.activators.ledger.Telling;
import dev.sluice.activators.memory.MemorySetAside;
import dev.sluice.model.PersonKey;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/**
 * Besides the promises of every ledger: of a connection of which nothing waits one item is read and nothing is asked; a group
 * in which something waits is named until long after it is empty, and whatever is due is in a group that is named; an entry
 * that nobody can read is set aside, is in nobody's way, and is not written over.
 */
@SuppressWarnings("NullAway") // What the test itself has put there is there.
final class DynamoDbLedgerTest extends LedgerContract {
    private final LedgerTable table = new LedgerTable();
    private final HandClock clock = new HandClock(Instant.parse("2026-11-21T06:40:12Z"));
    private final MemorySetAside setAside = new MemorySetAside();
    private final KeepingPartner partner = new KeepingPartner(true, true, 10);

    @Override
    protected Ledger ledger() {
        return new DynamoDbLedger(
                table,
                "ledger",
                () -> UUID.randomUUID().toString(),
                UnreadableEntries.setAside(setAside, clock),
                clock,
                4);
    }

    @Test
    void ofAConnectionThatIsIdleOneItemIsRead() {
        Ledger ledger = ledger();
        ledger.backlog("demo", "c1", 16);
        clock.pass(Duration.ofMinutes(6));
        ledger.backlog("demo", "c1", 16);
        table.requests();

        assertThat(ledger.dueGroups("demo", "c1")).isEmpty();
        assertThat(ledger.backlog("demo", "c1", 16).entries()).isZero();
        assertThat(table.requests()).containsExactly("GetItem", "GetItem");
    }

    @Test
    void aConnectionOfBeforeGroupsWereNotedIsLookedAtAsAWhole() {
        assertThat(ledger().dueGroups("demo", "c1")).hasSize(Ledger.GROUPS);
        LedgerEntry one = due("u1");
        ledger().write(List.of(new Ledger.Write(one, OptionalLong.empty())));

        assertThat(ledger().dueGroups("demo", "c1")).hasSize(Ledger.GROUPS);
    }

    @Test
    void onlyTheGroupsInWhichSomethingWaitsAreAsked() {
        Ledger ledger = idle();
        LedgerEntry one = due("u1");
        ledger.write(List.of(new Ledger.Write(one, OptionalLong.empty())));
        int group = one.key().slot() / Ledger.SLOTS_PER_GROUP;

        assertThat(ledger.dueGroups("demo", "c1")).containsExactly(group);
        table.requests();
        assertThat(ledger.backlog("demo", "c1", 16).entries()).isOne();
        assertThat(table.requests()).containsExactly("GetItem", "Query");
    }

    @Test
    void aGroupIsNotedOnceForManyWritesAndBeforeThem() {
        Ledger ledger = idle();
        table.requests();
        ledger.write(List.of(new Ledger.Write(due("u1"), OptionalLong.empty())));
        ledger.write(List.of(new Ledger.Write(due("u1"), OptionalLong.of(1))));

        assertThat(table.requests()).containsExactly("UpdateItem", "PutItem", "PutItem");
    }

    @Test
    void aGroupIsTakenOutOnlyLongAfterSomethingWasNoted() {
        Ledger ledger = idle();
        LedgerEntry one = due("u1");
        ledger.write(List.of(new Ledger.Write(one, OptionalLong.empty())));
        ledger.write(List.of(new Ledger.Write(LedgerEntry.unknown(one.key()), OptionalLong.of(1))));

        clock.pass(Duration.ofMinutes(4));
        ledger.backlog("demo", "c1", 16);
        assertThat(ledger.dueGroups("demo", "c1")).hasSize(1);
        clock.pass(Duration.ofMinutes(2));
        ledger.backlog("demo", "c1", 16);
        assertThat(ledger.dueGroups("demo", "c1")).isEmpty();

        ledger.write(List.of(new Ledger.Write(one, OptionalLong.of(2))));
        assertThat(ledger.dueGroups("demo", "c1")).hasSize(1);
    }

    @Test
    void whatIsDueLaterKeepsItsGroup() {
        Ledger ledger = idle();
        LedgerEntry one = due("u1");
        ledger.write(List.of(
                new Ledger.Write(at(one, clock.instant().plus(Duration.ofDays(2))), OptionalLong.empty())));

        clock.pass(Duration.ofDays(1));
        ledger.backlog("demo", "c1", 16);

        assertThat(ledger.dueGroups("demo", "c1")).hasSize(1);
    }

    @Test
    void anEntryThatNobodyCanReadIsSetAsideAndTheOthersAreRead() {
        Ledger ledger = idle();
        LedgerEntry ill = due("ill");
        LedgerEntry well = due("well");
        ledger.write(
                List.of(new Ledger.Write(ill, OptionalLong.empty()), new Ledger.Write(well, OptionalLong.empty())));
        table.spoil("ill", "{\"v\":99}");

        Map<LedgerKey, Ledger.Kept> read = ledger.read(List.of(ill.key(), well.key()));

        assertThat(read.get(well.key()).readable()).isTrue();
        assertThat(read.get(ill.key()).readable()).isFalse();
        assertThat(setAside.items()).singleElement().satisfies(item -> {
            assertThat(item.function()).isEqualTo("ledger");
            assertThat(new String(item.payload(), StandardCharsets.UTF_8)).isEqualTo("{\"v\":99}");
        });
        assertThat(ledger.due(
                        "demo", "c1", ill.key().slot() / 16, clock.instant().plusSeconds(99), 10))
                .as("it is no longer in the way")
                .doesNotContain(ill.key());
        assertThat(ledger.write(List.of(new Ledger.Write(ill, OptionalLong.empty())))
                        .get(ill.key())
                        .orElseThrow()
                        .readable())
                .isFalse();
        assertThat(ledger.page("demo", "c1", ill.key().slot(), Optional.empty(), 10)
                        .entries())
                .extracting(Ledger.Kept::readable)
                .contains(false);
    }

    @Test
    void whatCannotBeSetAsideStaysDue() {
        Ledger ledger = idle();
        LedgerEntry ill = due("ill");
        ledger.write(List.of(new Ledger.Write(ill, OptionalLong.empty())));
        table.spoil("ill", "no JSON");
        setAside.down(true);

        ledger.read(List.of(ill.key()));

        assertThat(ledger.due(
                        "demo", "c1", ill.key().slot() / 16, clock.instant().plusSeconds(99), 10))
                .containsExactly(ill.key());
    }

    /** One of which nothing waits. */
    private Ledger idle() {
        Ledger ledger = ledger();
        ledger.backlog("demo", "c1", 16);
        clock.pass(Duration.ofMinutes(6));
        ledger.backlog("demo", "c1", 16);
        return ledger;
    }

    private LedgerEntry due(String person) {
        var telling = new Telling(partner, KeepingPartner.connection("c1"));
        var key = new LedgerKey("c1", new PersonKey("demo", person));
        return LedgerFold.fold(LedgerEntry.unknown(key), new Lives(person).in("a"), telling, clock.instant());
    }

    private static LedgerEntry at(LedgerEntry entry, Instant due) {
        return new LedgerEntry(
                entry.key(),
                entry.life(),
                entry.born(),
                entry.heard(),
                entry.version(),
                entry.recipient(),
                entry.consents(),
                entry.erased(),
                entry.lease(),
                entry.lines(),
                Optional.of(due),
                entry.waitingSince(),
                entry.expires());
    }
}
