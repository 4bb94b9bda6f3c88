package dev.sluice.local.drills;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.local.servers.Eventually;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Promises: {@code kill -9} of the tracker, twenty times under 200 clients, loses no acknowledged event; nor does one in
 * the middle of a replay, after which some events come twice and no object is left.
 */
@ExtendWith(SharedRig.class)
class KilledTrackerDrillTest {
    private static final int KILLS = 20;
    private static final int BETWEEN_KILLS = 40;
    private static final Duration PAUSE = Duration.ofMillis(800);

    private final Rig rig;

    KilledTrackerDrillTest(Rig rig) {
        this.rig = rig;
    }

    @AfterEach
    void calm() {
        rig.startsQuickly(false);
        rig.calm();
    }

    @Test
    void twentyKillsLoseNothingThatWasAcknowledged() {
        rig.calm();
        rig.startsQuickly(true);
        int restarts = rig.tracker().restarts();
        long begun = System.nanoTime();
        try (Clients clients = rig.clients("killed", 200, PAUSE)) {
            for (int kill = 0; kill < KILLS; kill++) {
                // The process that is left to other drills is that of production.
                rig.startsQuickly(kill < KILLS - 1);
                int before = clients.count();
                Eventually.within(
                        Rig.PATIENCE,
                        "acknowledged before kill " + kill,
                        () -> clients.count() > before + BETWEEN_KILLS);
                int died = rig.tracker().restarts();
                assertThat(rig.tracker().kill()).isTrue();
                Eventually.until("its death", () -> rig.tracker().restarts() == died + 1);
            }
            int before = clients.count();
            Eventually.within(Rig.PATIENCE, "the last start", () -> clients.count() > before + BETWEEN_KILLS);
            clients.rest();
            rig.awaitAllInKinesis(clients);

            assertThat(rig.tracker().restarts() - restarts).isEqualTo(KILLS);
            assertThat(clients.nothingCame()).as("requests that a kill cut off").isPositive();
            Rig.say(
                    "%d kills in %d s: %d acknowledged, 0 lost, %d came twice",
                    KILLS,
                    Duration.ofNanos(System.nanoTime() - begun).toSeconds(),
                    clients.count(),
                    rig.witness().repeats(clients.acknowledged()));
        }
    }

    @Test
    void aKillInTheMiddleOfAReplayLosesNothing() {
        rig.calm();
        rig.kinesis().meets(new Trouble.Failing(500, "InternalFailure"));
        try (Clients clients = rig.clients("replayed", 200, PAUSE)) {
            Eventually.until(
                    "some failover objects",
                    () -> rig.bucket().keys("failover/").size() > 40);
            clients.rest();
            Set<String> acknowledged = clients.acknowledged();
            int objects = rig.bucket().keys("failover/").size();

            rig.kinesis().calm();
            Eventually.until(
                    "a replay under way", () -> rig.bucket().keys("failover/").size() < objects);
            assertThat(rig.tracker().kill()).isTrue();
            int left = rig.bucket().keys("failover/").size();
            rig.awaitAllInKinesis(clients);

            Rig.say(
                    "killed with %d of %d objects to replay: %d events, 0 lost, %d came twice",
                    left, objects, acknowledged.size(), rig.witness().repeats(acknowledged));
        }
    }
}
