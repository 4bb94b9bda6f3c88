package dev.sluice.classifier;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.classifier.memory.MemoryDueIndex;
import dev.sluice.classifier.memory.MemoryIdentities;
import dev.sluice.classifier.memory.MemoryMeetings;
import dev.sluice.classifier.memory.MemoryProfiles;
import dev.sluice.classifier.memory.MemoryRuleSets;
import dev.sluice.classifier.memory.MemoryUserStates;
import dev.sluice.classifier.redis.RedisUserStates;
import dev.sluice.model.PersonKey;
import dev.sluice.model.profile.Recent;
import dev.sluice.model.profile.SegmentedProfile;
import dev.sluice.model.profile.Snapshot;
import dev.sluice.model.profile.UserState;
import dev.sluice.model.rules.RuleEvaluator;
import dev.sluice.model.rules.RuleSet;
import dev.sluice.model.rules.RuleSetJson;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;

/**
 * When the store of states has lost something, promises:
 *
 * <ul>
 *   <li>whose state was last written before that leaves no segment, by an event or by time, though neither the state nor the
 *       profile shows that anything is missing; once rebuilt and released, the person is in what the rules say;
 *   <li>that is noted once for a person, also by the audit; whose state was written since, or lies elsewhere, is not held;
 *   <li>however much is noted, what is remembered is bounded, and nobody is forgotten;
 *   <li>whose turn may have been lost elsewhere than the state is entered anew by the next event, or by the audit;
 *   <li>so too in a process that starts after the loss, however much has happened to the person since;
 *   <li>so too with a real Redis that was replaced by an older copy, or restarted empty.
 * </ul>
 */
class LossesTest {
    private static final PersonKey ANN = Samples.person("ann");
    private static final PersonKey BOB = Samples.person("bob");
    private static final Instant DAY_30 = Samples.NOON.plus(Duration.ofDays(30));
    private static final Instant DAY_31 = DAY_30.plus(Duration.ofDays(1));
    private static final byte[] FIRST_ORDER = Samples.line(ANN, "o1", "Order Completed", 0);
    private static final byte[] SECOND_ORDER = Samples.line(ANN, "o2", "Order Completed", 24 * 60);
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final RunningRules rules = running();
    private final MemoryUserStates memory = new MemoryUserStates(() -> this.now);
    private final MemoryProfiles profiles = new MemoryProfiles();
    private MemoryDueIndex dues = new MemoryDueIndex();
    private final AtomicInteger tokens = new AtomicInteger();
    private final Tally tally = new Tally();
    private final MemoryMeetings meetings = new MemoryMeetings();
    private Losses losses = new Losses();
    private Instant now = Samples.NOON;
    private UserStates states = memory;

    private static RunningRules running() {
        var published = new MemoryRuleSets();
        published.publish(new RuleSet("demo", 1, RuleSetJson.readSegments("""
                {"segments":[
                  {"id":"ordered","kind":"live",
                   "when":{"count":{"name":"Order Completed","last":"P30D","atLeast":1}}},
                  {"id":"reader","kind":"live",
                   "when":{"count":{"name":"Page Read","last":"P30D","atLeast":3}}},
                  {"id":"player","kind":"append","when":{"event":{"name":"Card Played"}}}]}""".getBytes(StandardCharsets.UTF_8))));
        var rules = Samples.runningRules(published, RuleEvaluator::new, List.of("demo"));
        rules.poll();
        return rules;
    }

    @Test
    void afterAFailOverNobodyLeavesByTimeUntilRebuiltAndReleased() {
        secondOrderIsLost();

        now = DAY_30;
        round();
        assertThat(segments(ANN)).containsExactly("ordered");
        assertThat(tally.snapshot()).containsEntry("held", 1L);
        now = DAY_31.plus(Duration.ofDays(9));
        round();
        assertThat(segments(ANN)).containsExactly("ordered");

        Instant noted = now;
        now = now.plusSeconds(60);
        classify(FIRST_ORDER, SECOND_ORDER);
        audit(Optional.of(noted));
        assertThat(segments(ANN)).isEmpty();
        assertThat(stored(ANN).past())
                .singleElement()
                .satisfies(past -> assertThat(past.until()).isEqualTo(DAY_31));
    }

    @Test
    void afterAFailOverNobodyLeavesByAnEvent() {
        secondOrderIsLost();
        now = DAY_30.plusSeconds(60);
        classify(Samples.line(ANN, "c1", "Card Played", 30 * 24 * 60 + 1));

        assertThat(segments(ANN)).containsExactly("ordered", "player");
    }

    @Test
    void whoStartsAfterAFailOverMakesNobodyLeave() {
        startWith(new Server("p1", "d"));
        classify(Samples.line(ANN, "r1", "Page Read", 0));
        Map<String, byte[]> copy = memory.copyOf(ANN);
        classify(FIRST_ORDER);
        assertThat(segments(ANN)).containsExactly("ordered");
        memory.restore(ANN, copy);
        now = now.plusSeconds(60);

        startWith(new Server("p2", "d"));
        classify(Samples.line(ANN, "r2", "Page Read", 2));
        classify(Samples.line(ANN, "r3", "Page Read", 3));
        audit(Optional.empty());
        assertThat(segments(ANN)).containsExactly("ordered", "reader");
        assertThat(tally.snapshot()).containsEntry("held", 1L);

        startWith(new Server("p2", "d"));
        now = now.plusSeconds(60);
        audit(Optional.empty());
        assertThat(tally.snapshot()).as("written since").containsEntry("held", 1L);
    }

    @Test
    void theAuditHoldsEverybodyOnceAndWhoWasWrittenSinceIsNotHeld() {
        secondOrderIsLost();
        now = now.plusSeconds(1);
        classify(Samples.line(BOB, "o1", "Order Completed", 0));

        audit(Optional.empty());
        audit(Optional.empty());

        assertThat(tally.snapshot()).containsEntry("held", 1L);
        now = DAY_30;
        round();
        assertThat(segments(ANN)).containsExactly("ordered");
        assertThat(segments(BOB)).isEmpty();
    }

    @Test
    void whoIsFirstMetByTheRebuildIsReleasedWithTheOthers() {
        classify(FIRST_ORDER, SECOND_ORDER);
        memory.evict(ANN);
        now = now.plusSeconds(1);
        losses.note(new StoreLoss("n", StoreLoss.Kind.EMPTIED, anyone -> true), now);

        Instant noted = DAY_31.plusSeconds(1);
        now = noted.plusSeconds(60);
        classify(FIRST_ORDER);
        assertThat(segments(ANN)).containsExactly("ordered");
        classify(SECOND_ORDER);
        audit(Optional.of(noted));
        assertThat(segments(ANN)).isEmpty();
        assertThat(stored(ANN).past())
                .singleElement()
                .satisfies(past -> assertThat(past.until()).isEqualTo(DAY_31));
    }

    @Test
    void whoseStateLiesElsewhereIsNotHeld() {
        classify(FIRST_ORDER);
        now = now.plusSeconds(1);
        losses.note(new StoreLoss("other", StoreLoss.Kind.EMPTIED, key -> !key.equals(ANN)), now);

        now = DAY_30;
        round();
        assertThat(segments(ANN)).isEmpty();
    }

    @Test
    void whoseTurnMayBeLostIsEnteredAnewWhenNextMetAndNotHeld() {
        classify(FIRST_ORDER);
        dues = new MemoryDueIndex();
        now = now.plusSeconds(1);
        losses.note(new StoreLoss("other", StoreLoss.Kind.EMPTIED, anyone -> false, ANN::equals), now);
        now = now.plusSeconds(60);
        classify(Samples.line(ANN, "c1", "Card Played", 1));

        now = DAY_30;
        round();
        assertThat(segments(ANN)).containsExactly("player");
        assertThat(tally.snapshot()).containsEntry("held", 0L);
    }

    @Test
    void theAuditEntersAnewWhoseTurnIsLost() {
        classify(FIRST_ORDER);
        dues = new MemoryDueIndex();
        now = now.plusSeconds(1);
        audit(Optional.empty());

        now = DAY_30;
        round();
        assertThat(segments(ANN)).isEmpty();
    }

    @Test
    void whyIsAskedOfSomeoneWhoMayHaveLostSomething() {
        secondOrderIsLost();
        Instant lost = now;
        now = DAY_30;
        var seen = new AtomicInteger();
        var explanations = new Explanations(rules, stores(), (set, segment, explained) -> {
            assertThat(explained.standing()).isEqualTo(Explained.Standing.IS);
            assertThat(explained.held()).contains(lost);
            seen.incrementAndGet();
            return Optional.empty();
        });

        explanations.explain(ANN, "ordered", Optional.empty());
        assertThat(seen).hasValue(1);
    }

    @Test
    void whatIsRememberedIsBoundedAndNobodyIsForgotten() {
        for (int i = 0; i < 10 * Losses.MAX; i++) {
            Instant at = Samples.NOON.plusSeconds(i);
            losses.note(new StoreLoss("n", StoreLoss.Kind.REPLACED, key -> key.equals(ANN)), at);
        }
        Instant last = Samples.NOON.plusSeconds(10 * Losses.MAX - 1);

        assertThat(losses.since(keptAt(ANN, last.minusMillis(1)))).isPresent();
        assertThat(losses.since(keptAt(ANN, last))).isEmpty();
        assertThat(losses.since(keptAt(BOB, last.minusMillis(1)))).isEmpty();
        assertThat(losses.since(keptAt(BOB, Samples.NOON)))
                .as("rather held than forgotten")
                .isPresent();
        assertThat(losses.since(new UserState(ANN, Recent.NOTHING)))
                .as("not known when it was kept")
                .isPresent();
        assertThat(new Losses().since(new UserState(ANN, Recent.NOTHING))).isEmpty();
    }

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

    /** Another process, that meets this server. */
    private void startWith(Server server) {
        losses = new Losses();
        var servers = new MetServers(meetings, losses, loss -> {}, () -> now, Runnable::run);
        assertThat(servers.meet(new WholeStore(Place.EVERYTHING), server)).isCompleted();
    }

    /** Of two orders the second moved the end, and has changed nothing else: neither the profile nor the revision tell. */
    private void secondOrderIsLost() {
        classify(FIRST_ORDER);
        Map<String, byte[]> copy = memory.copyOf(ANN);
        now = now.plusSeconds(1);
        classify(SECOND_ORDER);
        memory.restore(ANN, copy);
        now = now.plusSeconds(1);
        losses.note(new StoreLoss("n", StoreLoss.Kind.REPLACED, anyone -> true), now);
        assertThat(segments(ANN)).containsExactly("ordered");
    }

    private static UserState keptAt(PersonKey key, Instant at) {
        return new UserState(
                key, Snapshot.NONE, Snapshot.NONE, Recent.NOTHING, 1, Optional.of(at), false, Optional.empty());
    }

    private void round() {
        assertThat(new Timekeeper(rules, stores(), tally, Samples.PATIENT).round(100))
                .isInstanceOf(Answer.Found.class);
        now = now.plus(Timekeeper.LEASE);
    }

    private void audit(Optional<Instant> releasing) {
        assertThat(new Audit(rules, stores(), memory, tally, Samples.PATIENT).page(Optional.empty(), 100, releasing))
                .isInstanceOf(Answer.Found.class);
    }

    private void classify(byte[]... lines) {
        assertThat(new Classifier(rules, stores(), tally, Samples.PATIENT)
                        .classify(List.of(lines))
                        .classified())
                .isEqualTo(lines.length);
    }

    private Stores stores() {
        return new Stores(
                states,
                profiles,
                dues,
                new MemoryIdentities(),
                () -> "w" + tokens.incrementAndGet(),
                () -> now,
                losses);
    }

    private Iterable<String> segments(PersonKey key) {
        return stored(key).memberships().keySet();
    }

    private SegmentedProfile stored(PersonKey key) {
        if (profiles.read(List.of(key)).get(key) instanceof Answer.Found<Optional<SegmentedProfile>>(var stored)) {
            return stored.orElseThrow();
        }
        throw new AssertionError("the memory can be read");
    }

    private static void await(BooleanSupplier condition) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).isLessThan(deadline);
            LockSupport.parkNanos(Duration.ofMillis(5).toNanos());
        }
    }
}
