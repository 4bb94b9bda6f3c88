package dev.sluice.classifier;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** Promises: after a pause two seconds' worth at once, then the even rate; who is refused is told how long; keys do not share. */
class ReadPaceTest {
    private final AtomicLong nanos = new AtomicLong(-5);
    private final ReadPace pace = new ReadPace(10, nanos::get);

    @Test
    void afterTheBurstTheRateHolds() {
        assertThat(taken(100)).isEqualTo(20);

        Duration wait = pace.take("k");
        assertThat(wait).isEqualTo(Duration.ofMillis(100));
        nanos.addAndGet(wait.toNanos());
        assertThat(taken(100)).isEqualTo(1);
        nanos.addAndGet(Duration.ofSeconds(1).toNanos());
        assertThat(taken(100)).isEqualTo(10);
        nanos.addAndGet(Duration.ofHours(1).toNanos());
        assertThat(taken(100)).isEqualTo(20);
    }

    @Test
    void oneKeyDoesNotSlowAnother() {
        taken(100);

        assertThat(pace.take("other")).isZero();
    }

    private int taken(int times) {
        int taken = 0;
        for (int i = 0; i < times; i++) {
            taken += pace.take("k").isZero() ? 1 : 0;
        }
        return taken;
    }
}
