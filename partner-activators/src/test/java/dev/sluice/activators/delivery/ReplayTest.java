package dev.sluice.activators.delivery;

import static dev.sluice.activators.delivery.Desk.batch;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.activators.Delivery;
import dev.sluice.activators.Outcome;
import dev.sluice.activators.ledger.LedgerKey;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * Promises of a replay: what was refused is told again under the same id, to the connection that is named and to no other;
 * a second replay changes nothing; a dry one neither; what never reached the ledger is taken in.
 */
final class ReplayTest {
    private final Desk desk = new Desk();
    private final KeepingPartner partner = new KeepingPartner(true, true, 10);
    private final KeepingPartner other = new KeepingPartner(true, true, 10);
    private final Served.InAccount connection = new Served.InAccount("demo", desk.connect(partner, "c1"));
    private final Replay replay = new Replay(desk.ledger, desk.clock);

    @Test
    void whatWasRefusedIsToldAgainUnderItsIdAndOnlyThere() {
        desk.connect(other, "c2");
        refuseAll();
        partner.answersWith(new Outcome.Delivered());

        assertThat(replay.ofLedger(connection, Instant.EPOCH, later(), true)).isEqualTo(new Replay.Done(2, 2));
        assertThat(desk.entry("c1", "u1").due()).isEmpty();
        assertThat(replay.ofLedger(connection, Instant.EPOCH, later(), false)).isEqualTo(new Replay.Done(2, 2));
        assertThat(replay.ofLedger(connection, Instant.EPOCH, later(), false)).isEqualTo(new Replay.Done(2, 0));
        desk.tellDue();
        assertThat(replay.ofLedger(connection, Instant.EPOCH, later(), false)).isEqualTo(new Replay.Done(2, 0));
        desk.tellDue();

        assertThat(partner.texts()).containsExactlyInAnyOrder("u1 1 +a", "u2 1 +a", "u1 1 +a", "u2 1 +a");
        assertThat(partner.told().stream().map(Delivery::id).distinct()).hasSize(2);
        assertThat(other.told()).hasSize(2);
    }

    @Test
    void whatWasTriedAtAnotherTimeIsLeftAlone() {
        refuseAll();
        assertThat(replay.ofLedger(connection, later(), later().plusSeconds(60), false))
                .isEqualTo(new Replay.Done(2, 0));
    }

    @Test
    void thoseThatWereSetAsideAreToldAgain() {
        refuseAll();
        partner.answersWith(new Outcome.Delivered());
        LedgerKey key = desk.entry("c1", "u1").key();

        assertThat(replay.of(connection, Map.of(key, new Replay.Part(Set.of("a"), List.of())), false))
                .isEqualTo(new Replay.Done(1, 1));
        desk.tellDue();

        assertThat(partner.texts()).filteredOn("u1 1 +a"::equals).hasSize(2);
        assertThat(partner.texts()).filteredOn("u2 1 +a"::equals).hasSize(1);
    }

    @Test
    void whatNeverReachedTheLedgerIsTakenInOnce() {
        var life = new Lives("u1");
        var key = new LedgerKey("c1", life.in("a").key());
        var part = new Replay.Part(Set.of(), List.of(life.in("a", "b")));

        assertThat(replay.of(connection, Map.of(key, part), false)).isEqualTo(new Replay.Done(1, 1));
        assertThat(replay.of(connection, Map.of(key, part), false)).isEqualTo(new Replay.Done(1, 0));
        desk.tellDue();

        assertThat(partner.texts()).containsExactly("u1 2 +a", "u1 2 +b");
    }

    @Test
    void whoWasErasedBeforeTheLedgerHeardOfThemDoesNotComeBack() {
        var life = new Lives("u1");
        var lost = new Replay.Part(Set.of(), List.of(life.in("a")));
        var key = new LedgerKey("c1", lost.lines().getFirst().key());
        life.in();
        desk.activate(batch("1", life.erased()));

        assertThat(replay.of(connection, Map.of(key, lost), false)).isEqualTo(new Replay.Done(1, 0));
        desk.tellDue();

        assertThat(partner.told()).isEmpty();
    }

    private void refuseAll() {
        partner.answersWith(new Outcome.Rejected("no"));
        desk.activate(batch("1", new Lives("u1").in("a"), new Lives("u2").in("a")));
        desk.clock.pass(Duration.ofMinutes(5));
    }

    private Instant later() {
        return desk.clock.instant().plusSeconds(1);
    }
}
