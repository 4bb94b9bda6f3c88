package dev.sluice.classifier.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.classifier.Answer;
import dev.sluice.classifier.DueIndex;
import dev.sluice.classifier.DueIndexContract;
import dev.sluice.classifier.KnownPeople;
import dev.sluice.classifier.KnownPeopleContract;
import dev.sluice.classifier.RealCluster;
import dev.sluice.classifier.Samples;
import dev.sluice.classifier.UserStates;
import dev.sluice.classifier.WriteResult;
import dev.sluice.model.PersonKey;
import dev.sluice.model.Ring;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/**
 * A cluster keeps every promise of {@link DueIndex} and {@link KnownPeople}; while one node is away, who is due on the
 * others is found, and the paging waits at that node.
 */
class RedisClusterPeopleTest {
    private static RealCluster cluster;
    private static RedisLink link;

    @BeforeAll
    static void start() {
        cluster = RealCluster.start();
        link = cluster.link(loss -> {});
    }

    @AfterAll
    static void stop() {
        link.close();
        cluster.close();
    }

    private static void flush() {
        for (int node = 0; node < 3; node++) {
            cluster.at(node, client -> client.flushall());
        }
    }

    /** Who is due. */
    @Nested
    class Due extends DueIndexContract {
        private final RedisDueIndex index = new RedisDueIndex(link, dropped -> {});

        @Override
        protected DueIndex index() {
            return index;
        }

        @Override
        protected void clear() {
            flush();
        }
    }

    /** Who is known. */
    @Nested
    class Known extends KnownPeopleContract {
        private final RedisUserStates states = new RedisUserStates(link, Duration.ofDays(60));

        Known() {
            flush();
        }

        @Override
        protected KnownPeople known() {
            return new RedisKnownPeople(link);
        }

        @Override
        protected void put(PersonKey key) {
            assertThat(states.keep(List.of(new UserStates.Change(key, 0, Samples.recent("a"))))
                            .get(key))
                    .isEqualTo(WriteResult.WRITTEN);
        }
    }

    @Test
    void whileANodeIsAwayTheOthersGoOn() {
        try (var dying = RealCluster.start();
                var connection = dying.link(loss -> {})) {
            var index = new RedisDueIndex(connection, dropped -> {});
            var known = new RedisKnownPeople(connection);
            Map<PersonKey, Instant> people = new HashMap<>();
            for (int i = 0; i < 300; i++) {
                people.put(Samples.person("p" + i), Samples.NOON);
            }
            assertThat(index.schedule(people).values()).containsOnly(WriteResult.WRITTEN);
            assertThat(known.page(Optional.empty(), 10)).isInstanceOf(Answer.Found.class);

            dying.stop(2);
            List<PersonKey> others = people.keySet().stream()
                    .filter(person -> dying.holding("due:" + Ring.slot(person)) != 2)
                    .toList();
            List<PersonKey> found = new ArrayList<>();
            if (index.claim(Samples.NOON, 1_000, Duration.ofMinutes(1))
                    instanceof Answer.Found<List<DueIndex.Claim>>(var claims)) {
                claims.forEach(claim -> found.add(claim.key()));
            }
            assertThat(found).containsExactlyInAnyOrderElementsOf(others);

            Optional<String> cursor = Optional.empty();
            Answer<KnownPeople.Page> answer = known.page(cursor, 1_000);
            for (int page = 0; page < 10 && answer instanceof Answer.Found<KnownPeople.Page>(var last); page++) {
                assertThat(last.next())
                        .as("the paging must wait, not pass a node over")
                        .isPresent();
                cursor = last.next();
                answer = known.page(cursor, 1_000);
            }
            assertThat(answer).isInstanceOf(Answer.Unreachable.class);
            assertThat(known.page(cursor, 1_000)).isInstanceOf(Answer.Unreachable.class);
        }
    }

    @Test
    void keysWithoutANodeMakeThePagingWait() {
        try (var torn = RealCluster.start()) {
            for (int node = 0; node < 3; node++) {
                torn.at(node, client -> client.clusterDelSlots(16_383));
            }
            try (var connection = torn.link(loss -> {})) {
                assertThat(new RedisKnownPeople(connection).page(Optional.empty(), 10))
                        .isInstanceOf(Answer.Unreachable.class);
            }
        }
    }
}
