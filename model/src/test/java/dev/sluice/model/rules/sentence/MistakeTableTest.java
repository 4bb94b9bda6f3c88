package dev.sluice.model.rules.sentence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.sluice.model.Value;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The table {@code sentences/mistakes.json}: what is wrong with sentences that are no condition. {@code "expected":
 * "start"} stands for all ways in which a condition begins; a row with a {@code problem} breaks a limit.
 */
class MistakeTableTest {

    record Row(
            String sentence,
            int offset,
            int line,
            int column,
            Optional<String> problem,
            List<String> expected,
            String found,
            Optional<String> suggestion) {
        @Override
        public String toString() {
            return sentence;
        }
    }

    static Stream<Row> rows() {
        Value.Fields table = Resources.read("mistakes.json");
        return table.innerList("rows").stream().map(row -> row(row, texts(table.list("start"))));
    }

    @ParameterizedTest
    @MethodSource("rows")
    void aMistakeIsToldWithItsPlace(Row row) {
        SentenceException e = catchThrowableOfType(SentenceException.class, () -> Sentences.parse(row.sentence()));
        Mistake mistake = e.mistake();
        assertThat(mistake)
                .isEqualTo(new Mistake(
                        row.offset(),
                        row.line(),
                        row.column(),
                        row.problem().orElse(mistake.problem()),
                        row.expected(),
                        row.found(),
                        row.suggestion()));
        assertThat(e).hasMessage(mistake.toString()).hasMessageContaining(mistake.problem());
    }

    @ParameterizedTest
    @MethodSource("rows")
    void theProblemTellsAllThatWasExpected(Row row) {
        SentenceException e = catchThrowableOfType(SentenceException.class, () -> Sentences.parse(row.sentence()));
        assertThat(row.expected())
                .allSatisfy(what -> assertThat(e.mistake().problem()).contains(what));
        assertThat(e.mistake().problem()).contains(row.found());
    }

    private static Row row(Value.Fields json, List<String> start) {
        Resources.only(json, "sentence", "line", "column", "offset", "problem", "expected", "found", "suggestion");
        Value expected = json.find("expected").orElse(new Value.Many(List.of()));
        return new Row(
                json.text("sentence"),
                (int) json.whole("offset"),
                (int) json.whole("line"),
                (int) json.whole("column"),
                json.findText("problem"),
                expected.equals(Value.of("start")) ? start : texts(json.list("expected")),
                json.findText("found").orElse(""),
                json.findText("suggestion"));
    }

    private static List<String> texts(List<Value> values) {
        return values.stream().map(value -> ((Value.Text) value).text()).toList();
    }
}
