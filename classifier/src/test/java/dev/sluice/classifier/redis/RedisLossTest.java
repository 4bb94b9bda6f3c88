package dev.sluice.classifier.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.classifier.Answer;
import dev.sluice.classifier.Losses;
import dev.sluice.classifier.Meeting;
import dev.sluice.classifier.Meetings;
import dev.sluice.classifier.MetServers;
import dev.sluice.classifier.RealRedis;
import dev.sluice.classifier.Samples;
import dev.sluice.classifier.Server;
import dev.sluice.classifier.StoreLoss;
import dev.sluice.classifier.UserStates;
import dev.sluice.classifier.WriteResult;
import dev.sluice.classifier.memory.MemoryMeetings;
import dev.sluice.model.PersonKey;
import io.lettuce.core.KillArgs;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;

/**
 * What is noticed of Redis:
 *
 * <ul>
 *   <li>one that was restarted empty is said to be, once, before any of its answers is given to anyone;
 *   <li>one that was emptied without a restart is, within the stated time;
 *   <li>another process with the same data is told apart from that; a mere reconnection is nothing;
 *   <li>who starts later is told before any of its answers is given, and waits until what was there before is known;
 *   <li>one that takes no writes any more, as after a fail-over, is left, and its name looked up anew.
 * </ul>
 */
class RedisLossTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final PersonKey KEY = Samples.person("someone");

    private final ConcurrentLinkedQueue<StoreLoss> losses = new ConcurrentLinkedQueue<>();

    @Test
    void oneThatWasRestartedEmptyIsSaidToBeBeforeAnyAnswerIsGiven() {
        var first = RealRedis.start();
        try (var link = link(first)) {
            var states = new RedisUserStates(link, Duration.ofDays(60));
            assertThat(keep(states)).isEqualTo(WriteResult.WRITTEN);
            assertThat(losses).isEmpty();
            first.close();
            RealRedis.start(first.port()).andThenStop(() -> {
                // Asked by many at once, none of whom may see the empty state first.
                var unwarned = new ConcurrentLinkedQueue<Answer<?>>();
                List<CompletableFuture<Void>> readers = new ArrayList<>();
                try (var threads = Executors.newFixedThreadPool(4)) {
                    for (int i = 0; i < 4; i++) {
                        readers.add(CompletableFuture.runAsync(
                                () -> await(() -> {
                                    Answer<Long> answer = Samples.revisions(states, List.of(KEY))
                                            .get(KEY);
                                    boolean found = answer instanceof Answer.Found<Long>(var revision) && revision == 0;
                                    if (found && losses.isEmpty()) {
                                        unwarned.add(answer);
                                    }
                                    return found;
                                }),
                                threads));
                    }
                }
                assertThat(readers).allSatisfy(CompletableFuture::join);
                assertThat(unwarned).isEmpty();
                assertThat(losses).extracting(StoreLoss::kind).containsExactly(StoreLoss.Kind.EMPTIED);
                assertThat(losses.element().concerns()).accepts(KEY);
            });
        }
    }

    @Test
    void oneThatWasEmptiedWithoutARestartIsSaidToBeWithinTheStatedTime() {
        try (var redis = RealRedis.start();
                var link = link(redis)) {
            var states = new RedisUserStates(link, Duration.ofDays(60));
            assertThat(keep(states)).isEqualTo(WriteResult.WRITTEN);
            redis.as(client -> client.flushall());

            await(() -> {
                states.read(List.of(KEY));
                return !losses.isEmpty();
            });
            assertThat(losses).extracting(StoreLoss::kind).containsExactly(StoreLoss.Kind.EMPTIED);
        }
    }

    @Test
    void aMereReconnectionIsNothing() {
        try (var redis = RealRedis.start();
                var link = link(redis)) {
            var states = new RedisUserStates(link, Duration.ofDays(60));
            assertThat(keep(states)).isEqualTo(WriteResult.WRITTEN);
            redis.as(client -> client.clientKill(KillArgs.Builder.typeNormal().skipme()));

            await(() -> states.read(List.of(KEY)).get(KEY) instanceof Answer.Found<?>);
            assertThat(losses).isEmpty();
        }
    }

    @Test
    void anotherProcessWithTheSameDataIsToldApart() {
        var before = new Server("a", "x");
        assertThat(new Server("a", "x").since(before)).isEmpty();
        assertThat(new Server("b", "x").since(before)).contains(StoreLoss.Kind.REPLACED);
        assertThat(new Server("a", "y").since(before)).contains(StoreLoss.Kind.EMPTIED);
        assertThat(new Server("b", "y").since(before)).contains(StoreLoss.Kind.EMPTIED);

        var first = RealRedis.start();
        try (var link = link(first);
                var second = RealRedis.start()) {
            var states = new RedisUserStates(link, Duration.ofDays(60));
            assertThat(keep(states)).isEqualTo(WriteResult.WRITTEN);
            copy(first, second);
            first.close();
            var third = RealRedis.start(first.port());
            third.as(client -> client.replicaof("127.0.0.1", second.port()));
            third.as(client -> await(() -> client.info("replication").contains("master_link_status:up")));
            third.as(client -> client.replicaofNoOne());
            third.andThenStop(() -> {
                await(() -> Samples.revisions(states, List.of(KEY)).get(KEY) instanceof Answer.Found<?>);
                assertThat(losses).extracting(StoreLoss::kind).containsExactly(StoreLoss.Kind.REPLACED);
            });
        }
    }

    @Test
    void oneThatTakesNoWritesAnyMoreIsLeft() {
        try (var redis = RealRedis.start();
                var link = link(redis)) {
            var states = new RedisUserStates(link, Duration.ofDays(60));
            assertThat(keep(states)).isEqualTo(WriteResult.WRITTEN);
            redis.as(client -> client.replicaof("127.0.0.1", RealRedis.freePort()));

            await(() -> keep(states) == WriteResult.UNREACHABLE
                    && states.read(List.of(KEY)).get(KEY) instanceof Answer.Unreachable<?>);

            redis.as(client -> client.replicaofNoOne());
            await(() -> states.read(List.of(KEY)).get(KEY) instanceof Answer.Found<?>);
            assertThat(losses).isEmpty();
        }
    }

    @Test
    void whoStartsAfterALossIsToldBeforeAnyAnswerIsGivenAndWaitsUntilThatIsKnown() {
        var meetings = new MemoryMeetings();
        var away = new AtomicBoolean();
        var first = RealRedis.start();
        try (var link = starting(first, meetings, away)) {
            assertThat(keep(new RedisUserStates(link, Duration.ofDays(60)))).isEqualTo(WriteResult.WRITTEN);
            await(() -> meetings.read(Mark.KEY) instanceof Answer.Found<Optional<Meeting>>(var met) && met.isPresent());
        }
        first.close();
        RealRedis.start(first.port()).andThenStop(() -> {
            away.set(true);
            try (var link = starting(first, meetings, away)) {
                var states = new RedisUserStates(link, Duration.ofDays(60));
                assertThat(states.read(List.of(KEY)).get(KEY)).isInstanceOf(Answer.Unreachable.class);
                assertThat(losses).isEmpty();
                away.set(false);
                assertThat(states.read(List.of(KEY)).get(KEY)).isInstanceOf(Answer.Found.class);
                assertThat(losses).extracting(StoreLoss::kind).containsExactly(StoreLoss.Kind.EMPTIED);
                assertThat(losses.element().concerns()).accepts(KEY);
            }
        });
    }

    private RedisLink starting(RealRedis redis, MemoryMeetings meetings, AtomicBoolean away) {
        var store = new Meetings() {
            @Override
            public Answer<Optional<Meeting>> read(String place) {
                return away.get() ? new Answer.Unreachable<>("away") : meetings.read(place);
            }

            @Override
            public WriteResult write(Meeting meeting) {
                return meetings.write(meeting);
            }
        };
        return new RedisLink(
                new RedisServers(redis.uri(), false, RealRedis.PATIENT),
                new MetServers(store, new Losses(), losses::add, InstantSource.system(), Thread::startVirtualThread));
    }

    private RedisLink link(RealRedis redis) {
        return new RedisLink(
                new RedisServers(redis.uri(), false, RealRedis.PATIENT), losses::add, Duration.ofMillis(200));
    }

    private static void copy(RealRedis from, RealRedis to) {
        to.as(client -> {
            client.replicaof("127.0.0.1", from.port());
            await(() -> client.info("replication").contains("master_link_status:up"));
            client.replicaofNoOne();
        });
    }

    private static WriteResult keep(UserStates states) {
        return states.keep(List.of(new UserStates.Change(KEY, 0, Samples.recent("a"))))
                .getOrDefault(KEY, WriteResult.UNREACHABLE);
    }

    private static void await(BooleanSupplier condition) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).isLessThan(deadline);
            LockSupport.parkNanos(Duration.ofMillis(5).toNanos());
        }
    }
}
