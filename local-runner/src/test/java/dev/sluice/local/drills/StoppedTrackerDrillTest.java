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
 * process ends within its time.
 */
@ExtendWith(SharedRig.class)
class StoppedTrackerDrillTest {
    private static final Duration ENDS_WITHIN = Duration.ofSeconds(12);
    /** A request may be on the wire when the tracker closes the connection; one that is older has been read. */
    private static final long ON_THE_WIRE = Duration.ofMillis(100).toNanos();

    private final Rig rig;

    StoppedTrackerDrillTest(Rig rig) {
        this.rig = rig;
    }

    @AfterEach
    void calm() {
        rig.calm();
    }

    @Test
    void whatIsOnItsWayIsAnsweredAndNothingIsLost() {
        rig.calm();
        // So slow that every request is on its way for a while.
        rig.kinesis().meets(new Trouble.Dribbling(Duration.ofMillis(200)));
        try (Clients clients = rig.clients("stopped", 200, Duration.ofMillis(50))) {
            Eventually.until("a good beginning", () -> clients.count() > 500);
            ProcessHandle process = ProcessHandle.of(rig.tracker().pid()).orElseThrow();
            int restarts = rig.tracker().restarts();
            long stopped = System.nanoTime();
            assertThat(process.destroy()).isTrue();
            Eventually.within(ENDS_WITHIN, "its end", () -> !process.isAlive());
            Duration took = Duration.ofNanos(System.nanoTime() - stopped);
            Eventually.within(
                    Duration.ofSeconds(30), "the next", () -> rig.tracker().isReady());
            clients.rest();
            rig.calm();
            rig.awaitAllInKinesis(clients, Duration.ofSeconds(20));

            List<Clients.Try> underWay = clients
                    .triesSince(stopped - Duration.ofSeconds(5).toNanos())
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
