package dev.sluice.local;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.local.report.Report;
import dev.sluice.local.servers.Eventually;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Promises, of the whole house under simulated players: every accepted event is in the lake, every membership and every
 * push is what the simulator's own truth says, and {@code kill -9} of the classifier in the middle changes none of it. The only test of the
 * shared house with simulated players, whose truth is only of what they did themselves.
 */
@Order(SharedHouse.LAST)
@ExtendWith(SharedHouse.class)
class KilledClassifierTest {
    @Test
    void killingTheClassifierLosesNothingAndTellsThePartnerNothingTwice(House house) throws Exception {
        int restarts = house.classifier().restarts();
        long failed = house.dispatching().counters().failedInvocations();
        try (var players = TestHouse.players(house, 60, 120, 7)) {
            long started = System.nanoTime();
            players.start();
            Eventually.until("600 events", () -> players.traffic().accepted() > 600);

            long victim = house.classifier().pid();
            ProcessHandle.of(victim).orElseThrow().destroyForcibly();

            long before = players.traffic().accepted();
            Eventually.until("600 more events", () -> players.traffic().accepted() > before + 600);
            Report report = new Ending(house, players, new LiveFigures(house, players)).report(started);

            assertThat(report.failures()).as(report.mismatches().toString()).isEmpty();
            assertThat(house.classifier().restarts()).isEqualTo(restarts + 1);
            assertThat(house.classifier().pid()).isNotEqualTo(victim);
            assertThat(house.dispatching().counters().failedInvocations()).isGreaterThan(failed);
            assertThat(report.lost()).isZero();
            assertThat(report.duplicatesDelivered()).isZero();
            assertThat(report.membershipMismatches()).isZero();
            assertThat(report.peopleCompared()).isGreaterThan(20);
            assertThat(report.delivered()).isGreaterThan(20);
            assertThat(report.pushMismatches()).isZero();
            assertThat(report.rejected()).isPositive();
        }
    }
}
