package dev.sluice.model.rules.sql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.model.EventType;
import dev.sluice.model.JsonText;
import dev.sluice.model.Value;
import dev.sluice.model.rules.Observation;
import dev.sluice.model.rules.Occurrence;
import dev.sluice.model.rules.SqlDialect;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * Promises of a row: it has the columns that the table has; a value has the parts of its type; {@code null} is not
 * there; events that are equal in the order are at one place; half of a surrogate pair never reaches an engine.
 */
class ObservationRowTest {
    private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");

    @Test
    void aRowHasTheColumnsOfTheTable() {
        Value.Fields row = row("{\"latitude\":0,\"longitude\":0}", event("a", 0));

        for (SqlDialect dialect : SqlDialect.values()) {
            assertThat(row.fields().keySet())
                    .containsExactlyInAnyOrderElementsOf(
                            ObservationTable.columns(dialect).keySet());
        }
        assertThat(row.inner("home").whole("x")).isEqualTo(1_000_000_000);
    }

    @Test
    void aValueHasThePartsOfItsType() {
        Value.Fields traits = row("""
                        {"text":"É","time":"2026-11-21T00:00:00+01:00","date":"1970-01-02","number":7.50,"flag":true,
                         "list":["A",1,1e30,null,[1]],"object":{},"huge":1e30,"null":null}""", event("a", 0)).inner("traits");

        assertThat(traits).isEqualTo(fields("""
                        {"text":{"kind":"text","text":"É","folded":"É"},
                         "time":{"kind":"text","text":"2026-11-21T00:00:00+01:00","folded":"2026-11-21T00:00:00+01:00",
                           "instant":1795215600000},
                         "date":{"kind":"text","text":"1970-01-02","folded":"1970-01-02","day":1},
                         "number":{"kind":"number","number":"7.5"},
                         "flag":{"kind":"flag","flag":true},
                         "list":{"kind":"list","texts":["A"],"foldedTexts":["A"],"numbers":["1"],"flags":[]},
                         "object":{"kind":"other"},
                         "huge":{"kind":"other"}}"""));
    }

    @Test
    void eventsThatAreEqualInTheOrderAreAtOnePlace() {
        Value.Fields row = row("{}", event("a", 0), event("b", 0), event("b", 0), event("a", 1));

        assertThat(row.innerList("history").stream().map(event -> event.whole("place")))
                .containsExactly(0L, 1L, 1L, 3L);
    }

    @Test
    void halfOfASurrogatePairIsReplacedAndNoName() {
        Value.Fields halves =
                Value.Fields.NONE.with("text", Value.of("a\ud800b")).with("\udc00", Value.of(1));

        Value.Fields traits = row(halves, event("a", 0)).inner("traits");

        assertThat(traits.fields()).containsOnlyKeys("text");
        assertThat(traits.inner("text").text("text")).isEqualTo("a\ufffdb");
    }

    private static Value.Fields row(String traits, Occurrence... history) {
        return row(fields(traits), history);
    }

    private static Value.Fields row(Value.Fields traits, Occurrence... history) {
        var seen =
                new Observation(history[history.length - 1], traits, Value.Fields.NONE, List.of(history), Set.of("s"));
        return JsonText.readObject(ObservationRow.write("1", seen));
    }

    private static Occurrence event(String id, int second) {
        Instant time = NOW.plusSeconds(second);
        return new Occurrence(id, EventType.TRACK, Optional.of("A"), time, time, Value.Fields.NONE);
    }

    private static Value.Fields fields(String json) {
        return JsonText.readObject(json.getBytes(StandardCharsets.UTF_8));
    }
}
