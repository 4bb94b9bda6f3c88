package dev.sluice.classifier.drools;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.model.rules.Condition;
import dev.sluice.model.rules.GeneratedRules;
import dev.sluice.model.rules.Observation;
import dev.sluice.model.rules.RuleCase;
import dev.sluice.model.rules.RuleCases;
import dev.sluice.model.rules.RuleEvaluator;
import dev.sluice.model.rules.RuleFunctions;
import dev.sluice.model.rules.RuleSet;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The engine means what {@link RuleEvaluator} means:
 *
 * <ul>
 *   <li>it answers every case of the table;
 *   <li>of rule sets, people and events without end, the same from the same seed, both say the same segments; more of
 *       them with {@code -Dsluice.triples=N}, others with {@code -Dsluice.seed=N};
 *   <li>every kind of condition is among them, true of some and false of some.
 * </ul>
 */
class DroolsAgreesWithTheEvaluatorTest {
    private static final long SEED = Long.getLong("sluice.seed", 20_261_121);
    private static final int TRIPLES = Integer.getInteger("sluice.triples", 100_000);
    private static final int OBSERVATIONS = 100;
    private static final int MAX_SEGMENTS = 12;
    private static final RuleFunctions FUNCTIONS = RuleFunctions.installed();

    static List<RuleCase> cases() {
        return RuleCases.all();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void isAnswered(RuleCase row) {
        assertThat(DroolsMatcher.of(row.rules()).matching(row.observation())).isEqualTo(row.matching());
    }

    @Test
    void ofWhateverIsGeneratedBothSayTheSame() {
        int triples = 0;
        long matches = 0;
        for (int i = 0; triples < TRIPLES; i++) {
            long seed = SEED + i;
            var generated = new GeneratedRules(seed);
            RuleSet rules = generated.ruleSet(1 + i % MAX_SEGMENTS);
            var evaluator = new RuleEvaluator(rules, FUNCTIONS);
            var drools = DroolsMatcher.of(rules, FUNCTIONS);
            for (int j = 0; j < OBSERVATIONS; j++) {
                Observation seen = generated.observation(rules);
                Set<String> expected = evaluator.matching(seen);
                Set<String> found = drools.matching(seen);
                if (!found.equals(expected)) {
                    assertThat(found)
                            .as("-Dsluice.seed=%d, observation %d: %s of %s", seed, j, seen, rules)
                            .isEqualTo(expected);
                }
                matches += expected.size();
                triples++;
            }
        }
        assertThat(matches).as("matches, or nothing was compared").isBetween(triples / 2L, triples * 6L);
    }

    @Test
    void everyKindOfConditionIsTrueOfSomeAndFalseOfSome() {
        Map<String, int[]> shares = new TreeMap<>();
        for (int i = 0; i < 150; i++) {
            var generated = new GeneratedRules(SEED + i);
            RuleSet rules = generated.ruleSet(MAX_SEGMENTS);
            Set<Condition> leaves = new LinkedHashSet<>();
            rules.resolved().values().forEach(when -> collect(when, leaves));
            for (int j = 0; j < 10; j++) {
                Observation seen = generated.observation(rules);
                for (Condition leaf : leaves) {
                    int[] share = shares.computeIfAbsent(leaf.getClass().getSimpleName(), any -> new int[2]);
                    share[RuleEvaluator.isTrue(leaf, seen, FUNCTIONS) ? 0 : 1]++;
                }
            }
        }
        List<String> kinds = new ArrayList<>();
        kinds.addAll(List.of("Call", "Consent", "CurrentEvent", "Days", "Distinct", "EventCount", "Moment", "Near"));
        kinds.addAll(List.of("Sequence", "Statistic", "Total", "Trait", "WasIn"));
        assertThat(shares.keySet()).containsExactlyElementsOf(kinds);
        shares.forEach((kind, share) -> assertThat(100.0 * share[0] / (share[0] + share[1]))
                .as("%% of %s that are true", kind)
                .isBetween(3.0, 97.0));
    }

    private static void collect(Condition condition, Set<Condition> leaves) {
        if (condition.children().isEmpty()) {
            leaves.add(condition);
        }
        condition.children().forEach(child -> collect(child, leaves));
    }
}
