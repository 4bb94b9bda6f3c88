package dev.sluice.classifier;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.classifier.redis.RedisUserStates;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;

/** What {@link LossesTest} promises holds with a real Redis that was replaced by an older copy, or restarted empty. */
class LossesInRedisTest extends LossesUnderTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @Test
    void aRedisThatWasReplacedByAnOlderCopyMakesNobodyLeave() {
        var first = RealRedis.start();
        try (var second = RealRedis.start();
                var link = first.link(loss -> losses.note(loss, Instant.now()))) {
            states = new RedisUserStates(link, Duration.ofDays(60));
            classify(FIRST_ORDER);
            second.as(client -> {
                client.replicaof("127.0.0.1", first.port());
                await(() -> client.info("replication").contains("master_link_status:up"));
                client.replicaofNoOne();
            });
            classify(SECOND_ORDER);
            first.close();
            var third = RealRedis.start(first.port());
            third.as(client -> {
                client.replicaof("127.0.0.1", second.port());
                await(() -> client.info("replication").contains("master_link_status:up"));
                client.replicaofNoOne();
            });
            third.andThenStop(() -> {
                await(() -> Samples.revisions(states, List.of(ANN)).get(ANN) instanceof Answer.Found<?>);
                now = DAY_30;
                round();
                assertThat(tally.snapshot()).containsEntry("held", 1L);
                assertThat(segments(ANN)).containsExactly("ordered");
            });
        }
    }

    @Test
    void aRedisThatWasRestartedEmptyMakesNobodyLeave() {
        var first = RealRedis.start();
        try (var link = first.link(loss -> losses.note(loss, Instant.now()))) {
            states = new RedisUserStates(link, Duration.ofDays(60));
            classify(FIRST_ORDER);
            first.close();
            RealRedis.start(first.port()).andThenStop(() -> {
                await(() -> Samples.revisions(states, List.of(ANN)).get(ANN) instanceof Answer.Found<?>);
                now = DAY_30.plusSeconds(60);
                classify(Samples.line(ANN, "c1", "Card Played", 30 * 24 * 60 + 1));
                assertThat(segments(ANN)).containsExactly("ordered");
            });
        }
    }

    private static void await(BooleanSupplier condition) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).isLessThan(deadline);
            LockSupport.parkNanos(Duration.ofMillis(5).toNanos());
        }
    }
}
