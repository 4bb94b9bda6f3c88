package dev.sluice.classifier.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.classifier.Answer;
import dev.sluice.classifier.KnownPeople;
import dev.sluice.classifier.KnownPeopleContract;
import dev.sluice.classifier.RealRedis;
import dev.sluice.classifier.Samples;
import dev.sluice.classifier.UserStates;
import dev.sluice.classifier.WriteResult;
import dev.sluice.model.PersonKey;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * One server keeps every promise of {@link KnownPeople}; keys that name nobody are passed over, and a server that is away
 * is unreachable.
 */
class RedisKnownPeopleTest extends KnownPeopleContract {
    private RealRedis redis;
    private RedisLink link;
    private RedisKnownPeople known;

    @BeforeEach
    void start() {
        redis = RealRedis.start();
        link = redis.link();
        known = new RedisKnownPeople(link);
    }

    @AfterEach
    void stop() {
        link.close();
        redis.close();
    }

    @Override
    protected KnownPeople known() {
        return known;
    }

    @Override
    protected void put(PersonKey key) {
        assertThat(new RedisUserStates(link, Duration.ofDays(60))
                        .keep(List.of(new UserStates.Change(key, 0, Samples.recent("a"))))
                        .get(key))
                .isEqualTo(WriteResult.WRITTEN);
    }

    @Test
    void keysThatNameNobodyArePassedOver() {
        put(Samples.person("someone"));
        redis.as(client -> {
            client.set("user:NOBODY/x:data", "1");
            client.set("user:demo:data", "1");
            client.set("due:7", "1");
        });
        assertThat(known.page(Optional.empty(), 10_000))
                .isEqualTo(
                        new Answer.Found<>(new KnownPeople.Page(List.of(Samples.person("someone")), Optional.empty())));
    }

    @Test
    void aServerThatIsAwayIsUnreachable() {
        try (var away = new RedisLink(RealRedis.away(), loss -> {})) {
            assertThat(new RedisKnownPeople(away).page(Optional.empty(), 10)).isInstanceOf(Answer.Unreachable.class);
        }
    }
}
