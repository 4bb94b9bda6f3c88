package dev.sluice.classifier.drools;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.classifier.Generated;
import dev.sluice.model.Event;
import dev.sluice.model.PersonKey;
import dev.sluice.model.Value;
import dev.sluice.model.rules.Observation;
import dev.sluice.model.rules.Occurrence;
import dev.sluice.model.rules.RuleEvaluator;
import dev.sluice.model.rules.RuleSet;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * The engine means what {@link RuleEvaluator} means:
 *
 * <ul>
 *   <li>of any rule set, any history and any observation of it, missing, null and mistyped values, Unicode and window
 *       edges included, both say the same segments.
 * </ul>
 */
class DroolsAgreesWithTheEvaluatorTest {
    private static final long SEED = 20261121;
    private static final int RULE_SETS = 300;
    private static final int HISTORIES = 8;
    private static final int EVENTS = 12;
    private static final PersonKey KEY = PersonKey.ofUser("demo", "u1");

    @Test
    void ofWhateverIsGeneratedBothSayTheSame() {
        int triples = 0;
        int matches = 0;
        for (int i = 0; i < RULE_SETS; i++) {
            long seed = SEED + i;
            var generated = new Generated(seed);
            RuleSet rules = generated.ruleSet("demo", 1);
            var evaluator = new RuleEvaluator(rules);
            var drools = DroolsMatcher.of(rules);
            for (int h = 0; h < HISTORIES; h++) {
                List<Occurrence> history = history(generated);
                Value.Fields traits = generated.fields();
                Value.Fields statistics = generated.fields();
                for (int e = 1; e <= history.size(); e++) {
                    var seen = new Observation(history.get(e - 1), traits, statistics, history.subList(0, e));
                    assertThat(drools.matching(seen))
                            .as("seed %d, history %d, event %d of %s", seed, h, e, rules)
                            .isEqualTo(new HashSet<>(evaluator.matching(seen)));
                    triples++;
                    matches += evaluator.matching(seen).size();
                }
            }
        }
        assertThat(triples).isGreaterThanOrEqualTo(20_000);
        assertThat(matches).as("matches, or nothing was compared").isGreaterThan(triples / 2);
    }

    private static List<Occurrence> history(Generated generated) {
        List<Occurrence> history = new ArrayList<>();
        for (int i = 0; i < EVENTS; i++) {
            Event event = generated.event(KEY, "e" + i, generated.instant(72));
            Value.Fields details = generated.fields();
            history.add(new Occurrence(
                    event.id(), event.type(), event.name(), event.timestamp(), event.receivedAt(), details));
        }
        Collections.sort(history);
        return history;
    }
}
