package dev.sluice.model.rules.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.model.rules.GeneratedRules;
import dev.sluice.model.rules.InvalidRuleException;
import dev.sluice.model.rules.RuleFunctions;
import dev.sluice.model.rules.RuleSet;
import dev.sluice.model.rules.RuleSetJson;
import dev.sluice.model.rules.SqlDialect;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Promises of the text of a query: it has nothing in it that the author of a rule wrote, whatever the rule; rules that
 * differ in constants have the same; it has a parameter for each value; a large set becomes several; a function that is
 * not there is refused. What queries answer is tested where the engines are.
 */
class RuleSqlTest {
    private static final RuleFunctions FUNCTIONS = RuleFunctions.installed();

    /** All that may stand between quotes: an epoch, a type, and what a function's own form has. */
    private static final Set<String> OUR_TEXTS = Set.of(
            "1970-01-01", "MAP<STRING, STRUCT<turns: BIGINT, since: ARRAY<BIGINT>, shift: ARRAY<BIGINT>>>", "@", "");

    private static final Pattern QUOTED = Pattern.compile("'([^']*)'");
    private static final Pattern OUR_CHARACTERS = Pattern.compile("[A-Za-z0-9_ ,.:?()\\[\\]<>=*/%+-]*");

    @ParameterizedTest
    @EnumSource(SqlDialect.class)
    void nothingOfAnAuthorIsInTheText(SqlDialect dialect) {
        for (int seed = 0; seed < 100; seed++) {
            for (RuleStatement statement : RuleSql.of(new GeneratedRules(seed).ruleSet(12), dialect, FUNCTIONS)) {
                assertThat(QUOTED.matcher(statement.text()).results().map(quoted -> quoted.group(1)))
                        .isSubsetOf(OUR_TEXTS);
                assertThat(QUOTED.matcher(statement.text()).replaceAll("")).matches(OUR_CHARACTERS);
                assertThat(statement.text().chars().filter(c -> c == '?'))
                        .hasSize(statement.values().size());
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"trait\":\"ONE\",\"equals\":\"ONE\"}",
                "{\"trait\":\"ONE\",\"oneOf\":[\"ONE\",11,true],\"ignoreCase\":true}",
                "{\"statistic\":\"ONE\",\"contains\":\"ONE\"}",
                "{\"trait\":\"ONE\",\"startsWith\":\"ONE\",\"ignoreCase\":true}",
                "{\"trait\":\"ONE\",\"matches\":\"^ONE+$\"}",
                "{\"trait\":\"ONE\",\"moreThan\":11}",
                "{\"trait\":\"ONE\",\"between\":[11,99]}",
                "{\"trait\":\"ONE\",\"listContainsAll\":[\"ONE\",11]}",
                "{\"trait\":\"ONE\",\"before\":\"2026-11-01\"}",
                "{\"trait\":\"ONE\",\"onOrAfter\":\"2026-11-01T00:00:00Z\"}",
                "{\"trait\":\"ONE\",\"withinNext\":\"P11D\",\"zone\":\"Europe/Paris\"}",
                "{\"trait\":\"ONE\",\"anniversaryWithinNext\":\"P11D\",\"zone\":\"Europe/Paris\"}",
                "{\"trait\":\"ONE\",\"anniversary\":\"thisWeek\",\"zone\":\"Europe/Paris\"}",
                "{\"consent\":\"ONE\"}",
                "{\"near\":{\"latitude\":11,\"longitude\":-71.06,\"miles\":11}}",
                "{\"event\":{\"name\":\"ONE\",\"where\":[{\"property\":\"ONE\",\"equals\":11}]}}",
                "{\"function\":\"emailDomain\",\"arguments\":[{\"trait\":\"ONE\"}],\"equals\":\"ONE\"}",
                "{\"function\":\"textLength\",\"arguments\":[{\"value\":\"ONE\"}],\"atLeast\":11}",
                "{\"count\":{\"name\":\"ONE\",\"last\":\"P11D\",\"atLeast\":11}}",
                "{\"average\":{\"name\":\"ONE\",\"property\":\"ONE\",\"last\":\"P11D\",\"atMost\":11}}",
                "{\"sum\":{\"property\":\"ONE\",\"from\":\"2026-11-01\",\"to\":\"2026-12-31\",\"zone\":\"Europe/Paris\",\"exactly\":11}}",
                "{\"distinct\":{\"name\":\"ONE\",\"property\":\"ONE\",\"ever\":true,\"atLeast\":11}}",
                "{\"days\":{\"name\":\"ONE\",\"ever\":true,\"zone\":\"Europe/Paris\",\"atLeast\":11}}",
                "{\"lastTime\":{\"name\":\"ONE\",\"ever\":true,\"longerAgoThan\":\"P11D\",\"zone\":\"Europe/Paris\"}}",
                "{\"sequence\":{\"first\":{\"name\":\"ONE\"},\"notThen\":{\"name\":\"ONE\"},\"within\":\"PT11H\",\"last\":\"P11D\"}}"
            })
    void rulesThatDifferInConstantsHaveTheSameText(String one) {
        String other = one.replace("ONE", "TWO ? '").replace("11", "12").replace("Europe/Paris", "Asia/Kathmandu");
        for (SqlDialect dialect : SqlDialect.values()) {
            RuleStatement first = RuleSql.of(rules(one), dialect, FUNCTIONS).get(0);
            RuleStatement second = RuleSql.of(rules(other), dialect, FUNCTIONS).get(0);

            assertThat(first.text()).isEqualTo(second.text()).doesNotContain("ONE");
            assertThat(first.values()).isNotEqualTo(second.values());
        }
    }

    @Test
    void aLargeSetBecomesSeveralQueries() {
        RuleSet rules = new GeneratedRules(1).ruleSet(300);

        List<RuleStatement> statements = RuleSql.of(rules, SqlDialect.DUCKDB, FUNCTIONS);

        assertThat(statements).hasSizeGreaterThan(5);
        assertThat(statements.stream().flatMap(statement -> statement.values().stream()))
                .contains("s0", "s150", "s299");
        assertThat(RuleSql.of(RuleSet.none("demo"), SqlDialect.SPARK, FUNCTIONS))
                .isEmpty();
    }

    @Test
    void aFunctionThatIsNotThereIsRefused() {
        RuleSet rules = rules("{\"function\":\"gone\",\"arguments\":[],\"exists\":true}");

        assertThatThrownBy(() -> RuleSql.of(rules, SqlDialect.SPARK, FUNCTIONS))
                .isInstanceOf(InvalidRuleException.class)
                .hasMessageContaining("gone");
    }

    private static RuleSet rules(String condition) {
        String draft = "{\"segments\":[{\"id\":\"s\",\"kind\":\"live\",\"when\":" + condition + "}]}";
        return new RuleSet("demo", 1, RuleSetJson.readSegments(draft.getBytes(StandardCharsets.UTF_8)));
    }
}
