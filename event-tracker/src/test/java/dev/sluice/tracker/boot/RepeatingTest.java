package dev.sluice.tracker.boot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.tracker.Counters;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Promises: whatever the work throws, it is done again and the failure is counted; the last work is done at the end, once. */
final class RepeatingTest {
    private final Counters counters = new Counters();

    @Test
    void evenAnErrorEndsNoRepetition() throws InterruptedException {
        var runs = new CountDownLatch(3);
        var last = new AtomicInteger();
        Runnable work = () -> {
            runs.countDown();
            if (runs.getCount() == 2) {
                throw new NoClassDefFoundError("a test's");
            }
            throw new IllegalStateException("a test's");
        };

        try (var repeating = new Repeating("test", Duration.ofMillis(1), work, last::incrementAndGet, counters)) {
            assertThat(runs.await(10, TimeUnit.SECONDS)).isTrue();
            assertThat(repeating).isNotNull();
        }

        assertThat(counters.read().get("backgroundFailures")).isGreaterThanOrEqualTo(2);
        assertThat(last).hasValue(1);
    }
}
