package dev.sluice.classifier.drools;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.model.MalformedException;
import dev.sluice.model.rules.GeneratedRules;
import dev.sluice.model.rules.HostileDocuments;
import dev.sluice.model.rules.InvalidRuleException;
import dev.sluice.model.rules.Observation;
import dev.sluice.model.rules.RuleEvaluator;
import dev.sluice.model.rules.RuleFunctions;
import dev.sluice.model.rules.RuleSet;
import dev.sluice.model.rules.RuleSetJson;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Promise: of a rule that somebody wrote to do harm and that is not refused, Drools runs nothing but the comparison. */
class HostileRulesInDroolsTest {
    /** Of the documents with something hostile in one place: each takes Drools some milliseconds. */
    private static final int EVERY = 16;

    private static final RuleFunctions FUNCTIONS = RuleFunctions.installed();

    @Test
    void nothingThatARuleHoldsIsRun() {
        List<String> documents = new ArrayList<>(HostileDocuments.written());
        List<String> replaced = HostileDocuments.replaced();
        for (int i = 0; i < replaced.size(); i += EVERY) {
            documents.add(replaced.get(i));
        }
        List<RuleSet> accepted = documents.stream()
                .map(HostileRulesInDroolsTest::accepted)
                .flatMap(Optional::stream)
                .toList();
        var generated = new GeneratedRules(3);
        for (RuleSet rules : accepted) {
            Observation seen = generated.observation(rules);
            assertThat(DroolsMatcher.of(rules).matching(seen)).isEqualTo(new RuleEvaluator(rules).matching(seen));
        }

        assertThat(accepted).hasSizeGreaterThan(50);
        assertThat(System.getProperty(HostileDocuments.TRACE)).isNull();
    }

    private static Optional<RuleSet> accepted(String document) {
        try {
            var rules = new RuleSet("demo", 1, RuleSetJson.readSegments(document.getBytes(StandardCharsets.UTF_8)));
            FUNCTIONS.check(rules);
            return Optional.of(rules);
        } catch (InvalidRuleException | MalformedException e) {
            return Optional.empty();
        }
    }
}
