package dev.sluice.local;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.local.chaos.ChaosPlan;
import dev.sluice.local.report.Report;
import dev.sluice.local.servers.Eventually;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Promises, of the whole house under simulated players: while batches come twice, late and in another order, the
 * classifier and the dispatcher are killed, connections to Redis break and DynamoDB's answers do not come, nothing is lost,
 * and at the end every membership and every push is what the simulator's own truth says. The faults are counted.
 */
class ChaosTest {
    private static final ChaosPlan PLAN = ChaosPlan.of(4, Duration.ofSeconds(20));

    @Test
    void theProfilesAreTheTruthWhateverGoesWrong(@TempDir Path folder) throws Exception {
        try (House house = House.start(TestHouse.settings(folder).withChaos(PLAN), words -> {});
                var players = TestHouse.players(house, 40, 60, 4)) {
            long started = System.nanoTime();
            players.start();
            house.chaos().orElseThrow().play(house.classifier());
            Eventually.within(
                    PLAN.calm().plusMinutes(3),
                    "the last faults",
                    () -> house.chaos().orElseThrow().isOver());
            Report report = new Ending(house, players, new LiveFigures(house, players)).report(started);

            assertThat(report.failures()).as(report.mismatches().toString()).isEmpty();
            assertThat(report.faults().seed()).isEqualTo(4);
            assertThat(report.faults().total()).isGreaterThan(5);
            assertThat(report.faults().byKind().get("classifier-killed")).isPositive();
            assertThat(house.classifier().restarts()).isPositive();
            assertThat(report.lost()).isZero();
            assertThat(report.peopleCompared()).isGreaterThan(10);
            assertThat(report.delivered()).isGreaterThan(10);
            assertThat(report.pushMismatches()).isZero();
        }
    }
}
