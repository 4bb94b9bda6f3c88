package dev.sluice.classifier;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.classifier.drools.DroolsMatcher;
import dev.sluice.classifier.memory.MemoryProfiles;
import dev.sluice.classifier.memory.MemoryRuleSets;
import dev.sluice.classifier.memory.MemoryUserStates;
import dev.sluice.classifier.redis.RedisUserStates;
import dev.sluice.model.Event;
import dev.sluice.model.PersonKey;
import dev.sluice.model.profile.Membership;
import dev.sluice.model.profile.SegmentedProfile;
import dev.sluice.model.rules.RuleEvaluator;
import dev.sluice.model.rules.RuleSet;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/**
 * However events arrive, what is stored is the same:
 *
 * <ul>
 *   <li>in any order, with any repeats, in any split into batches, the stored memberships are those of a plain
 *       reading of the definition that shares nothing with the fold, in memory and in Redis;
 *   <li>so too when a person's history reaches beyond what is kept and events come late within the stated bound;
 *   <li>the same lines sent once more write no profile.
 * </ul>
 */
class ConvergenceTest {
    private static final long SEED = 7_211_121;
    private static final PersonKey KEY = PersonKey.ofUser("demo", "u1");
    private static final int LATE_HOURS = 24 * 20;
    private static final int HISTORIES_OF_A_RULE_SET = 4;

    private long rulesSeed = -1;
    private RuleSet rules = RuleSet.none("demo");
    private RunningRules compiled = Samples.runningRules(new MemoryRuleSets(), RuleEvaluator::new, List.of());

    @Test
    void anyOrderAnyRepeatsAnySplitEndTheSameInMemory() {
        int members = 0;
        for (int i = 0; i < 2_000; i++) {
            members += converges(SEED + i, KEY, new MemoryUserStates(), 72, 72);
        }
        assertThat(members).as("memberships, or nothing was compared").isGreaterThan(2_000);
    }

    @Test
    void lateEventsOfLongHistoriesFindTheirPlaceInMemory() {
        int members = 0;
        for (int i = 0; i < 200; i++) {
            members += converges(SEED - 1_000 + i, KEY, new MemoryUserStates(), 24 * 150, LATE_HOURS);
        }
        assertThat(members).as("memberships, or nothing was compared").isGreaterThan(200);
    }

    @Test
    void anyOrderAnyRepeatsAnySplitEndTheSameInRedis() {
        try (var redis = RealRedis.start();
                var link = redis.link()) {
            var states = new RedisUserStates(link, Duration.ofDays(60));
            for (int i = 0; i < 200; i++) {
                converges(SEED + 5_000 + i, PersonKey.ofUser("demo", "u" + i), states, 72, 72);
            }
        }
    }

    /** Returns how many memberships came of it. */
    private int converges(long seed, PersonKey key, UserStates states, int hours, int lateHours) {
        var generated = new Generated(seed);
        RunningRules running = running(seed / HISTORIES_OF_A_RULE_SET);
        List<Event> arrivals = arrivals(generated, key, hours, lateHours);
        var profiles = new MemoryProfiles();
        var classifier = classifier(running, states, profiles);
        var split = new Random(seed);
        List<byte[]> batch = new ArrayList<>();
        for (Event event : arrivals) {
            batch.add(Samples.line(event));
            if (split.nextInt(3) == 0) {
                assertThat(classifier.classify(batch).retry()).isEmpty();
                batch.clear();
            }
        }
        classifier.classify(batch);

        Map<String, Membership> expected = PlainReading.of(rules, arrivals);
        assertThat(Samples.endless(stored(profiles, key))).as("seed %d", seed).isEqualTo(expected);
        int writes = profiles.written().size();
        classifier.classify(arrivals.stream().map(Samples::line).toList());
        assertThat(profiles.written()).as("seed %d, sent again", seed).hasSize(writes);
        return expected.size();
    }

    /** Compiling takes longer than folding a few events: several histories are judged by each rule set. */
    private RunningRules running(long seed) {
        if (seed != rulesSeed) {
            rulesSeed = seed;
            rules = new Generated(seed).ruleSet("demo", 1);
            var published = new MemoryRuleSets();
            published.publish(rules);
            compiled = Samples.runningRules(published, DroolsMatcher::of, List.of("demo"));
            compiled.poll();
        }
        return compiled;
    }

    private static Classifier classifier(RunningRules running, UserStates states, Profiles profiles) {
        var tokens = new AtomicInteger();
        return new Classifier(
                running,
                Samples.stores(states, profiles, () -> "w" + tokens.incrementAndGet()),
                new Tally(),
                Samples.PATIENT);
    }

    /** Distinct events, some with a second copy, displaced by at most so many hours. */
    private static List<Event> arrivals(Generated generated, PersonKey key, int hours, int lateHours) {
        List<Event> events = new ArrayList<>();
        int count = lateHours < hours ? 30 + generated.below(60) : 1 + generated.below(20);
        for (int i = 0; i < count; i++) {
            Event event = generated.event(key, "e" + generated.below(100) + "-" + i, generated.instant(hours));
            events.add(event);
            if (generated.below(4) == 0) {
                events.add(lateHours < hours ? event : copy(generated, event));
            }
        }
        Map<Event, Instant> places = new HashMap<>();
        events.forEach(
                event -> places.put(event, event.timestamp().plus(Duration.ofHours(generated.below(lateHours)))));
        Collections.shuffle(events, new Random(generated.below(1_000_000)));
        events.sort(Comparator.comparing(event -> places.getOrDefault(event, event.timestamp())));
        return events;
    }

    /** The same event received at another time, which a client's clock may put elsewhere. */
    private static Event copy(Generated generated, Event event) {
        return new Event(
                event.key(),
                event.id(),
                event.type(),
                event.name(),
                generated.below(2) == 0 ? event.timestamp() : generated.instant(72),
                event.receivedAt().plusSeconds(generated.below(100) - 50L),
                event.traceparent(),
                event.properties(),
                event.traits());
    }

    private static Map<String, Membership> stored(Profiles profiles, PersonKey key) {
        return profiles.read(List.of(key)).get(key) instanceof Answer.Found<Optional<SegmentedProfile>>(var found)
                ? found.map(SegmentedProfile::memberships).orElse(Map.of())
                : Map.of();
    }
}
