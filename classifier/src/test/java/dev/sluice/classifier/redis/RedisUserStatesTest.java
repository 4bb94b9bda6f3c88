package dev.sluice.classifier.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.classifier.Answer;
import dev.sluice.classifier.Lifetime;
import dev.sluice.classifier.RealRedis;
import dev.sluice.classifier.Samples;
import dev.sluice.classifier.UserStates;
import dev.sluice.classifier.UserStatesContract;
import dev.sluice.classifier.WriteResult;
import dev.sluice.model.PersonKey;
import dev.sluice.model.profile.UserState;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Beside what every {@link UserStates} promises:
 *
 * <ul>
 *   <li>the time to live begins anew with every write and touch, which shorten no longer life;
 *   <li>Redis may forget the script, answer nothing, be away at the start, go and come back;
 *   <li>a full Redis refuses, and takes the same write when there is room;
 *   <li>something else under a person's key is unreadable; fields of other names there are passed over.
 * </ul>
 */
class RedisUserStatesTest extends UserStatesContract {
    private static final long HOUR = 3_600;
    private static final Duration TIME_TO_LIVE = Duration.ofDays(60);
    private static final long STORED = new Lifetime(TIME_TO_LIVE).stored().toSeconds();
    private static final PersonKey KEY = Samples.person("redis");

    private static RealRedis redis;
    private static RedisLink link;
    private static RedisUserStates states;

    @BeforeAll
    static void start() {
        redis = RealRedis.start();
        link = redis.link();
        states = new RedisUserStates(link, TIME_TO_LIVE);
    }

    @AfterAll
    static void stop() {
        link.close();
        redis.close();
    }

    @Override
    protected UserStates states() {
        return states;
    }

    @Override
    protected void put(PersonKey key, String field, String value) {
        redis.as(client -> client.hset("user:" + key.qualified() + ":data", field, value));
    }

    @Test
    void theTimeToLiveBeginsAnewWithEveryWrite() {
        String name = "user:demo/slides:data";
        assertThat(keep(states, Samples.person("slides"), 0)).isEqualTo(WriteResult.WRITTEN);
        redis.as(client -> client.expire(name, HOUR));

        assertThat(keep(states, Samples.person("slides"), 1)).isEqualTo(WriteResult.WRITTEN);

        redis.as(client -> assertThat(client.ttl(name)).isBetween(STORED - HOUR, STORED));
    }

    @Test
    void aFullRedisRefusesAndTakesTheSameWriteWhenThereIsRoom() {
        PersonKey key = Samples.person("full");
        assertThat(keep(states, key, 0)).isEqualTo(WriteResult.WRITTEN);
        Answer<UserState> before = read(states, key);
        redis.as(client -> client.configSet("maxmemory", "1"));
        try {
            assertThat(keep(states, key, 1)).isEqualTo(WriteResult.UNREACHABLE);
            assertThat(read(states, key)).isEqualTo(before);
        } finally {
            redis.as(client -> client.configSet("maxmemory", "0"));
        }

        assertThat(keep(states, key, 1)).isEqualTo(WriteResult.WRITTEN);
    }

    @Test
    void fieldsOfOtherNamesArePassedOver() {
        PersonKey key = Samples.person("strange");
        assertThat(keep(states, key, 0)).isEqualTo(WriteResult.WRITTEN);
        Answer<UserState> before = read(states, key);
        put(key, "recen", "x");
        put(key, "recent2", "x");
        put(key, "", "x");

        assertThat(read(states, key)).isInstanceOf(Answer.Found.class).isEqualTo(before);
    }

    @Test
    void aTouchLetsAStateLiveOnAndAReadDoesNot() {
        PersonKey key = Samples.person("reads");
        String name = "user:demo/reads:data";
        assertThat(keep(states, key, 0)).isEqualTo(WriteResult.WRITTEN);
        redis.as(client -> client.expire(name, HOUR));

        assertThat(read(states, key)).isInstanceOf(Answer.Found.class);
        redis.as(client -> assertThat(client.ttl(name)).isBetween(0L, HOUR));

        states.touch(List.of(key));
        redis.as(client -> assertThat(client.ttl(name)).isBetween(STORED - HOUR, STORED));
    }

    @Test
    void aTouchWritesOnlyWhenAHundredthOfTheLifeIsOverAndShortensNone() {
        PersonKey key = Samples.person("fresh");
        String name = "user:demo/fresh:data";
        assertThat(keep(states, key, 0)).isEqualTo(WriteResult.WRITTEN);
        for (long life : List.of(STORED * 995 / 1000, STORED * 2)) {
            redis.as(client -> client.expire(name, life));
            states.touch(List.of(key));
            redis.as(client -> assertThat(client.ttl(name)).isBetween(life - HOUR, life));
        }
        redis.as(client -> client.persist(name));
        states.touch(List.of(key));
        redis.as(client -> assertThat(client.ttl(name)).isEqualTo(-1));

        states.touch(List.of(Samples.person("nobody")));
        redis.as(client -> assertThat(client.exists("user:demo/nobody:data")).isZero());
    }

    @Test
    void aWriteShortensNoLongerLife() {
        String name = "user:demo/longer:data";
        assertThat(keep(states, Samples.person("longer"), 0)).isEqualTo(WriteResult.WRITTEN);
        redis.as(client -> client.expire(name, STORED * 2));
        assertThat(keep(states, Samples.person("longer"), 1)).isEqualTo(WriteResult.WRITTEN);
        redis.as(client -> assertThat(client.ttl(name)).isGreaterThan(STORED));

        redis.as(client -> client.persist(name));
        assertThat(keep(states, Samples.person("longer"), 2)).isEqualTo(WriteResult.WRITTEN);
        redis.as(client -> assertThat(client.ttl(name)).isEqualTo(-1));
    }

    @Test
    void aForgottenScriptIsTaughtAgain() {
        PersonKey key = Samples.person("forgotten");
        assertThat(keep(states, key, 0)).isEqualTo(WriteResult.WRITTEN);
        redis.as(client -> client.scriptFlush());

        assertThat(keep(states, key, 1)).isEqualTo(WriteResult.WRITTEN);
        assertThat(keep(states, key, 1)).isEqualTo(WriteResult.CONFLICT);
        redis.as(client -> client.scriptFlush());
        redis.as(client -> client.expire("user:demo/forgotten:data", HOUR));
        states.touch(List.of(key));
        redis.as(client -> assertThat(client.ttl("user:demo/forgotten:data")).isGreaterThan(HOUR));
    }

    @Test
    void somethingElseUnderAPersonsKeyIsUnreadable() {
        redis.as(client -> client.set("user:demo/text:data", "not a hash"));

        assertThat(read(states, Samples.person("text"))).isInstanceOf(Answer.Unreadable.class);
    }

    @Test
    void aServerThatNeverAnsweredIsUnreachable() throws IOException {
        try (var silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
                var away = link("redis://127.0.0.1:" + silent.getLocalPort(), Duration.ofMillis(100))) {
            var slow = new RedisUserStates(away, TIME_TO_LIVE);

            // Without a limit neither would ever end.
            assertThat(read(slow, KEY)).isInstanceOf(Answer.Unreachable.class);
            assertThat(keep(slow, KEY, 0)).isEqualTo(WriteResult.UNREACHABLE);
        }
    }

    @Test
    void aServerThatAnswersNoMoreIsUnreachableUntilItDoes() {
        try (var silent = RealRedis.start();
                var soon = link(silent.uri(), Duration.ofMillis(500))) {
            var states = new RedisUserStates(soon, TIME_TO_LIVE);
            assertThat(until(states, Answer.Found.class)).isTrue();

            silent.whileSilent(() -> assertThat(read(states, KEY)).isInstanceOf(Answer.Unreachable.class));

            assertThat(until(states, Answer.Found.class)).isTrue();
        }
    }

    @Test
    void redisMayBeAwayAtTheStartGoAndComeBack() {
        int port = RealRedis.freePort();
        try (var reconnecting = link("redis://127.0.0.1:" + port, RealRedis.PATIENT)) {
            var early = new RedisUserStates(reconnecting, TIME_TO_LIVE);
            assertThat(read(early, KEY)).isInstanceOf(Answer.Unreachable.class);
            RealRedis.start(port)
                    .andThenStop(
                            () -> assertThat(until(early, Answer.Found.class)).isTrue());
            assertThat(until(early, Answer.Unreachable.class)).isTrue();
            RealRedis.start(port).andThenStop(() -> {
                assertThat(until(early, Answer.Found.class)).isTrue();
                assertThat(keep(early, KEY, 0)).isEqualTo(WriteResult.WRITTEN);
            });
        }
    }

    private static RedisLink link(String uri, Duration timeout) {
        return new RedisLink(new RedisServers(uri, false, timeout), loss -> {});
    }

    private static boolean until(UserStates states, Class<?> answer) {
        long deadline = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        while (System.nanoTime() < deadline) {
            if (answer.isInstance(read(states, KEY))) {
                return true;
            }
            LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
        }
        return false;
    }

    private static Answer<UserState> read(UserStates states, PersonKey key) {
        return states.read(List.of(key)).getOrDefault(key, new Answer.Unreadable<>("no answer"));
    }

    private static WriteResult keep(UserStates states, PersonKey key, long revision) {
        Map<PersonKey, WriteResult> results =
                states.keep(List.of(new UserStates.Change(key, revision, Samples.recent("a"))));
        return results.getOrDefault(key, WriteResult.UNREACHABLE);
    }
}
