package dev.sluice.model.rules.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.model.rules.Condition;
import dev.sluice.model.rules.GeneratedRules;
import dev.sluice.model.rules.Observation;
import dev.sluice.model.rules.RuleEvaluator;
import dev.sluice.model.rules.RuleFunctions;
import dev.sluice.model.rules.RuleSet;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Promises: no warning, and no proof that warnings come from, is ever contradicted by an observation. */
class RuleCheckTruthTest {
    private static final Pattern PART = Pattern.compile("when\\.\\w+\\[(\\d+)] is (always|never) true");
    private static final RuleFunctions FUNCTIONS = RuleFunctions.installed();

    @Test
    void noWarningIsContradictedByAnObservation() {
        Map<RuleCheck.Kind, Integer> kinds = new EnumMap<>(RuleCheck.Kind.class);
        for (int seed = 0; seed < 35; seed++) {
            var generated = new GeneratedRules(seed);
            RuleSet rules = generated.ruleSet(30);
            List<RuleCheck.Warning> warnings = RuleCheck.of(rules);
            warnings.forEach(warning -> kinds.merge(warning.kind(), 1, Integer::sum));
            RuleEvaluator evaluator = new RuleEvaluator(rules);
            Map<String, Condition> conditions = rules.resolved();
            for (int i = 0; i < 300; i++) {
                Observation seen = generated.observation(rules);
                Set<String> matching = evaluator.matching(seen);
                for (RuleCheck.Warning warning : warnings) {
                    assertThat(holds(warning, matching) && partHolds(warning, conditions, seen))
                            .as("seed %s, observation %s, %s", seed, i, warning)
                            .isTrue();
                }
            }
        }
        assertThat(kinds)
                .containsKeys(
                        RuleCheck.Kind.NEVER_MATCHES,
                        RuleCheck.Kind.ALWAYS_MATCHES,
                        RuleCheck.Kind.SAME_AS,
                        RuleCheck.Kind.CONTAINED_IN);
    }

    private static boolean holds(RuleCheck.Warning warning, Set<String> matching) {
        boolean matches = matching.contains(warning.segment());
        boolean other = warning.other().filter(matching::contains).isPresent();
        return switch (warning.kind()) {
            case NEVER_MATCHES -> !matches;
            case ALWAYS_MATCHES -> matches;
            case SAME_AS -> matches == other;
            case CONTAINED_IN, NEVER_WINS -> !matches || other;
            case OUTSIDE_PARENT -> !matches || !other;
            case NEEDLESS_PART, NEVER_ASKED -> true;
        };
    }

    /** Of a part that is said to be always or never true, whether it is so. */
    private static boolean partHolds(RuleCheck.Warning warning, Map<String, Condition> conditions, Observation seen) {
        java.util.regex.Matcher part = PART.matcher(warning.message());
        if (!part.matches()) {
            return true;
        }
        Condition whole = conditions.get(warning.segment());
        Condition child = Objects.requireNonNull(whole).children().get(Integer.parseInt(part.group(1)));
        return RuleEvaluator.isTrue(child, seen, FUNCTIONS) == part.group(2).equals("always");
    }

    /** Leaves by twos, each as it is or not: far more proofs than whole rules give. */
    @Test
    void noProofIsContradictedByAnObservation() {
        int proofs = 0;
        for (int seed = 1_000; seed < 1_012; seed++) {
            var generated = new GeneratedRules(seed);
            RuleSet rules = generated.ruleSet(40);
            List<Condition> leaves = new ArrayList<>();
            rules.resolved().values().forEach(condition -> collectLeaves(condition, leaves));
            List<Condition> some = leaves.stream().distinct().limit(45).toList();
            List<Observation> observations = new ArrayList<>();
            for (int i = 0; i < 850; i++) {
                observations.add(generated.observation(rules));
            }
            List<BitSet> truths =
                    some.stream().map(leaf -> truths(leaf, observations)).toList();
            for (int i = 0; i < some.size(); i++) {
                for (int j = 0; j <= i; j++) {
                    for (int signs = 0; signs < 4; signs++) {
                        boolean first = (signs & 1) == 0;
                        boolean second = (signs & 2) == 0;
                        var both = List.of(Formula.of(some.get(i), first), Formula.of(some.get(j), second));
                        if (Proof.impossible(both, 100)) {
                            proofs++;
                            BitSet together = signed(truths.get(i), first, observations.size());
                            together.and(signed(truths.get(j), second, observations.size()));
                            assertThat(together.isEmpty())
                                    .as("seed %s: %s", seed, both)
                                    .isTrue();
                        }
                    }
                }
            }
        }
        assertThat(proofs).isGreaterThan(1_000);
    }

    private static BitSet truths(Condition leaf, List<Observation> observations) {
        var truths = new BitSet();
        for (int i = 0; i < observations.size(); i++) {
            truths.set(i, RuleEvaluator.isTrue(leaf, observations.get(i), FUNCTIONS));
        }
        return truths;
    }

    private static BitSet signed(BitSet truths, boolean sign, int size) {
        BitSet signed = (BitSet) truths.clone();
        if (!sign) {
            signed.flip(0, size);
        }
        return signed;
    }

    private static void collectLeaves(Condition condition, List<Condition> leaves) {
        if (condition.children().isEmpty()) {
            leaves.add(condition);
        }
        condition.children().forEach(child -> collectLeaves(child, leaves));
    }
}
