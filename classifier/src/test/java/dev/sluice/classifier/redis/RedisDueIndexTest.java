package dev.sluice.classifier.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.classifier.Answer;
import dev.sluice.classifier.DueIndex;
import dev.sluice.classifier.DueIndex.Claim;
import dev.sluice.classifier.DueIndexContract;
import dev.sluice.classifier.RealRedis;
import dev.sluice.classifier.Samples;
import dev.sluice.classifier.WriteResult;
import dev.sluice.model.Ring;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Beside what every {@link DueIndex} promises:
 *
 * <ul>
 *   <li>entries that name nobody, or somebody of another slot, are dropped and counted, and keep nobody back;
 *   <li>Redis may forget the scripts, hold something else in a slot's place, or be away.
 * </ul>
 */
class RedisDueIndexTest extends DueIndexContract {
    private static final AtomicLong UNREADABLE = new AtomicLong();

    private static RealRedis redis;
    private static RedisLink link;
    private static RedisDueIndex index;

    @BeforeAll
    static void start() {
        redis = RealRedis.start();
        link = redis.link();
        index = new RedisDueIndex(link, UNREADABLE::addAndGet);
    }

    @AfterAll
    static void stop() {
        link.close();
        redis.close();
    }

    @Override
    protected DueIndex index() {
        return index;
    }

    @Override
    protected void clear() {
        redis.as(client -> client.del(
                IntStream.range(0, Ring.SLOTS).mapToObj(slot -> "due:" + slot).toArray(String[]::new)));
        UNREADABLE.set(0);
    }

    @Test
    void entriesThatNameNobodyAreDroppedAndCounted() {
        var person = Samples.person("someone");
        String set = "due:" + Ring.slot(person);
        String other = "due:" + (Ring.slot(person) + 1) % Ring.SLOTS;
        redis.as(client -> {
            client.zadd(set, 1, "nobody");
            client.zadd(set, 2, "!");
            client.zadd(set, 3, "");
            client.zadd(set, 4, "!!demo/someone");
            client.zadd(other, 4, "demo/someone");
            client.zadd(set, 5, "demo/someone");
        });

        assertThat(claim(Samples.NOON, 1))
                .containsExactly(new Claim(person, Instant.ofEpochMilli(5), Samples.NOON.plus(LEASE)));
        assertThat(UNREADABLE).hasValueBetween(4, 5);
        assertThat(claim(Samples.NOON.plus(LEASE), 10)).hasSize(1);
        assertThat(UNREADABLE).hasValue(5);
        redis.as(client -> assertThat(client.zcard(set) + client.zcard(other)).isEqualTo(1));
    }

    @Test
    void forgottenScriptsAreTaughtAgain() {
        var person = Samples.person("forgotten");
        index.schedule(Map.of(person, Samples.NOON));
        redis.as(client -> client.scriptFlush());
        List<Claim> claims = claim(Samples.NOON, 10);
        assertThat(claims).hasSize(1);
        redis.as(client -> client.scriptFlush());
        assertThat(index.settle(Map.of(claims.getFirst(), Optional.empty())))
                .isEqualTo(Map.of(person, WriteResult.WRITTEN));
        assertThat(claim(Samples.NOON.plus(LEASE), 10)).isEmpty();
    }

    @Test
    void somethingElseInASlotsPlaceKeepsNobodyOfAnotherSlotBack() {
        var person = Samples.person("beside");
        String other = "due:" + (Ring.slot(person) + 1) % Ring.SLOTS;
        redis.as(client -> client.set(other, "text"));
        index.schedule(Map.of(person, Samples.NOON));

        assertThat(claim(Samples.NOON, 10)).hasSize(1);
        assertThat(index.claim(Samples.NOON, 10, LEASE)).isInstanceOf(Answer.Unreachable.class);
    }

    @Test
    void whileRedisIsAwayTheIndexIsUnreachable() {
        var person = Samples.person("away");
        try (var away = new RedisLink(RealRedis.away(), loss -> {})) {
            var unreachable = new RedisDueIndex(away, UNREADABLE::addAndGet);

            assertThat(unreachable.schedule(Map.of(person, Samples.NOON)))
                    .isEqualTo(Map.of(person, WriteResult.UNREACHABLE));
            assertThat(unreachable.claim(Samples.NOON, 10, LEASE)).isInstanceOf(Answer.Unreachable.class);
            assertThat(unreachable.settle(Map.of(new Claim(person, Samples.NOON, Samples.NOON), Optional.empty())))
                    .isEqualTo(Map.of(person, WriteResult.UNREACHABLE));
        }
    }
}
