package dev.sluice.classifier;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.classifier.aws.AwsProfiles;
import dev.sluice.classifier.memory.MemoryDueIndex;
import dev.sluice.classifier.memory.MemoryIdentities;
import dev.sluice.classifier.memory.MemoryProfiles;
import dev.sluice.classifier.memory.MemoryRuleSets;
import dev.sluice.classifier.memory.MemoryUserStates;
import dev.sluice.classifier.redis.RedisDueIndex;
import dev.sluice.classifier.redis.RedisUserStates;
import dev.sluice.model.Event;
import dev.sluice.model.PersonKey;
import dev.sluice.model.profile.Fold;
import dev.sluice.model.profile.Recent;
import dev.sluice.model.profile.SegmentedProfile;
import dev.sluice.model.profile.UserState;
import dev.sluice.model.rules.RuleEvaluator;
import dev.sluice.model.rules.RuleSet;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/**
 * Promises: when {@value #WRITERS} classifiers write one person at once, each its share of the events in an order of its own
 * and with repeats, and send again what is to be retried, what is kept and what is stored end as one fold of all events
 * says; each of them is done after a bounded number of calls, and the conflicts are no more than the attempts. In memory,
 * and with Redis and DynamoDB's protocol.
 */
class HotPersonTest {
    private static final int WRITERS = 64;
    private static final int MOST_CALLS = 2_000;
    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final PersonKey KEY = Samples.person("hot");

    private final RuleSet rules = new Generated(4_712).ruleSet("demo", 1);
    private final RunningRules running = running();
    private final Tally tally = new Tally();
    private final AtomicInteger tokens = new AtomicInteger();
    private final AtomicInteger calls = new AtomicInteger();

    @Test
    void writersAtOnceEndAsOneFoldInMemory() throws Exception {
        endsAsOneFold(stores(new MemoryUserStates(), new MemoryProfiles(), new MemoryDueIndex()), 4);
    }

    @Test
    void writersAtOnceEndAsOneFoldInRedisAndDynamoDb() throws Exception {
        try (var redis = RealRedis.start();
                var link = redis.link();
                var aws = new AwsProfiles()) {
            endsAsOneFold(
                    stores(
                            new RedisUserStates(link, Duration.ofDays(60)),
                            aws.profiles(),
                            new RedisDueIndex(link, any -> {})),
                    2);
        }
    }

    private void endsAsOneFold(Stores stores, int each)
            throws InterruptedException, ExecutionException, TimeoutException {
        var generated = new Generated(99);
        List<Event> events = new ArrayList<>();
        for (int i = 0; i < WRITERS * each; i++) {
            events.add(generated.event(KEY, "e" + i, generated.instant(72)));
        }
        Stores met = new Stores(
                meeting(stores.states()),
                stores.profiles(),
                stores.dues(),
                stores.identities(),
                stores.writerTokens(),
                stores.clock());
        try (var threads = Executors.newFixedThreadPool(WRITERS)) {
            List<Future<?>> writers = new ArrayList<>();
            for (int i = 0; i < WRITERS; i++) {
                int writer = i;
                List<Event> share = events.subList(i * each, (i + 1) * each);
                writers.add(threads.submit(() -> {
                    write(met, share, events.get((writer * 31) % events.size()), new Random(writer));
                    return null;
                }));
            }
            for (Future<?> writer : writers) {
                writer.get(PATIENCE.toMinutes(), TimeUnit.MINUTES);
            }
        }

        Recent expected = new Fold(rules, new RuleEvaluator(rules))
                .take(new UserState(KEY, Recent.NOTHING), events)
                .recent();
        assertThat(state(stores).recent()).isEqualTo(expected);
        SegmentedProfile stored = stored(stores);
        assertThat(stored.saysTheSameAs(expected.head().memberships())).isTrue();
        assertThat(stored.memberships()).as("or nothing was compared").isNotEmpty();
        long conflicts = tally.snapshot().getOrDefault("conflicts", -1L);
        assertThat(conflicts)
                .as("of those who met all but one, and no more than attempts")
                .isBetween(WRITERS - 1L, (long) calls.get() * Attempts.MAX_ATTEMPTS);
    }

    /** States with which nobody goes on before every writer has read them once: then only one of them can write at first. */
    private static UserStates meeting(UserStates states) {
        var reads = new CountDownLatch(WRITERS);
        return new UserStates() {
            @Override
            public Map<PersonKey, Answer<UserState>> read(Collection<PersonKey> people) {
                Map<PersonKey, Answer<UserState>> answers = states.read(people);
                reads.countDown();
                try {
                    assertThat(reads.await(PATIENCE.toMinutes(), TimeUnit.MINUTES))
                            .isTrue();
                } catch (InterruptedException e) {
                    throw new AssertionError(e);
                }
                return answers;
            }

            @Override
            public Map<PersonKey, WriteResult> keep(List<Change> changes) {
                return states.keep(changes);
            }

            @Override
            public Map<PersonKey, Answer<Long>> confirm(Map<PersonKey, Long> revisions) {
                return states.confirm(revisions);
            }
        };
    }

    /** Its share with some repeats, one or two lines at a time, until nothing is to be sent again. */
    private void write(Stores stores, List<Event> share, Event another, Random random) {
        var classifier = new Classifier(running, stores, tally, Samples.PATIENT);
        List<Event> sent = new ArrayList<>(share);
        sent.addAll(share.subList(0, share.size() / 2));
        sent.add(another);
        Collections.shuffle(sent, random);
        List<byte[]> lines = new ArrayList<>(sent.stream().map(Samples::line).toList());
        int mine = 0;
        while (!lines.isEmpty()) {
            assertThat(mine++).isLessThan(MOST_CALLS);
            calls.incrementAndGet();
            int most = Math.min(lines.size(), 1 + random.nextInt(2));
            List<byte[]> batch = List.copyOf(lines.subList(0, most));
            Classification result = classifier.classify(batch);
            assertThat(result.setAside()).isEmpty();
            lines.subList(0, most).clear();
            result.retry().forEach(index -> lines.add(batch.get(index)));
        }
    }

    private RunningRules running() {
        var published = new MemoryRuleSets();
        published.publish(rules);
        var started = Samples.runningRules(published, RuleEvaluator::new, List.of("demo"));
        started.poll();
        return started;
    }

    private Stores stores(UserStates states, Profiles profiles, DueIndex dues) {
        return new Stores(
                states,
                profiles,
                dues,
                new MemoryIdentities(),
                () -> "w" + tokens.incrementAndGet(),
                InstantSource.system());
    }

    private static UserState state(Stores stores) {
        if (stores.states().read(List.of(KEY)).get(KEY) instanceof Answer.Found<UserState>(var state)) {
            return state;
        }
        throw new AssertionError("the state can be read");
    }

    private static SegmentedProfile stored(Stores stores) {
        if (stores.profiles().read(List.of(KEY)).get(KEY) instanceof Answer.Found<Optional<SegmentedProfile>>(var p)) {
            return p.orElseThrow();
        }
        throw new AssertionError("the profile can be read");
    }
}
