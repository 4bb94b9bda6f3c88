package dev.sluice.local.drills;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.local.servers.Eventually;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Promises of SIGTERM under load: requests that are on their way are answered, what was acknowledged is kept, and the
 * process ends by itself.
 */
@ExtendWith(SharedRig.class)
class StoppedTrackerDrillTest {
    /** So slow that every request is on its way for a while, and long enough that none is given up. */
    private static final Duration DRIBBLING = Duration.ofSeconds(4);

    private static final String PATIENT = "-Dsluice.tracker.kinesis.within=12s -Dsluice.tracker.s3-within=10s"
            + " -Dsluice.tracker.answer-within=25s -Dsluice.tracker.http.drain-within=30s"
            + " -Dspring.lifecycle.timeout-per-shutdown-phase=40s";
    /** A request may be on the wire when the tracker closes the connection; one that is older has been read. */
    private static final long ON_THE_WIRE = Duration.ofSeconds(3).toNanos();

    private final Rig rig;

    StoppedTrackerDrillTest(Rig rig) {
        this.rig = rig;
    }

    @AfterEach
    void calm() {
        rig.restartWith("");
        rig.calm();
    }

    @Test
    void whatIsOnItsWayIsAnsweredAndNothingIsLost() {
        rig.calm();
        rig.restartWith(PATIENT);
        rig.kinesis().meets(new Trouble.Dribbling(DRIBBLING));
        try (Clients clients = rig.clients("stopped", 200, Duration.ofMillis(50))) {
            Eventually.until("a good beginning", () -> clients.count() > 400);
            ProcessHandle process = ProcessHandle.of(rig.tracker().pid()).orElseThrow();
            int restarts = rig.tracker().restarts();
            long stopped = System.nanoTime();
            assertThat(process.destroy()).isTrue();
            Eventually.until("its end", () -> !process.isAlive());
            Duration took = Duration.ofNanos(System.nanoTime() - stopped);
            Eventually.within(Rig.PATIENCE, "the next", () -> rig.tracker().isReady());
            clients.rest();
            rig.calm();
            rig.awaitAllInKinesis(clients);

            List<Clients.Try> underWay = clients
                    .triesSince(stopped - Duration.ofSeconds(60).toNanos())
                    .stream()
                    .filter(it -> it.begun() < stopped - ON_THE_WIRE
                            && it.begun() + it.took().toNanos() > stopped)
                    .toList();
            assertThat(underWay).isNotEmpty().allMatch(it -> it.status() == 200 || it.status() == 503);
            assertThat(rig.tracker().restarts()).isEqualTo(restarts + 1);
            Rig.say(
                    "SIGTERM: ended after %d ms, %d requests under way all answered (%d of them 200), %d acknowledged, 0 lost",
                    took.toMillis(),
                    underWay.size(),
                    underWay.stream().filter(Clients.Try::acknowledged).count(),
                    clients.count());
        }
    }
}
