package dev.sluice.local.drills;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.local.servers.Eventually;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Promises: while one write key sends ten times as much as before, every request of another is still acknowledged. */
@ExtendWith(SharedRig.class)
class NeighboursDrillTest {
    private static final Duration PAUSE = Duration.ofMillis(250);

    private final Rig rig;

    NeighboursDrillTest(Rig rig) {
        this.rig = rig;
    }

    @AfterEach
    void calm() {
        rig.calm();
    }

    @Test
    void tenTimesTheLoadOfOneWriteKeyRefusesNothingOfAnother() {
        rig.calm();
        try (Clients quiet = rig.clients(Rig.OTHER_WRITE_KEY, new Clients.Habits("quiet", 20, PAUSE, 1));
                Clients usual = rig.clients("usual", 20, PAUSE)) {
            long begun = System.nanoTime();
            Eventually.until("a while of both", () -> quiet.count() > 200);
            List<Clients.Try> alone = quiet.triesSince(begun);
            try (Clients loud = rig.clients("loud", 180, PAUSE)) {
                long step = System.nanoTime();
                int before = quiet.count();
                Eventually.until("a while under it", () -> quiet.count() > before + 300);
                List<Clients.Try> beside = quiet.triesSince(step);
                quiet.rest();
                usual.rest();
                loud.rest();
                rig.awaitAllInKinesis(quiet, Duration.ofSeconds(20));
                rig.awaitAllInKinesis(loud, Duration.ofSeconds(20));

                assertThat(alone).allMatch(Clients.Try::acknowledged);
                assertThat(beside).allMatch(Clients.Try::acknowledged);
                Rig.say(
                        "a neighbour at ten times its load: %d requests beside it all 200, p50 %d ms (%d ms before), p99 %d ms"
                                + " (%d ms before)",
                        beside.size(),
                        Clients.percentile(beside, 0.5).toMillis(),
                        Clients.percentile(alone, 0.5).toMillis(),
                        Clients.percentile(beside, 0.99).toMillis(),
                        Clients.percentile(alone, 0.99).toMillis());
            }
        }
    }
}
