package dev.sluice.tracker;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
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
            assertThat(fate.get(1, TimeUnit.MINUTES)).isEqualTo(Fate.NOT_DURABLE);
        }
        assertThat(Duration.ofNanos(System.nanoTime() - before)).isGreaterThanOrEqualTo(Duration.ofMillis(100));
    }

    @Test
    void oneWhoComesWhenAllOthersAreGoneIsWatchedToo() throws Exception {
        var deadlines = new Deadlines(Duration.ofMillis(5));
        for (int i = 0; i < 20; i++) {
            var fate = new CompletableFuture<Fate>();
            deadlines.watch(fate);
            assertThat(fate.get(1, TimeUnit.MINUTES)).isEqualTo(Fate.NOT_DURABLE);
        }
    }

    @Test
    void anAnswerInTimeStandsAndOneWhoStillHasTimeIsNotTold() {
        var nanos = new AtomicLong();
        var looks = new ArrayDeque<Runnable>();
        var deadlines = new Deadlines(Duration.ofNanos(100), nanos::get, (work, wait) -> looks.add(work));
        List<CompletableFuture<Fate>> fates =
                Stream.generate(CompletableFuture<Fate>::new).limit(3).toList();
        deadlines.watch(fates.get(0));
        deadlines.watch(fates.get(1));
        nanos.set(1);
        deadlines.watch(fates.get(2));

        fates.get(0).complete(Fate.DURABLE);
        nanos.set(100);
        looks.remove().run();

        assertThat(fates.get(0)).isCompletedWithValue(Fate.DURABLE);
        assertThat(fates.get(1)).isCompletedWithValue(Fate.NOT_DURABLE);
        assertThat(fates.get(2)).isNotDone();
        nanos.set(101);
        looks.remove().run();
        assertThat(fates.get(2)).isCompletedWithValue(Fate.NOT_DURABLE);
        assertThat(looks).isEmpty();
    }
}
