package dev.sluice.model.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * Promises of the generator that engines are compared by: the same seed gives the same; every kind of condition and of
 * test is there and is true in 5 % to 95 % of the cases; every rule set survives its JSON form; nothing that it makes is
 * refused.
 */
class GeneratedRulesTest {
    private static final RuleFunctions FUNCTIONS = RuleFunctions.installed();

    @Test
    void theSameSeedGivesTheSame() {
        var one = new GeneratedRules(7);
        var other = new GeneratedRules(7);
        RuleSet rules = one.ruleSet(12);

        assertThat(other.ruleSet(12)).isEqualTo(rules);
        assertThat(one.observation(rules)).isEqualTo(other.observation(rules));
        assertThat(new GeneratedRules(8).ruleSet(12)).isNotEqualTo(rules);
    }

    @Test
    void everyKindIsTrueInSomeCasesAndFalseInSome() {
        var generated = new GeneratedRules(1);
        Map<String, int[]> trueOfAll = new TreeMap<>();
        for (int i = 0; i < 400; i++) {
            RuleSet rules = generated.ruleSet(8);
            List<Condition> leaves = new ArrayList<>();
            rules.resolved().values().forEach(condition -> collectLeaves(condition, leaves));
            for (int j = 0; j < 25; j++) {
                Observation seen = generated.observation(rules);
                for (Condition leaf : leaves) {
                    int truth = RuleEvaluator.isTrue(leaf, seen, FUNCTIONS) ? 1 : 0;
                    for (String kind : kinds(leaf)) {
                        int[] counted = trueOfAll.computeIfAbsent(kind, any -> new int[2]);
                        counted[0] += truth;
                        counted[1]++;
                    }
                }
            }
        }

        assertThat(trueOfAll).hasSize(7 + 2 * 6 + 13 + 4 + 4);
        trueOfAll.forEach((kind, counted) -> {
            assertThat(counted[1]).as(kind).isGreaterThan(500);
            assertThat(100.0 * counted[0] / counted[1]).as("%% true of " + kind).isBetween(5.0, 95.0);
        });
    }

    @Test
    void everyRuleSetComesBackFromJson() {
        for (int seed = 0; seed < 5_000; seed++) {
            RuleSet rules = new GeneratedRules(seed).ruleSet(1 + seed % 9);
            assertThat(RuleSetJson.read(RuleSetJson.write(rules)))
                    .as("seed " + seed)
                    .isEqualTo(rules);
        }
    }

    @Test
    void aLargeSetIsValidAndHasReferencesParentsAndGroups() {
        RuleSet rules = new GeneratedRules(3).ruleSet(3_000);

        assertThat(rules.resolved()).hasSize(3_000);
        assertThat(rules.segments())
                .anyMatch(segment -> segment.parent().isPresent())
                .anyMatch(segment -> segment.kind() instanceof Segment.Overwrite)
                .anyMatch(segment -> segment.when() instanceof Condition.InSegment);
        assertThat(rules.resolved().values().toString()).contains("WasIn");
    }

    @Test
    void historiesAreInOrderAndEndWithTheCurrentEvent() {
        var generated = new GeneratedRules(5);
        RuleSet rules = generated.ruleSet(5);
        for (int i = 0; i < 5_000; i++) {
            Observation seen = generated.observation(rules);
            assertThat(seen.history()).isSorted().hasSizeBetween(1, 40).endsWith(seen.current());
            assertThat(seen.history().stream().map(Occurrence::id)).doesNotHaveDuplicates();
        }
    }

    private static void collectLeaves(Condition condition, List<Condition> leaves) {
        if (condition.children().isEmpty()) {
            leaves.add(condition);
        }
        condition.children().forEach(child -> collectLeaves(child, leaves));
    }

    /** What a leaf counts as: itself, and the test in it if it is a simple one. */
    private static List<String> kinds(Condition leaf) {
        String name = leaf.getClass().getSimpleName();
        List<String> kinds = new ArrayList<>(List.of(name));
        if (leaf instanceof Condition.Trait trait) {
            kinds.add(name + " " + trait.test().getClass().getSimpleName());
        } else if (leaf instanceof History.Total total) {
            kinds.add(name + " " + total.aggregate());
        } else if (leaf instanceof History.Moment moment) {
            kinds.add(name + " " + moment.test().getClass().getSimpleName());
        }
        Optional.of(leaf)
                .filter(History.class::isInstance)
                .map(History.class::cast)
                .filter(history -> history.window() instanceof Window.Between)
                .ifPresent(history -> kinds.add(name + " between"));
        return kinds;
    }
}
