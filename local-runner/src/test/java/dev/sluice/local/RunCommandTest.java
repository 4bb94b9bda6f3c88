package dev.sluice.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.local.chaos.ChaosPlan;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Promises: chaos needs a run that ends, is long enough and has players; its plan is that of the seed and the length. */
class RunCommandTest {
    @Test
    void thePlanIsThatOfTheSeedAndTheLength() {
        Duration minute = Duration.ofMinutes(1);

        assertThat(command(Optional.of(minute), true, 7).plan()).contains(ChaosPlan.of(7, minute));
    }

    @Test
    void chaosNeedsARunThatEndsAndIsLongEnough() {
        assertThatThrownBy(() -> command(Optional.empty(), true, 7))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("--chaos needs --for with at least 15s");
        assertThatThrownBy(() -> command(Optional.of(Duration.ofSeconds(14)), true, 7))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("--chaos needs --for with at least 15s");
    }

    @Test
    void chaosNeedsPlayers() {
        assertThatThrownBy(() -> command(Optional.of(Duration.ofMinutes(1)), false, 7))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("--chaos needs simulated players: without them there is nothing to compare");
    }

    private static RunCommand command(Optional<Duration> limit, boolean traffic, long chaos) {
        return new RunCommand(limit, Optional.empty(), 200, 300, 1, traffic, 7100, Optional.of(chaos));
    }
}
