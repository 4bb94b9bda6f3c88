package dev.sluice.model.rules.sentence;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.model.rules.Condition;
import dev.sluice.model.rules.GeneratedRules;
import dev.sluice.model.rules.RuleSet;
import dev.sluice.model.rules.Segment;
import org.junit.jupiter.api.Test;

/** A sentence says the condition that it was printed from, and is the only one that is printed for it. */
class RoundTripTest {
    private static final long SEED = 20261121;

    @Test
    void generatedConditionsComeBackFromTheirSentences() {
        var rules = new GeneratedRules(SEED);
        for (int i = 0; i < 20_000; i++) {
            comesBack(rules.condition(), "seed " + SEED + ", condition " + i);
        }
    }

    @Test
    void conditionsThatReferToSegmentsComeBackFromTheirSentences() {
        RuleSet rules = new GeneratedRules(SEED).ruleSet(2_000);
        for (Segment segment : rules.segments()) {
            comesBack(segment.when(), "seed " + SEED + ", segment " + segment.id());
        }
    }

    private static void comesBack(Condition condition, String what) {
        String sentence = Sentences.print(condition);
        Condition parsed = Sentences.parse(sentence);
        assertThat(parsed).as("%s: %s", what, sentence).isEqualTo(condition);
        assertThat(Sentences.print(parsed)).as(what).isEqualTo(sentence);
    }
}
