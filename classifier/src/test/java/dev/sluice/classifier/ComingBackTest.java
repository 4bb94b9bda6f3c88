package dev.sluice.classifier;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.classifier.memory.MemoryDueIndex;
import dev.sluice.classifier.memory.MemoryIdentities;
import dev.sluice.classifier.memory.MemoryProfiles;
import dev.sluice.classifier.memory.MemoryRuleSets;
import dev.sluice.classifier.memory.MemoryUserStates;
import dev.sluice.classifier.redis.RedisUserStates;
import dev.sluice.model.PersonKey;
import dev.sluice.model.profile.Membership;
import dev.sluice.model.profile.PastMembership;
import dev.sluice.model.profile.SegmentedProfile;
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
import org.junit.jupiter.api.Test;

/**
 * Whoever comes back after the state's time was over, promises:
 *
 * <ul>
 *   <li>is judged anew by the first event: what was entered for good stays, the rest is as the rules say now; nothing is held;
 *   <li>enters segments though in none before; and is in what the profile says until something happens;
 *   <li>whose state is missing before its time was over is held, also if the profile was written long ago;
 *   <li>to tell the two apart a profile is written a few times in a state's life, and by no audit;
 *   <li>so too with a real Redis.
 * </ul>
 */
class ComingBackTest {
    private static final PersonKey ANN = Samples.person("ann");
    private static final Lifetime LIFETIME = new Lifetime(Duration.ofDays(40));
    private static final int DAY = 24 * 60;

    private final RunningRules rules = running();
    private final MemoryUserStates memory = new MemoryUserStates(() -> this.now, Optional.of(LIFETIME));
    private final MemoryProfiles profiles = new MemoryProfiles();
    private final MemoryDueIndex dues = new MemoryDueIndex();
    private final AtomicInteger tokens = new AtomicInteger();
    private final Tally tally = new Tally();
    private Instant now = Samples.NOON;
    private UserStates states = memory;

    private static RunningRules running() {
        var published = new MemoryRuleSets();
        published.publish(new RuleSet("demo", 1, RuleSetJson.readSegments("""
                {"segments":[
                  {"id":"ordered","kind":"live",
                   "when":{"count":{"name":"Order Completed","last":"P30D","atLeast":1}}},
                  {"id":"idle","kind":"live",
                   "when":{"allOf":[{"segment":"player"},
                     {"count":{"name":"Order Completed","last":"P30D","exactly":0}}]}},
                  {"id":"player","kind":"append","when":{"event":{"name":"Card Played"}}}]}""".getBytes(StandardCharsets.UTF_8))));
        var rules = Samples.runningRules(published, RuleEvaluator::new, List.of("demo"));
        rules.poll();
        return rules;
    }

    @Test
    void whoComesBackIsJudgedAnewAtOnce() {
        happens("o1", "Order Completed", 0);
        happens("c1", "Card Played", 1);
        Instant since = Samples.NOON.plusSeconds(60);
        memory.evict(ANN);

        happens("c2", "Card Played", 50 * DAY);

        assertThat(segments()).containsExactly("idle", "player");
        assertThat(stored().memberships()).containsEntry("player", new Membership(since, 1, true));
        assertThat(stored().past()).containsExactly(new PastMembership("ordered", Samples.NOON, now, 1, true));
        assertThat(tally.snapshot()).containsEntry("held", 0L);
        happens("o2", "Order Completed", 50 * DAY + 1);
        assertThat(segments()).containsExactly("ordered", "player");
        assertThat(state().recent().held()).isEmpty();
    }

    @Test
    void whoWasInNothingEntersAgain() {
        happens("o1", "Order Completed", 0);
        now = Samples.NOON.plus(Duration.ofDays(30));
        assertThat(round()).isEqualTo(1);
        assertThat(segments()).isEmpty();
        memory.evict(ANN);

        happens("o2", "Order Completed", 80 * DAY);

        assertThat(segments()).containsExactly("ordered");
    }

    @Test
    void untilSomethingHappensWhoIsLookedAtStaysInWhatTheProfileSays() {
        happens("o1", "Order Completed", 0);
        memory.evict(ANN);
        now = Samples.NOON.plus(Duration.ofDays(50));

        assertThat(round()).isEqualTo(1);
        audit();

        assertThat(segments()).containsExactly("ordered");
        assertThat(tally.snapshot()).containsEntry("held", 0L);
        happens("c1", "Card Played", 51 * DAY);
        assertThat(segments()).containsExactly("idle", "player");
    }

    @Test
    void anEventOfBeforeComesTooLateForWhoIsBack() {
        happens("c1", "Card Played", 10 * DAY);
        memory.evict(ANN);
        now = Samples.NOON.plus(Duration.ofDays(60));

        classify(Samples.line(ANN, "o1", "Order Completed", 0));

        assertThat(segments()).containsExactly("idle", "player");
        assertThat(tally.snapshot()).containsEntry("tooLate", 1L);
        happens("o2", "Order Completed", 61 * DAY);
        assertThat(segments()).containsExactly("ordered", "player");
    }

    @Test
    void whoseStateIsMissingBeforeItsTimeIsHeldThoughTheProfileIsOld() {
        happens("o1", "Order Completed", 0);
        for (int day = 1; day <= 100; day++) {
            happens("o-" + day, "Order Completed", day * DAY);
        }
        assertThat(profiles.written())
                .allSatisfy(version -> assertThat(Samples.endless(version.memberships()))
                        .containsOnly(Map.entry("ordered", new Membership(Samples.NOON, 1, true))));
        memory.evict(ANN);

        happens("c1", "Card Played", 139 * DAY);

        assertThat(segments()).containsExactly("ordered");
        assertThat(tally.snapshot()).containsEntry("held", 1L);
    }

    @Test
    void aProfileIsWrittenAFewTimesInALifeAndByNoAudit() {
        happens("o1", "Order Completed", 0);
        for (int hour = 1; hour <= 40 * 24; hour += 6) {
            happens("o-" + hour, "Order Completed", hour * 60);
        }
        assertThat(profiles.written()).hasSizeBetween(16, 18);
        assertThat(profiles.written())
                .allSatisfy(version -> assertThat(version.memberships()).containsOnlyKeys("ordered"));

        int before = profiles.written().size();
        now = now.plus(Duration.ofDays(10));
        audit();
        audit();
        assertThat(profiles.written()).hasSize(before);
    }

    @Test
    void withARealRedisWhoseKeyExpiredThePersonIsJudgedAnewAndOtherwiseHeld() {
        int today = (int) Duration.between(Samples.NOON, Instant.now()).toMinutes();
        var redis = RealRedis.start();
        try (var link = redis.link()) {
            states = new RedisUserStates(link, LIFETIME.timeToLive());
            happens("o1", "Order Completed", today);
            redis.as(
                    client -> assertThat(client.expire("user:demo/ann:data", 0)).isTrue());
            happens("c1", "Card Played", today + 50 * DAY);
            assertThat(segments()).containsExactly("idle", "player");
            assertThat(tally.snapshot()).containsEntry("held", 0L);

            redis.as(
                    client -> assertThat(client.expire("user:demo/ann:data", 0)).isTrue());
            happens("o2", "Order Completed", today + 51 * DAY);
            assertThat(segments()).containsExactly("idle", "player");
            assertThat(tally.snapshot()).containsEntry("held", 1L);
        } finally {
            redis.close();
        }
    }

    private void happens(String id, String name, int minute) {
        now = Samples.NOON.plus(Duration.ofMinutes(minute));
        classify(Samples.line(ANN, id, name, minute));
    }

    private void classify(byte[] line) {
        assertThat(new Classifier(rules, stores(), tally, Samples.PATIENT)
                        .classify(List.of(line))
                        .classified())
                .isEqualTo(1);
    }

    private int round() {
        var round = new Timekeeper(rules, stores(), tally, Samples.PATIENT).round(100);
        now = now.plus(Timekeeper.LEASE);
        return round instanceof Answer.Found<Timekeeper.Round>(var found) ? found.looked() : 0;
    }

    private void audit() {
        assertThat(new Audit(rules, stores(), memory, tally, Samples.PATIENT)
                        .page(Optional.empty(), 100, Optional.empty()))
                .isInstanceOf(Answer.Found.class);
    }

    private Stores stores() {
        return new Stores(
                states, profiles, dues, new MemoryIdentities(), () -> "w" + tokens.incrementAndGet(), () -> now);
    }

    private Iterable<String> segments() {
        return stored().memberships().keySet();
    }

    private UserState state() {
        if (states.read(List.of(ANN)).get(ANN) instanceof Answer.Found<UserState>(var state)) {
            return state;
        }
        throw new AssertionError("no state");
    }

    private SegmentedProfile stored() {
        if (profiles.read(List.of(ANN)).get(ANN) instanceof Answer.Found<Optional<SegmentedProfile>>(var stored)) {
            return stored.orElseThrow();
        }
        throw new AssertionError("the memory can be read");
    }
}
