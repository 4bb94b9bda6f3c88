package dev.sluice.classifier;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.classifier.drools.DroolsMatcher;
import dev.sluice.classifier.memory.MemoryProfiles;
import dev.sluice.classifier.memory.MemoryRuleSets;
import dev.sluice.classifier.memory.MemoryUserStates;
import dev.sluice.model.PersonKey;
import dev.sluice.model.profile.SegmentedProfile;
import dev.sluice.model.rules.Condition;
import dev.sluice.model.rules.EventFilter;
import dev.sluice.model.rules.History;
import dev.sluice.model.rules.Operator;
import dev.sluice.model.rules.RuleSet;
import dev.sluice.model.rules.Segment;
import dev.sluice.model.rules.Window;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/**
 * Rules change with no downtime:
 *
 * <ul>
 *   <li>while 500 rule sets are swapped and several threads classify without a pause, no classification fails, each says
 *       one number, and its memberships are those of the rule set of that number;
 *   <li>what 100 swaps leave of classes, 500 leave.
 * </ul>
 */
class RuleSwapTest {
    private static final int SWAPS = 500;
    private static final int AFTER_WARM_UP = 100;
    private static final int THREADS = 2;
    private static final List<String> PEOPLE = List.of("a", "b", "c");

    /** Classes that the JVM itself loads meanwhile; one that every swap left would be eight times as many. */
    private static final int NOISE = (SWAPS - AFTER_WARM_UP) / 8;

    private final MemoryRuleSets published = new MemoryRuleSets();
    private final MemoryProfiles profiles = new MemoryProfiles();
    private final RunningRules rules = Samples.runningRules(published, DroolsMatcher::of, List.of("demo"));
    private final Classifier classifier = new Classifier(
            rules,
            Samples.stores(
                    new MemoryUserStates(), profiles, () -> UUID.randomUUID().toString()),
            new Tally(),
            Samples.PATIENT);
    private final AtomicInteger batches = new AtomicInteger();
    private final Semaphore done = new Semaphore(0);
    private final AtomicBoolean swapping = new AtomicBoolean(true);

    @Test
    void whileRuleSetsAreSwappedNoClassificationFailsOrMixesThem() throws Exception {
        swap(1);
        int classes = 0;
        Map<Integer, Integer> said = new HashMap<>();
        try (var threads = Executors.newFixedThreadPool(THREADS)) {
            List<Future<Map<Integer, Integer>>> running = new ArrayList<>();
            for (int thread = 0; thread < THREADS; thread++) {
                running.add(threads.submit(classifying()));
            }
            try {
                for (int number = 2; number <= SWAPS + 1; number++) {
                    awaitABatch();
                    swap(number);
                    if (number == AFTER_WARM_UP + 1) {
                        classes = classesInUse();
                    }
                }
            } finally {
                swapping.set(false);
            }
            for (Future<Map<Integer, Integer>> each : running) {
                said.putAll(each.get());
            }
        }

        assertThat(new TreeSet<>(said.values())).as("rule sets that judged").hasSizeGreaterThan(SWAPS / 8);
        assertThat(profiles.written()).hasSize(said.size() * PEOPLE.size());
        for (SegmentedProfile profile : profiles.written()) {
            int number =
                    said.getOrDefault(Integer.parseInt(profile.key().person().substring(1)), 0);
            assertThat(profile.ruleSet()).isEqualTo(number);
            assertThat(profile.memberships()).containsOnlyKeys("skips-" + number, "buys-" + number);
        }
        assertThat(classesInUse() - classes).isLessThan(NOISE);
    }

    /** Waits until a batch more was classified, so that swaps and classifications alternate on any machine. */
    private void awaitABatch() throws InterruptedException {
        done.drainPermits();
        assertThat(done.tryAcquire(60, TimeUnit.SECONDS)).isTrue();
    }

    /** Publishes the rule set of this number, and sees that it runs. */
    private void swap(int number) {
        published.publish(rules(number));
        rules.poll();
        assertThat(rules.report()).isEqualTo(new RunningRules.Report(true, Map.of("demo", number), Map.of()));
    }

    /** Classifies batch after batch; returns the rule set that each answer named. */
    private Callable<Map<Integer, Integer>> classifying() {
        return () -> {
            Map<Integer, Integer> said = new HashMap<>();
            while (swapping.get()) {
                int batch = batches.incrementAndGet();
                Classification answer = classifier.classify(batch(batch));
                assertThat(answer.classified()).isEqualTo(2 * PEOPLE.size());
                assertThat(answer.ruleSets()).containsOnlyKeys("demo");
                done.release();
                said.put(batch, answer.ruleSets().getOrDefault("demo", 0));
            }
            return said;
        };
    }

    /** One skip and one order of each of three people whom no other batch knows. */
    private static List<byte[]> batch(int batch) {
        List<byte[]> lines = new ArrayList<>();
        for (String who : PEOPLE) {
            PersonKey key = Samples.person(who + batch);
            lines.add(Samples.line(key, who + "1", "Ad Skipped", 0));
            lines.add(Samples.line(key, who + "2", "Order Completed", 1));
        }
        return lines;
    }

    /** Segments that say in their names which rule set they are of. */
    private static RuleSet rules(int number) {
        var skipped = new History.EventCount(
                EventFilter.track("Ad Skipped"), new Window.Last(Duration.ofDays(1)), Operator.AT_LEAST, 1);
        var never = new History.EventCount(
                EventFilter.track("Ad Skipped"), new Window.Last(Duration.ofMinutes(number)), Operator.AT_LEAST, 50);
        var bought = new Condition.CurrentEvent(EventFilter.track("Order Completed"));
        return new RuleSet(
                "demo",
                number,
                List.of(
                        segment("skips-" + number, skipped),
                        segment("never-" + number, never),
                        segment("buys-" + number, bought)));
    }

    private static Segment segment(String id, Condition when) {
        return new Segment(id, id, new Segment.Append(), Optional.empty(), when);
    }

    /** Classes that were loaded and not unloaded. */
    private static int classesInUse() {
        System.gc();
        return ManagementFactory.getClassLoadingMXBean().getLoadedClassCount();
    }
}
