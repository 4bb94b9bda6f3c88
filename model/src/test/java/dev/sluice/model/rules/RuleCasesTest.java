package dev.sluice.model.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.model.Value;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The table of cases is large, covers the language and cites its text; the evaluator answers every case of it. */
class RuleCasesTest {
    /** Every key of a condition and what stands in it, and the words of those keys that have words. */
    private static final Set<String> LANGUAGE = Set.of(
            ("allOf anyOf not event trait statistic consent near segment function count sum average minimum maximum"
                            + " distinct days firstTime lastTime sequence"
                            + " type type=track type=page type=screen type=group name where property"
                            + " exists equals oneOf contains startsWith matches moreThan atLeast atMost lessThan exactly"
                            + " between listContains listContainsAny listContainsAll before onOrAfter withinLast withinNext"
                            + " longerAgoThan furtherAheadThan anniversaryWithinNext anniversary anniversary=thisWeek"
                            + " anniversary=thisMonth ignoreCase zone"
                            + " last from to ever first then notThen within"
                            + " granted latitude longitude postalCode miles kilometers arguments value")
                    .split(" "));

    static List<RuleCase> cases() {
        return RuleCases.all();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void isAnswered(RuleCase row) {
        assertThat(new RuleEvaluator(row.rules()).matching(row.observation())).isEqualTo(row.matching());
    }

    @Test
    void theTableIsLarge() {
        assertThat(cases()).hasSizeGreaterThanOrEqualTo(1_450);
    }

    @Test
    void namesAreUnique() {
        assertThat(cases()).extracting(RuleCase::name).doesNotHaveDuplicates();
    }

    @Test
    void everySectionIsAHeadingOfThePage() throws IOException {
        Set<String> headings = Files.readAllLines(Path.of("../docs/RULES.md")).stream()
                .filter(line -> line.startsWith("## ") || line.startsWith("### "))
                .map(line -> line.substring(line.indexOf(' ') + 1))
                .collect(Collectors.toSet());
        assertThat(headings).containsAll(cases().stream().map(RuleCase::section).toList());
    }

    @Test
    void everyKeyOfTheLanguageIsInACaseThatIsTrue() {
        assertThat(keysOfRowsThatExpect(true)).containsAll(LANGUAGE);
    }

    @Test
    void everyKeyOfTheLanguageIsInACaseThatIsFalse() {
        assertThat(keysOfRowsThatExpect(false)).containsAll(LANGUAGE);
    }

    @Test
    void noCaseHasAKeyThatTheLanguageLacks() {
        Set<String> keys = new HashSet<>(keysOfRowsThatExpect(true));
        keys.addAll(keysOfRowsThatExpect(false));
        keys.removeIf(key -> key.contains("="));
        assertThat(LANGUAGE).containsAll(keys);
    }

    private static Set<String> keysOfRowsThatExpect(boolean expected) {
        Set<String> keys = new HashSet<>();
        RuleCases.rows().flatMap(row -> conditions(row, expected)).forEach(condition -> collect(condition, keys));
        return keys;
    }

    /** The row's conditions that are expected to be so. */
    private static Stream<Value.Fields> conditions(Value.Fields row, boolean expected) {
        if (row.find("when").isPresent()) {
            return row.flag("expect") == expected ? Stream.of(row.inner("when")) : Stream.empty();
        }
        List<Value> matching = row.list("expect");
        return row.innerList("segments").stream()
                .filter(segment -> matching.contains(Value.of(segment.text("id"))) == expected)
                .map(segment -> segment.inner("when"));
    }

    private static void collect(Value value, Set<String> keys) {
        if (value instanceof Value.Fields fields) {
            fields.fields().forEach((key, inner) -> {
                keys.add(key);
                if (inner instanceof Value.Text text) {
                    keys.add(key + "=" + text.text());
                }
                collect(inner, keys);
            });
        } else if (value instanceof Value.Many many) {
            many.values().forEach(element -> collect(element, keys));
        }
    }
}
