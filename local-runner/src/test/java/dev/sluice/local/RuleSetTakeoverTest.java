package dev.sluice.local;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.classifier.Classifier;
import dev.sluice.classifier.RulePorts;
import dev.sluice.classifier.RunningRules;
import dev.sluice.classifier.Stores;
import dev.sluice.classifier.Swapping;
import dev.sluice.classifier.Tally;
import dev.sluice.classifier.TimeLimit;
import dev.sluice.classifier.memory.MemoryDueIndex;
import dev.sluice.classifier.memory.MemoryIdentities;
import dev.sluice.classifier.memory.MemoryLastGoodRules;
import dev.sluice.classifier.memory.MemoryProfiles;
import dev.sluice.classifier.memory.MemoryUserStates;
import dev.sluice.dispatcher.Classification;
import dev.sluice.dispatcher.Dispatch;
import dev.sluice.dispatcher.StreamRecord;
import dev.sluice.dispatcher.memory.MemoryRuleSetReports;
import dev.sluice.dispatcher.memory.MemorySetAsides;
import dev.sluice.model.LineBatch;
import dev.sluice.model.rules.RuleEvaluator;
import dev.sluice.model.rules.RuleSet;
import dev.sluice.model.rules.RuleSetJson;
import dev.sluice.model.rules.RuleSetTiming;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/**
 * Dispatchers and classifiers, several of each, every one with its own clocks and its own moments, while rule sets are
 * published at any time, the store is away now and then, one classifier cannot build some of the sets, and one starts
 * while they change, just after a publication:
 *
 * <ul>
 *   <li>no event is passed over that any classifier's rules need, then or when the event would have reached it;
 *   <li>a rule set runs wherever it can be built within the stated time, as long as the store answers;
 *   <li>a while after the last change, what only the old rules needed is passed over again.
 * </ul>
 */
class RuleSetTakeoverTest {
    private static final int SEEDS = 8;
    private static final Instant START = Instant.parse("2026-11-21T12:00:00Z");
    private static final Duration STEP = Duration.ofMillis(50);
    private static final int STEPS = steps(Duration.ofSeconds(130));
    private static final int LAST_CHANGE = steps(Duration.ofSeconds(40));
    private static final int POLL = steps(Duration.ofSeconds(1));
    private static final int IN_FORCE_WITHIN = steps(RuleSetTiming.IN_FORCE_WITHIN);
    /** From the dispatcher to the classifier, at the longest: what the swap's delay allows beyond the refresh. */
    private static final int ON_ITS_WAY = steps(RuleSetTiming.SWAP_DELAY.minus(RuleSetTiming.REFRESH)) - 1;

    private static int steps(Duration duration) {
        return (int) duration.dividedBy(STEP);
    }

    private static boolean canBeBuilt(int classifier, int number) {
        return classifier != 0 || number % 3 != 0;
    }

    @Test
    void noEventIsMissedWheneverRulesChange() {
        int passedOver = 0;
        for (int seed = 0; seed < SEEDS; seed++) {
            passedOver += new World(seed).run();
        }
        assertThat(passedOver).as("events passed over, or nothing was tried").isGreaterThan(2_000);
    }

    /** One course of things, given by a seed. In odd ones the store is away now and then. */
    private static final class World {
        private final int seed;
        private final Random random;
        private final dev.sluice.classifier.memory.MemoryRuleSets forClassifiers =
                new dev.sluice.classifier.memory.MemoryRuleSets(this::since);
        private final dev.sluice.dispatcher.memory.MemoryRuleSets forDispatchers =
                new dev.sluice.dispatcher.memory.MemoryRuleSets();
        private final MemoryUserStates states = new MemoryUserStates();
        private final MemoryProfiles profiles = new MemoryProfiles();
        private final List<ClassifierHost> classifiers = new ArrayList<>();
        private final List<DispatcherHost> dispatchers = new ArrayList<>();
        private final List<PassedOver> passedOver = new ArrayList<>();
        private final List<Integer> publishedAt = new ArrayList<>();
        private final int newcomerAt;
        private int step;
        private int numbers;

        private record PassedOver(String event, int step) {}

        World(int seed) {
            this.seed = seed;
            this.random = new Random(seed);
            this.newcomerAt = LAST_CHANGE / 4 + random.nextInt(LAST_CHANGE / 2);
            publish();
            for (int i = 0; i < 3; i++) {
                classifiers.add(new ClassifierHost(this, i));
                dispatchers.add(new DispatcherHost(this));
            }
        }

        int run() {
            for (step = 1; step <= STEPS; step++) {
                boolean changing = step > LAST_CHANGE / 4 && step < LAST_CHANGE;
                if (changing && random.nextInt(60) == 0) {
                    publish();
                }
                while (step == LAST_CHANGE && !canBeBuilt(0, numbers)) {
                    publish();
                }
                boolean away = seed % 2 == 1 && step < LAST_CHANGE && random.nextInt(20) == 0;
                forClassifiers.fault(away ? Optional.of("away") : Optional.empty());
                forDispatchers.down(away);
                if (step == newcomerAt) {
                    publish();
                    classifiers.add(new ClassifierHost(this, classifiers.size()));
                }
                classifiers.forEach(ClassifierHost::step);
                dispatchers.forEach(DispatcherHost::step);
                assertNothingWasMissed();
                assertTheStatedTime();
            }
            String old = "Event " + (numbers - 1);
            assertThat(passedOver.stream()
                            .filter(event -> event.step() > STEPS - 100)
                            .map(PassedOver::event))
                    .as("seed %d: what only the old rules needed", seed)
                    .contains(old);
            return passedOver.size();
        }

        private void assertNothingWasMissed() {
            Set<String> needed = new HashSet<>();
            classifiers.stream()
                    .filter(classifier -> classifier.number() > 0)
                    .forEach(classifier -> needed.add("Event " + classifier.number()));
            List<String> missed = new ArrayList<>();
            for (int i = passedOver.size() - 1;
                    i >= 0 && step - passedOver.get(i).step() <= ON_ITS_WAY;
                    i--) {
                if (needed.contains(passedOver.get(i).event())) {
                    missed.add(passedOver.get(i).toString());
                }
            }
            assertThat(missed).as("seed %d, needed at step %d", seed, step).isEmpty();
        }

        private void assertTheStatedTime() {
            if (seed % 2 == 1) {
                return;
            }
            int due = (int) publishedAt.stream()
                    .filter(at -> step - at >= IN_FORCE_WITHIN)
                    .count();
            for (ClassifierHost classifier : classifiers.subList(1, classifiers.size())) {
                assertThat(classifier.number())
                        .as("seed %d, step %d", seed, step)
                        .isGreaterThanOrEqualTo(due);
            }
        }

        private void publish() {
            numbers++;
            publishedAt.add(step);
            forClassifiers.publish(rules(numbers));
            forDispatchers.publish("demo", numbers, RuleSetJson.write(rules(numbers)));
        }

        /** What a rule set needs says its number. */
        private static RuleSet rules(int number) {
            String draft = """
                    {"segments":[{"id":"s","kind":"append","when":{"event":{"name":"Event %d"}}}]}""".formatted(number);
            return new RuleSet("demo", number, RuleSetJson.readSegments(draft.getBytes(StandardCharsets.UTF_8)));
        }

        Duration since() {
            return STEP.multipliedBy(step);
        }
    }

    /** The first of them cannot build some of the rule sets. */
    private static final class ClassifierHost {
        private final World world;
        private final int phase;
        private final RunningRules rules;
        private final Classifier classifier;

        ClassifierHost(World world, int index) {
            this.world = world;
            this.phase = world.random.nextInt(POLL);
            long offset = world.random.nextLong();
            Instant clock = START.plusSeconds(world.random.nextInt(100_000));
            this.rules = new RunningRules(
                    new RulePorts(
                            world.forClassifiers,
                            new MemoryLastGoodRules(),
                            new dev.sluice.classifier.memory.MemoryRuleSetReports()),
                    set -> {
                        if (!canBeBuilt(index, set.number())) {
                            throw new IllegalStateException("cannot build");
                        }
                        return new RuleEvaluator(set);
                    },
                    List.of("demo"),
                    new Swapping(
                            RuleSetTiming.SWAP_DELAY,
                            0.9,
                            "classifier-" + index,
                            () -> clock.plus(world.since()),
                            () -> offset + world.since().toNanos()));
            this.rules.poll();
            this.classifier = new Classifier(
                    rules,
                    new Stores(
                            world.states,
                            world.profiles,
                            new MemoryDueIndex(),
                            new MemoryIdentities(),
                            () -> UUID.randomUUID().toString(),
                            InstantSource.system()),
                    new Tally(),
                    TimeLimit.of(Duration.ofMinutes(5)));
        }

        void step() {
            if (world.step % POLL == phase) {
                rules.poll();
            }
        }

        int number() {
            return rules.report().numbers().getOrDefault("demo", 0);
        }

        Classification.Verdict classify(List<byte[]> lines) {
            var answer = classifier.classify(lines);
            return new Classification.Classified(new HashSet<>(answer.retry()), List.of(), answer.ruleSets());
        }
    }

    private static final class DispatcherHost {
        private final World world;
        private final Dispatch dispatch;
        private int forwarded;

        DispatcherHost(World world) {
            this.world = world;
            long offset = world.random.nextLong();
            Instant clock = START.plusSeconds(world.random.nextInt(100_000));
            this.dispatch = new Dispatch(
                    new Dispatch.Ports(
                            world.forDispatchers, this::classify, new MemorySetAsides(), new MemoryRuleSetReports()),
                    new Dispatch.Host(
                            "dispatcher",
                            () -> clock.plus(world.since()),
                            () -> offset + world.since().toNanos()));
        }

        void step() {
            if (world.random.nextInt(4) != 0) {
                return;
            }
            String event = "Event " + (world.numbers - world.random.nextInt(3));
            forwarded = 0;
            dispatch.dispatch(List.of(record(event)));
            if (forwarded == 0) {
                world.passedOver.add(new World.PassedOver(event, world.step));
            }
        }

        private Classification.Verdict classify(List<byte[]> lines) {
            forwarded += lines.size();
            return world.classifiers
                    .get(world.random.nextInt(world.classifiers.size()))
                    .classify(lines);
        }

        private StreamRecord record(String event) {
            String line = """
                    {"v":1,"account":"demo","slot":17,"type":"track","messageId":"m%d","event":"%s","userId":"u%d",\
                    "timestamp":"%s","receivedAt":"%s"}""".formatted(world.random.nextInt(), event, world.random.nextInt(50), START, START);
            return new StreamRecord("1", START, LineBatch.encode(List.of(line.getBytes(StandardCharsets.UTF_8))));
        }
    }
}
