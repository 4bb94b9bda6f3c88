package dev.sluice.dispatcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** The faster of two clocks counts, neither ever counts back, and neither makes up for what the other was ahead. */
class TicksTest {
    private final AtomicLong monotonic = new AtomicLong(-5);
    private Instant wall = Samples.ARRIVED;
    private final Ticks ticks = new Ticks(monotonic::get, () -> wall);

    @Test
    void whatPassesWhileTheMonotonicClockStandsStillIsCounted() {
        wall = wall.plusSeconds(3600);

        assertThat(ticks.getAsLong()).isEqualTo(Duration.ofHours(1).toNanos());
    }

    @Test
    void aWallClockThatIsSetBackStopsNothing() {
        wall = wall.plusSeconds(3600);
        ticks.getAsLong();
        wall = wall.minusSeconds(7200);
        monotonic.addAndGet(7);
        assertThat(ticks.getAsLong()).isEqualTo(Duration.ofHours(1).toNanos() + 7);

        monotonic.addAndGet(5);
        wall = wall.plusNanos(4);
        assertThat(ticks.getAsLong()).isEqualTo(Duration.ofHours(1).toNanos() + 12);
    }

    @Test
    void aMonotonicClockOfAnotherMachineNeverCountsBack() {
        monotonic.set(-1_000_000);
        wall = wall.plusNanos(9);

        assertThat(ticks.getAsLong()).isEqualTo(9);
    }
}
