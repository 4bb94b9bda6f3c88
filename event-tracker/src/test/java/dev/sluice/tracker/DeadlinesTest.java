package dev.sluice.tracker;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Promises: whoever waits too long is told so, in time and also behind others; an answer in time stands. */
final class DeadlinesTest {
    @Test
    void whatIsNotKnownInTimeIsNotDurable() throws Exception {
        var deadlines = new Deadlines(Duration.ofMillis(100));
        List<CompletableFuture<Fate>> fates =
                Stream.generate(CompletableFuture<Fate>::new).limit(3).toList();
        long before = System.nanoTime();

        fates.forEach(deadlines::watch);

        for (CompletableFuture<Fate> fate : fates) {
            assertThat(fate.get(10, TimeUnit.SECONDS)).isEqualTo(Fate.NOT_DURABLE);
        }
        assertThat(Duration.ofNanos(System.nanoTime() - before)).isGreaterThanOrEqualTo(Duration.ofMillis(100));
    }

    @Test
    void oneWhoComesWhenAllOthersAreGoneIsWatchedToo() throws Exception {
        var deadlines = new Deadlines(Duration.ofMillis(5));
        for (int i = 0; i < 20; i++) {
            var fate = new CompletableFuture<Fate>();
            deadlines.watch(fate);
            assertThat(fate.get(10, TimeUnit.SECONDS)).isEqualTo(Fate.NOT_DURABLE);
        }
    }

    @Test
    void anAnswerInTimeStands() throws Exception {
        var deadlines = new Deadlines(Duration.ofMillis(50));
        var known = new CompletableFuture<Fate>();
        var late = new CompletableFuture<Fate>();
        deadlines.watch(known);
        deadlines.watch(late);

        known.complete(Fate.DURABLE);

        assertThat(late.get(10, TimeUnit.SECONDS)).isEqualTo(Fate.NOT_DURABLE);
        assertThat(known).isCompletedWithValue(Fate.DURABLE);
    }
}
