package dev.sluice.tracker.boot;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.concurrent.CyclicBarrier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Promise: threads that draw at the same time do not draw the same, so no two requests share a trace. */
final class TrackerRandomTest {
    private static final int THREADS = 4;
    private static final int DRAWS = 1_000_000;

    @Test
    void threadsDrawDifferentNumbers() throws InterruptedException {
        var drawn = new long[THREADS * DRAWS];
        var together = new CyclicBarrier(THREADS);
        Thread[] threads = IntStream.range(0, THREADS)
                .mapToObj(thread -> Thread.ofPlatform().start(() -> draw(drawn, thread * DRAWS, together)))
                .toArray(Thread[]::new);
        for (Thread thread : threads) {
            thread.join();
        }

        Arrays.sort(drawn);
        int twice = 0;
        for (int i = 1; i < drawn.length; i++) {
            twice += drawn[i] == drawn[i - 1] ? 1 : 0;
        }
        assertThat(twice).isZero();
    }

    private static void draw(long[] drawn, int from, CyclicBarrier together) {
        try {
            together.await();
        } catch (Exception e) {
            throw new AssertionError("not together", e);
        }
        for (int i = from; i < from + DRAWS; i++) {
            drawn[i] = TrackerWiring.RANDOM.nextLong();
        }
    }
}
