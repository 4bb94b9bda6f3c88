package dev.sluice.classifier;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.classifier.drools.DroolsMatcher;
import dev.sluice.classifier.memory.MemoryProfiles;
import dev.sluice.classifier.memory.MemoryRuleSets;
import dev.sluice.classifier.memory.MemoryUserStates;
import dev.sluice.model.PersonKey;
import dev.sluice.model.profile.SegmentedProfile;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * Rules change with no downtime:
 *
 * <ul>
 *   <li>while hundreds of rule sets are swapped, no classification fails, each is judged by one of them, and as that one
 *       says.
 * </ul>
 */
class RuleSwapTest {
    private static final int SWAPS = 300;

    @Test
    void whileRuleSetsAreSwappedNoClassificationFailsOrMixesThem() {
        var published = new MemoryRuleSets();
        published.publish(Samples.rules(1, 1));
        var rules = Samples.runningRules(published, DroolsMatcher::of, List.of("demo"));
        rules.poll();
        var profiles = new MemoryProfiles();
        var classifier = new Classifier(
                rules,
                new MemoryUserStates(),
                profiles,
                () -> UUID.randomUUID().toString(),
                new Tally(),
                Samples.PATIENT);
        var swapping = new AtomicBoolean(true);
        CompletableFuture<Integer> batches = CompletableFuture.supplyAsync(() -> {
            int batch = 0;
            while (swapping.get()) {
                assertThat(classifier.classify(batch(batch)).classified()).isEqualTo(6);
                batch++;
            }
            return batch;
        });
        for (int number = 2; number <= SWAPS; number++) {
            // Odd rule sets want one skip, even ones two.
            published.publish(Samples.rules(number, 2 - number % 2));
            rules.poll();
        }
        swapping.set(false);

        assertThat(batches.join()).isPositive();
        assertThat(profiles.written())
                .hasSize(batches.join() * 3)
                .allSatisfy(profile ->
                        assertThat(profile.memberships().containsKey("skips")).isEqualTo(profile.ruleSet() % 2 == 1));
        Map<String, List<Integer>> ruleSets = profiles.written().stream()
                .collect(Collectors.groupingBy(
                        profile -> profile.key().person().substring(1),
                        Collectors.mapping(SegmentedProfile::ruleSet, Collectors.toList())));
        assertThat(ruleSets.values())
                .allSatisfy(numbers -> assertThat(numbers.stream().distinct()).hasSize(1));
    }

    /** One skip and one order of each of three people whom no other batch knows. */
    private static List<byte[]> batch(int batch) {
        List<byte[]> lines = new ArrayList<>();
        for (String who : List.of("a", "b", "c")) {
            PersonKey key = Samples.person(who + batch);
            lines.add(Samples.line(key, who + "1", "Ad Skipped", 0));
            lines.add(Samples.line(key, who + "2", "Order Completed", 1));
        }
        return lines;
    }
}
