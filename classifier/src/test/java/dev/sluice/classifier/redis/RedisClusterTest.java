package dev.sluice.classifier.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.classifier.Answer;
import dev.sluice.classifier.RealCluster;
import dev.sluice.classifier.Samples;
import dev.sluice.classifier.StoreLoss;
import dev.sluice.classifier.StoredUserState;
import dev.sluice.classifier.UserStates;
import dev.sluice.classifier.UserStatesContract;
import dev.sluice.classifier.WriteResult;
import dev.sluice.model.PersonKey;
import dev.sluice.model.Ring;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * A cluster keeps every promise of {@link UserStates}, and:
 *
 * <ul>
 *   <li>each node is written to and read from once for a whole batch;
 *   <li>people whose ids hold braces are found again;
 *   <li>a script that a node forgot is taught to it again;
 *   <li>people whose slot is moving, or has moved, are found where they are;
 *   <li>what lies on a node that dies is unreachable, and nobody else; one that comes back empty is said to be empty, for
 *       its people alone, before any of them is read.
 * </ul>
 */
class RedisClusterTest extends UserStatesContract {
    private static final Duration TIME_TO_LIVE = Duration.ofDays(60);
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Pattern READS = Pattern.compile("total_reads_processed:(\\d+)");

    private static RealCluster cluster;
    private static RedisLink link;
    private static RedisUserStates states;

    @BeforeAll
    static void start() {
        cluster = RealCluster.start();
        link = cluster.link(loss -> {});
        states = new RedisUserStates(link, TIME_TO_LIVE);
    }

    @AfterAll
    static void stop() {
        link.close();
        cluster.close();
    }

    @Override
    protected UserStates states() {
        return states;
    }

    @Override
    protected void put(PersonKey key, String field, String value) {
        String name = StoredUserState.key(key);
        cluster.at(cluster.holding(name), client -> client.hset(name, field, value));
    }

    @Test
    void eachNodeIsAskedOnceForAWholeBatch() {
        List<PersonKey> people = people("batch", 90);
        assertThat(keep(states, people, 0)).containsOnly(WriteResult.WRITTEN);

        List<Long> before = reads();
        assertThat(states.read(people).values()).allMatch(Answer.Found.class::isInstance);
        assertThat(keep(states, people, 1)).containsOnly(WriteResult.WRITTEN);
        assertThat(Samples.revisions(states, people).values()).allMatch(new Answer.Found<>(2L)::equals);
        List<Long> after = reads();

        for (int node = 0; node < 3; node++) {
            // One read of its socket for each of the three; a few for asking this, and for who is there.
            assertThat(after.get(node) - before.get(node)).isBetween(3L, 29L);
        }
    }

    @Test
    void peopleWhoseIdsHoldBracesAreFoundAgain() {
        List<PersonKey> braces = new ArrayList<>();
        for (String id : List.of("{a}", "{}", "a}{b", "{", "}", "{{a}}", "{a", "x{a}y{b}")) {
            braces.add(Samples.person(id));
        }
        assertThat(keep(states, braces, 0)).containsOnly(WriteResult.WRITTEN);
        assertThat(keep(states, braces, 1)).containsOnly(WriteResult.WRITTEN);
        assertThat(Samples.revisions(states, braces).values()).allMatch(new Answer.Found<>(2L)::equals);
        for (PersonKey person : braces) {
            String name = StoredUserState.key(person);
            cluster.at(
                    cluster.holding(name),
                    client -> assertThat(client.exists(name)).isEqualTo(1));
        }
    }

    @Test
    void aScriptThatANodeForgotIsTaughtToItAgain() {
        List<PersonKey> people = people("forgotten", 30);
        assertThat(keep(states, people, 0)).containsOnly(WriteResult.WRITTEN);
        cluster.at(1, client -> client.scriptFlush());

        assertThat(keep(states, people, 1)).containsOnly(WriteResult.WRITTEN);
        assertThat(Samples.revisions(states, people).values()).allMatch(new Answer.Found<>(2L)::equals);
    }

    @Test
    void peopleWhoseSlotIsMovingOrHasMovedAreFound() {
        try (var moving = RealCluster.start();
                var connection = moving.link(loss -> {})) {
            var there = new RedisUserStates(connection, TIME_TO_LIVE);
            List<PersonKey> people = people("moving", 30);
            assertThat(keep(there, people, 0)).containsOnly(WriteResult.WRITTEN);
            String one = StoredUserState.key(people.getFirst());
            int from = moving.holding(one);
            int to = (from + 1) % 3;

            moving.move(RealCluster.slot(one), from, to, false);
            assertThat(keep(there, people, 1)).containsOnly(WriteResult.WRITTEN);
            assertThat(Samples.revisions(there, people).values()).allMatch(new Answer.Found<>(2L)::equals);

            moving.move(RealCluster.slot(one), from, to, true);
            assertThat(keep(there, people, 2)).containsOnly(WriteResult.WRITTEN);
            assertThat(Samples.revisions(there, people).values()).allMatch(new Answer.Found<>(3L)::equals);
            moving.at(to, client -> assertThat(client.exists(one)).isEqualTo(1));
        }
    }

    @Test
    void aNodeThatDiesTakesNobodyElseWithItAndIsKnownToBeEmptyWhenItIsBack() {
        var losses = new ConcurrentLinkedQueue<StoreLoss>();
        try (var dying = RealCluster.start();
                var connection = dying.link(losses::add)) {
            var there = new RedisUserStates(connection, TIME_TO_LIVE);
            List<PersonKey> people = people("dying", 60);
            assertThat(keep(there, people, 0)).containsOnly(WriteResult.WRITTEN);
            Map<Boolean, List<PersonKey>> byFate = people.stream()
                    .collect(Collectors.partitioningBy(person -> dying.holding(StoredUserState.key(person)) == 1));
            List<PersonKey> gone = byFate.getOrDefault(true, List.of());
            List<PersonKey> others = byFate.getOrDefault(false, List.of());

            dying.stop(1);
            for (int round = 0; round < 3; round++) {
                var answers = there.read(people);
                assertThat(others).allMatch(person -> answers.get(person) instanceof Answer.Found<?>);
                assertThat(gone).allMatch(person -> answers.get(person) instanceof Answer.Unreachable<?>);
                assertThat(keep(there, others, round + 1)).containsOnly(WriteResult.WRITTEN);
            }
            assertThat(losses).isEmpty();

            dying.startAgain(1);
            await(() ->
                    Samples.revisions(there, gone).values().stream().noneMatch(Answer.Unreachable.class::isInstance));

            assertThat(losses).hasSize(1);
            assertThat(losses.element().kind()).isEqualTo(StoreLoss.Kind.EMPTIED);
            assertThat(people.stream().filter(losses.element().concerns())).containsExactlyElementsOf(gone);
            assertThat(people)
                    .allMatch(person ->
                            losses.element().turns().test(person) == (dying.holding("due:" + Ring.slot(person)) == 1));
            assertThat(Samples.revisions(there, gone).values()).allMatch(new Answer.Found<>(0L)::equals);
            assertThat(Samples.revisions(there, others).values()).allMatch(new Answer.Found<>(4L)::equals);
        }
    }

    private static List<Long> reads() {
        List<Long> reads = new ArrayList<>();
        for (int node = 0; node < 3; node++) {
            cluster.at(node, client -> {
                Matcher line = READS.matcher(client.info("stats"));
                assertThat(line.find()).isTrue();
                reads.add(Long.parseLong(line.group(1)));
            });
        }
        return reads;
    }

    private static List<PersonKey> people(String name, int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> Samples.person(name + i + "-" + UUID.randomUUID()))
                .toList();
    }

    private static List<WriteResult> keep(UserStates states, List<PersonKey> people, long revision) {
        return List.copyOf(states.keep(people.stream()
                        .map(person -> new UserStates.Change(person, revision, Samples.recent("a")))
                        .toList())
                .values());
    }

    private static void await(BooleanSupplier condition) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).isLessThan(deadline);
            LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
        }
    }
}
