package dev.sluice.model.rules.sentence;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.model.JsonText;
import dev.sluice.model.Value;
import dev.sluice.model.rules.Condition;
import dev.sluice.model.rules.RuleSetJson;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The table {@code sentences/table.json}, written by hand: {@code says} is what the condition {@code when} is printed as,
 * {@code also} are other sentences that say it.
 */
class SentenceTableTest {
    record Row(String says, List<String> also, Condition when) {
        @Override
        public String toString() {
            return says;
        }
    }

    static Stream<Row> rows() {
        return Resources.read("table.json").innerList("rows").stream().map(SentenceTableTest::row);
    }

    @ParameterizedTest
    @MethodSource("rows")
    void aConditionIsPrintedAsItsSentence(Row row) {
        assertThat(Sentences.print(row.when())).isEqualTo(row.says());
    }

    @ParameterizedTest
    @MethodSource("rows")
    void aSentenceIsParsedToItsCondition(Row row) {
        assertThat(Sentences.parse(row.says())).isEqualTo(row.when());
    }

    @ParameterizedTest
    @MethodSource("rows")
    void otherWaysToSayItAreTheSame(Row row) {
        for (String sentence : row.also()) {
            assertThat(Sentences.parse(sentence)).as(sentence).isEqualTo(row.when());
        }
    }

    private static Row row(Value.Fields json) {
        Resources.only(json, "says", "also", "when");
        List<String> also = json.list("also").stream()
                .map(sentence -> ((Value.Text) sentence).text())
                .toList();
        return new Row(json.text("says"), also, condition(json.inner("when")));
    }

    private static Condition condition(Value.Fields when) {
        var segment = Value.Fields.NONE
                .with("id", Value.of("s"))
                .with("kind", Value.of("live"))
                .with("when", when);
        byte[] draft = JsonText.writeObject(json -> {
            json.writeName("segments");
            JsonText.write(json, new Value.Many(List.of(segment)));
        });
        return RuleSetJson.readSegments(draft).get(0).when();
    }
}
