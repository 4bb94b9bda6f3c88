package dev.sluice.local;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.local.report.Report;
import dev.sluice.local.servers.Eventually;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Promises, of the whole house under simulated players: every accepted event is in the lake, every membership and every
 * push is what the simulator's own truth says, and {@code kill -9} of the classifier in the middle changes none of it.
 */
class KilledClassifierTest {
    @Test
    void killingTheClassifierLosesNothingAndTellsThePartnerNothingTwice(@TempDir Path folder) throws Exception {
        try (House house = TestHouse.start(folder);
                var players = TestHouse.players(house, 60, 120, 7)) {
            long started = System.nanoTime();
            players.start();
            Eventually.until("600 events", () -> players.traffic().accepted() > 600);

            long victim = house.classifier().pid();
            ProcessHandle.of(victim).orElseThrow().destroyForcibly();

            long before = players.traffic().accepted();
            Eventually.until("600 more events", () -> players.traffic().accepted() > before + 600);
            Report report = new Ending(house, players, new LiveFigures(house, players)).report(started);

            assertThat(report.failures()).as(report.mismatches().toString()).isEmpty();
            assertThat(house.classifier().restarts()).isEqualTo(1);
            assertThat(house.classifier().pid()).isNotEqualTo(victim);
            assertThat(house.dispatching().counters().failedInvocations()).isPositive();
            assertThat(report.lost()).isZero();
            assertThat(report.duplicatesDelivered()).isZero();
            assertThat(report.membershipMismatches()).isZero();
            assertThat(report.peopleCompared()).isGreaterThan(40);
            assertThat(report.delivered()).isGreaterThan(100);
            assertThat(report.pushMismatches()).isZero();
            assertThat(report.rejected()).isPositive();
        }
    }
}
