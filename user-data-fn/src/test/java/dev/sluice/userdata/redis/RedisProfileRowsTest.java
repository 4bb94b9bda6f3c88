package dev.sluice.userdata.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.model.JsonText;
import dev.sluice.model.PersonKey;
import dev.sluice.model.Value;
import dev.sluice.userdata.Outcome;
import dev.sluice.userdata.Ports;
import dev.sluice.userdata.ProfileRows;
import dev.sluice.userdata.ProfileRowsContract;
import dev.sluice.userdata.RowChange;
import io.lettuce.core.RedisCommandExecutionException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * The Redis adapter keeps the contract, and:
 *
 * <ul>
 *   <li>it writes the fields {@code profile} and {@code profileVersion} of {@code user:<account>/<person>:data} and no other
 *   <li>a write makes the hash live 60 days more, but never less than it did
 *   <li>a Redis that forgot the script is taught again; one that is gone, full or mute is told of in time
 * </ul>
 */
final class RedisProfileRowsTest extends ProfileRowsContract {
    /** Where Redis answers: a test is of what it does, never of how fast this machine is. */
    private static final Duration PATIENT = Duration.ofMinutes(1);
    /** Where it does not. */
    private static final Duration IMPATIENT = Duration.ofMillis(500);
    /** Of those, some may have passed. */
    private static final long HOUR = Duration.ofHours(1).toSeconds();

    private static final long DAYS_60 = Duration.ofDays(60).toSeconds();
    private static final String KEY = "user:demo/u1:data";

    @SuppressWarnings("NullAway.Init") // set before all tests
    private static RealRedis redis;

    @SuppressWarnings("NullAway.Init") // set before all tests
    private static RedisProfileRows rows;

    @BeforeAll
    static void start() {
        redis = RealRedis.start();
        rows = rows(redis.uri(), PATIENT);
        rows.prime();
    }

    @AfterAll
    static void stop() {
        rows.close();
        redis.close();
    }

    @BeforeEach
    void empty() {
        redis.other().flushall();
    }

    @AfterEach
    void letItWriteAgain() {
        redis.other().configSet("maxmemory", "0");
    }

    @Test
    void otherFieldsAreLeftAlone() {
        redis.other().hset(KEY, Map.of("recent", "r", "rev", "7", "stats", "s"));

        rows.apply(written(1, "iOS"));
        assertThat(redis.other().hgetall(KEY))
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        "recent", "r", "rev", "7", "stats", "s", "profile", "{\"os\":\"iOS\"}", "profileVersion", "1"));

        rows.apply(removed(U1, 2));
        assertThat(redis.other().hgetall(KEY))
                .containsExactlyInAnyOrderEntriesOf(
                        Map.of("recent", "r", "rev", "7", "stats", "s", "profileVersion", "2"));
    }

    @Test
    void aNewHashLives60Days() {
        rows.apply(written(1, "iOS"));

        assertThat(timeToLive()).isBetween(DAYS_60 - HOUR, DAYS_60);
    }

    @Test
    void aShorterLifeIsMadeLongerAndALongerOneLeft() {
        rows.apply(written(1, "iOS"));
        redis.other().expire(KEY, HOUR);
        rows.apply(written(2, "iOS"));
        assertThat(timeToLive()).isBetween(DAYS_60 - HOUR, DAYS_60);

        redis.other().expire(KEY, 2 * DAYS_60);
        rows.apply(written(3, "iOS"));
        assertThat(timeToLive()).isGreaterThan(DAYS_60);

        redis.other().persist(KEY);
        rows.apply(removed(U1, 4));
        assertThat(timeToLive()).isEqualTo(-1);
    }

    @Test
    void aStaleChangeDoesNotProlongLife() {
        rows.apply(written(5, "iOS"));
        redis.other().expire(KEY, HOUR);

        rows.apply(written(5, "iOS"));

        assertThat(timeToLive()).isBetween(1L, HOUR);
    }

    @Test
    void aVersionThatIsNoneProtectsNothing() {
        redis.other().hset(KEY, "profileVersion", "oops");

        assertThat(rows.apply(written(1, "iOS"))).isEqualTo(Outcome.WRITTEN);
    }

    @Test
    void aRedisThatForgotTheScriptIsTaughtAgain() {
        redis.other().scriptFlush();

        assertThat(rows.apply(written(1, "iOS"))).isEqualTo(Outcome.WRITTEN);
        assertThat(rows.apply(written(2, "iOS"))).isEqualTo(Outcome.WRITTEN);
    }

    @Test
    void whatIsNotAHashIsAFaultAndNotOverwritten() {
        redis.other().set(KEY, "text");

        assertThatThrownBy(() -> rows.apply(written(1, "iOS"))).isInstanceOf(RedisCommandExecutionException.class);
        assertThat(redis.other().get(KEY)).isEqualTo("text");
    }

    @Test
    void aRedisThatIsFullRefusesAndKeepsWhatItHad() {
        rows.apply(written(1, "iOS"));
        redis.other().configSet("maxmemory", "1");

        assertThatThrownBy(() -> rows.apply(written(2, "Android"))).isInstanceOf(RedisCommandExecutionException.class);

        assertThat(traits(U1)).contains(os("iOS"));
    }

    @Test
    @Timeout(180)
    void aRedisThatGoesIsUnreachableAndWhenItIsBackIsWrittenAgain() {
        RealRedis own = RealRedis.start();
        try (var there = rows(own.uri(), IMPATIENT)) {
            applyUntilItIsReached(there, written(1, "iOS"));
            assertThat(own.other().hget(KEY, "profileVersion")).isEqualTo("1");
            own.close();
            assertThat(there.apply(written(2, "iOS"))).isEqualTo(Outcome.UNREACHABLE);
            try (var back = RealRedis.start(own.port())) {
                applyUntilItIsReached(there, written(3, "iOS"));
                assertThat(back.other().hget(KEY, "profileVersion")).isEqualTo("3");
            }
        }
    }

    @Test
    void aRedisThatWasNeverThereIsUnreachableAndDoesNotStopTheStart() {
        try (var nowhere = rows("redis://127.0.0.1:" + Ports.free(), PATIENT)) {
            nowhere.prime();

            assertThat(nowhere.apply(written(1, "iOS"))).isEqualTo(Outcome.UNREACHABLE);
        }
    }

    @Test
    @Timeout(60)
    void aRedisThatSaysNothingIsUnreachableInTime() throws IOException {
        try (var mute = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                var waiting = rows("redis://127.0.0.1:" + mute.getLocalPort(), IMPATIENT)) {
            // Nothing else would end it before the test's own limit.
            assertThat(waiting.apply(written(1, "iOS"))).isEqualTo(Outcome.UNREACHABLE);
        }
    }

    @Override
    protected ProfileRows rows() {
        return rows;
    }

    @Override
    protected Optional<Value.Fields> traits(PersonKey key) {
        return Optional.ofNullable(redis.other().hget(RedisProfileRows.key(key), "profile"))
                .map(json -> JsonText.readObject(json.getBytes(StandardCharsets.UTF_8)));
    }

    private static RedisProfileRows rows(String uri, Duration timeout) {
        return new RedisProfileRows(new RedisServers(uri, false, timeout), Duration.ofDays(60));
    }

    private static long timeToLive() {
        return redis.other().ttl(KEY);
    }

    /**
     * Lettuce connects, and connects again, by itself, with growing pauses; nothing tells us when. One whose answer was not
     * waited for may have come all the same.
     */
    private static void applyUntilItIsReached(RedisProfileRows there, RowChange change) {
        while (there.apply(change) == Outcome.UNREACHABLE) {
            assertThat(Thread.currentThread().isInterrupted())
                    .as("the test's time is over")
                    .isFalse();
            LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
        }
    }
}
