package dev.sluice.activators.delivery;

import static dev.sluice.activators.delivery.Desk.batch;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.activators.Delivery;
import dev.sluice.activators.Outcome;
import dev.sluice.activators.ledger.Telling;
import dev.sluice.model.activation.Connection;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/**
 * Promises: what a dry run skipped is told once the dry run is over, under the same id, by a reconciliation or a replay; whom
 * the partner had before and who left during a dry run is taken out then; during it nothing of this is told.
 */
final class DryRunTest {
    private final Desk desk = new Desk();
    private boolean dry = true;
    private final KeepingPartner partner = new KeepingPartner(true, true, 1) {
        @Override
        public boolean isDryRun(Connection connection) {
            return dry;
        }
    };
    private final Telling telling = desk.connect(partner, "c1");
    private final Lives life = new Lives("u1");

    @Test
    void whatWasSkippedIsToldByAReconciliation() {
        skip();
        var change = life.in("a");
        desk.activate(batch("1", change));

        desk.activate(batch("2", change));
        assertThat(partner.texts()).as("while it lasts").containsExactly("u1 1 +a");
        end();
        desk.activate(batch("3", change));
        desk.activate(batch("4", change));

        assertThat(partner.texts()).containsExactly("u1 1 +a", "u1 1 +a");
        assertThat(partner.present()).containsExactly("a a@example.com");
        assertThat(partner.told().stream().map(Delivery::id).distinct()).hasSize(1);
    }

    @Test
    void whatWasSkippedIsToldByAReplay() {
        skip();
        desk.activate(batch("1", life.in("a")));
        end();

        var replay = new Replay(desk.ledger, desk.clock);
        var done = replay.ofLedger(
                new Served.InAccount("demo", telling),
                Instant.EPOCH,
                desk.clock.instant().plusSeconds(1),
                false);
        desk.tellDue();

        assertThat(done.due()).isOne();
        assertThat(partner.present()).containsExactly("a a@example.com");
    }

    @Test
    void whoLeftMeanwhileIsTakenOutOnceItIsOver() {
        desk.activate(batch("1", life.in("a", "b")));
        skip();
        var change = life.in("b");
        desk.activate(batch("2", change));
        assertThat(partner.present()).hasSize(2);
        end();

        desk.activate(batch("3", change));

        assertThat(partner.present()).containsExactly("b a@example.com");
    }

    @Test
    void whatIsSkippedForAnotherReasonStaysSo() {
        partner.answersWith(new Outcome.Skipped("cap of a day"));
        var change = life.in("a");
        desk.activate(batch("1", change));
        end();

        desk.activate(batch("2", change));

        assertThat(partner.texts()).containsExactly("u1 1 +a");
    }

    private void skip() {
        dry = true;
        partner.answersWith(Outcome.Skipped.dryRun("nothing was sent"));
    }

    private void end() {
        dry = false;
        partner.answersWith(new Outcome.Delivered());
    }
}
