package dev.sluice.model.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The evaluator answers every case of the table. */
class RuleCasesTest {
    static List<RuleCase> cases() {
        return RuleCases.all();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void isAnswered(RuleCase row) {
        assertThat(new RuleEvaluator(row.rules()).matching(row.observation())).isEqualTo(row.matching());
    }
}
