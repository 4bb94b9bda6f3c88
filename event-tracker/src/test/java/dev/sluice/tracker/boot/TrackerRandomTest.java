package dev.sluice.tracker.boot;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Promise: threads that draw at the same time do not draw the same, so no two requests share a trace. */
final class TrackerRandomTest {
    private static final int THREADS = 4;
    private static final int DRAWS = 300_000;

    @Test
    void threadsDrawDifferentNumbers() {
        var drawn = new long[THREADS * DRAWS];
        Thread[] threads = IntStream.range(0, THREADS)
                .mapToObj(thread -> Thread.ofPlatform().start(() -> {
                    for (int i = thread * DRAWS; i < (thread + 1) * DRAWS; i++) {
                        drawn[i] = TrackerWiring.RANDOM.nextLong();
                    }
                }))
                .toArray(Thread[]::new);
        for (Thread thread : threads) {
            join(thread);
        }

        assertThat(Arrays.stream(drawn).distinct().count()).isEqualTo(drawn.length);
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            throw new AssertionError("interrupted", e);
        }
    }
}
