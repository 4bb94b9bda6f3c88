package dev.sluice.model.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.sluice.model.MalformedException;
import dev.sluice.model.Value;
import dev.sluice.model.rules.check.RuleCheck;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Promises of rules that somebody wrote to do harm: each is refused, with its place and without an echo of more than a few
 * harmless characters, or it is inert: it is evaluated, checked, written and read in bounded time, and nothing of it is
 * run.
 */
class HostileRulesTest {
    /** Far more than any of it needs on a slow machine, and far less than what never ends. */
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private static final GeneratedRules GENERATED = new GeneratedRules(1);
    private static final RuleFunctions FUNCTIONS = RuleFunctions.installed();

    @Test
    void nothingThatIsPutInPlaceOfAnyValueDoesHarm() {
        Map<String, Integer> outcomes = new TreeMap<>();
        List<String> documents = HostileDocuments.replaced();
        assertTimeoutPreemptively(
                PATIENCE.multipliedBy(3),
                () -> documents.forEach(document -> outcomes.merge(outcome(document), 1, Integer::sum)));

        assertThat(System.getProperty(HostileDocuments.TRACE)).isNull();
        assertThat(documents).hasSizeGreaterThan(3_000);
        assertThat(outcomes).containsOnlyKeys("inert", "refused");
        assertThat(outcomes.values()).allMatch(count -> count > 300);
    }

    @ParameterizedTest
    @MethodSource("dev.sluice.model.rules.HostileDocuments#written")
    void noDocumentDoesHarm(String document) {
        assertThat(assertTimeoutPreemptively(PATIENCE, () -> outcome(document))).isIn("refused", "inert");
    }

    @Test
    void aMessageShowsOnlyHarmlessCharacters() {
        assertThat(InvalidRuleException.shown("a\u0000\u001b[2J\u202e\ud800z"))
                .isEqualTo("a\ufffd\ufffd[2J\ufffd\ufffdz");
        assertThat(InvalidRuleException.shown("x".repeat(41))).isEqualTo("x".repeat(40) + "…");
        assertThat(InvalidRuleException.shown("\ud83d\ude00".repeat(40))).isEqualTo("\ud83d\ude00".repeat(40));
        assertThat(new InvalidRuleException("x".repeat(9_000)).getMessage()).hasSize(2_001);
    }

    /** Refused as it should be, or evaluated and checked. */
    private static String outcome(String document) {
        RuleSet rules;
        try {
            rules = new RuleSet("demo", 1, RuleSetJson.readSegments(document.getBytes(StandardCharsets.UTF_8)));
            FUNCTIONS.check(rules);
        } catch (InvalidRuleException | MalformedException e) {
            String message = String.valueOf(e.getMessage());
            assertThat(message.length()).isLessThan(2_010);
            assertThat(message).doesNotContainPattern("[\\p{Cc}\\p{Cf}\\p{Co}\\p{Cs}\u2028\u2029]");
            assertThat(message)
                    .containsPattern(
                            "^segments?\\b|byte|^a rule set|^two |^expected|^text after|unknown key|^number|^nested deeper than 32$|JSON");
            return "refused";
        }
        var evaluator = new RuleEvaluator(rules, FUNCTIONS);
        for (int i = 0; i < 2; i++) {
            Observation seen = GENERATED.observation(rules);
            var fields = Value.of("a".repeat(1_024));
            var hit = new Observation(
                    seen.current(),
                    seen.traits().with("a", fields).with("d", fields),
                    seen.statistics(),
                    seen.history());
            assertThat(rules.byId().keySet()).containsAll(evaluator.matching(hit));
        }
        assertThat(RuleCheck.of(rules)).hasSizeLessThan(1_001);
        assertThat(RuleSetJson.read(RuleSetJson.write(rules))).isEqualTo(rules);
        return "inert";
    }
}
